import { describe, expect, it } from "vitest";
import { goToolchain } from "../../../src/language/go/toolchain.ts";

const { parse, compare, isOutside } = goToolchain;

function status(plugin: string, host: string): string {
  const [ours, theirs] = [parse(plugin), parse(host)];
  if (ours === undefined || theirs === undefined) throw new Error("no toolchain");
  return compare(ours, theirs).status;
}

describe("Go toolchains", () => {
  it.each([
    ["1.22.3", "go1.22.3"],
    ["go1.22.3", "go version go1.22.3 linux/amd64"],
    ["1.25rc1", "go version go1.25rc1 darwin/arm64"],
    ["go version go1.22.3 X:loopvar,rangefunc linux/amd64", "go1.22.3 X:rangefunc,loopvar"],
    [
      "devel go1.23-a1b2c3d4e5 Tue May 7 12:00:00 2024 +0000",
      "go version devel go1.23-a1b2c3d4e5 Tue May 7 linux/amd64",
    ],
    ["go1.27-devel_a1b2c3d4e5", "devel go1.27-a1b2c3d4e5f6"],
  ])("%s is %s", (plugin, host) => {
    expect(status(plugin, host)).toBe("match");
  });

  it.each([
    ["1.22.3", "1.22.5"],
    ["1.22", "1.22.0"],
    ["1.25rc1", "1.25rc2"],
    ["1.25rc1", "1.25"],
    ["1.22.3", "1.22.3-bigcorp"],
    ["go version go1.22.3 linux/amd64", "go1.22.3 X:boringcrypto"],
    ["devel go1.23-a1b2c3d4e5", "devel go1.23-ffffffffff"],
  ])("%s is not %s", (plugin, host) => {
    expect(status(plugin, host)).toBe("mismatch");
  });

  it("cannot tell a development build without its commit", () => {
    expect(status("devel go1.23-a1b2c3d4e5", "go1.23-devel")).not.toBe("match");
  });

  it("cannot tell experiments from a bare number", () => {
    expect(status("1.22.3", "go1.22.3 X:boringcrypto")).toBe("unknown");
  });

  it.each(["", "latest", "v1.22.3", "gopher", "1"])("%j is not in a recognized format", (text) => {
    expect(parse(text)).toBeUndefined();
  });

  it.each([
    ["1.17.13", true],
    ["1.18", false],
    ["1.19.13", false],
    ["1.20rc1", true],
  ])("tells whether %s is outside a range of release lines: %s", (text, outside) => {
    const toolchain = parse(text);
    expect(toolchain && isOutside(toolchain, { from: "go1.18", to: "go1.19" })).toBe(outside);
  });
});

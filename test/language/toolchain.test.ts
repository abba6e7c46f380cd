import { describe, expect, it } from "vitest";
import { compareToolchains, parseToolchain } from "../../src/language/toolchain.ts";

function compare(language: "go" | "rust", plugin: string, host: string): string {
  const [ours, theirs] = [parseToolchain(language, plugin), parseToolchain(language, host)];
  if (ours === undefined || theirs === undefined) throw new Error("no toolchain");
  return compareToolchains(ours, theirs).status;
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
    expect(compare("go", plugin, host)).toBe("match");
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
    expect(compare("go", plugin, host)).toBe("mismatch");
  });

  it("cannot tell a development build without its commit", () => {
    expect(compare("go", "devel go1.23-a1b2c3d4e5", "go1.23-devel")).not.toBe("match");
  });

  it("cannot tell experiments from a bare number", () => {
    expect(compare("go", "1.22.3", "go1.22.3 X:boringcrypto")).toBe("unknown");
  });

  it.each(["", "latest", "v1.22.3", "gopher", "1"])("%j is not in a recognized format", (text) => {
    expect(parseToolchain("go", text)).toBeUndefined();
  });
});

describe("Rust toolchains", () => {
  it.each([
    ["1.79.0", "rustc 1.79.0 (129f3b996 2024-06-10)"],
    // Distributions rebuild a release and do not say the commit.
    ["rustc 1.79.0 (129f3b996 2024-06-10) (Debian 1.79.0+dfsg1-2)", "1.79.0"],
    ["rustc 1.97.0-nightly (e50aa6fba 2026-05-19)", "rustc 1.97.0-nightly (e50aa6fba1234 2026-05-19)"],
  ])("%s is %s", (plugin, host) => {
    expect(compare("rust", plugin, host)).toBe("match");
  });

  it.each([
    ["1.79.0", "1.79.1"],
    ["1.97.0-nightly", "1.97.0"],
    ["rustc 1.97.0-nightly (e50aa6fba 2026-05-19)", "rustc 1.97.0-nightly (f50aa6fba 2026-05-20)"],
  ])("%s is not %s", (plugin, host) => {
    expect(compare("rust", plugin, host)).toBe("mismatch");
  });

  it("cannot tell a nightly without its commit", () => {
    expect(compare("rust", "1.97.0-nightly", "rustc 1.97.0-nightly (e50aa6fba 2026-05-19)")).toBe("unknown");
  });

  it.each(["", "stable", "1.79"])("%j is not in a recognized format", (text) => {
    expect(parseToolchain("rust", text)).toBeUndefined();
  });
});

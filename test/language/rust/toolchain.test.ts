import { describe, expect, it } from "vitest";
import { rustToolchain } from "../../../src/language/rust/toolchain.ts";

const { parse, compare } = rustToolchain;

function status(plugin: string, host: string): string {
  const [ours, theirs] = [parse(plugin), parse(host)];
  if (ours === undefined || theirs === undefined) throw new Error("no toolchain");
  return compare(ours, theirs).status;
}

describe("Rust toolchains", () => {
  it.each([
    ["1.79.0", "rustc 1.79.0 (129f3b996 2024-06-10)"],
    // Distributions rebuild a release and do not say the commit.
    ["rustc 1.79.0 (129f3b996 2024-06-10) (Debian 1.79.0+dfsg1-2)", "1.79.0"],
    ["rustc 1.97.0-nightly (e50aa6fba 2026-05-19)", "rustc 1.97.0-nightly (e50aa6fba1234 2026-05-19)"],
  ])("%s is %s", (plugin, host) => {
    expect(status(plugin, host)).toBe("match");
  });

  it.each([
    ["1.79.0", "1.79.1"],
    ["1.97.0-nightly", "1.97.0"],
    ["rustc 1.97.0-nightly (e50aa6fba 2026-05-19)", "rustc 1.97.0-nightly (f50aa6fba 2026-05-20)"],
  ])("%s is not %s", (plugin, host) => {
    expect(status(plugin, host)).toBe("mismatch");
  });

  it("cannot tell a nightly without its commit", () => {
    expect(status("1.97.0-nightly", "rustc 1.97.0-nightly (e50aa6fba 2026-05-19)")).toBe("unknown");
  });

  it.each(["", "stable", "1.79"])("%j is not in a recognized format", (text) => {
    expect(parse(text)).toBeUndefined();
  });
});

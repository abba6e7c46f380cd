import { describe, expect, it } from "vitest";
import { compareTargets, parseTarget } from "../../src/manifest/target.ts";

describe("parseTarget", () => {
  it.each([
    ["x86_64-unknown-linux-gnu", { arch: "x86_64", os: "linux", libc: "gnu" }],
    ["x86_64-linux-gnu", { arch: "x86_64", os: "linux", libc: "gnu" }],
    ["x86_64-unknown-linux-musl", { arch: "x86_64", os: "linux", libc: "musl" }],
    ["i686-unknown-linux-gnu", { arch: "i386", os: "linux", libc: "gnu" }],
    ["riscv64gc-unknown-linux-gnu", { arch: "riscv64", os: "linux", libc: "gnu" }],
    ["powerpc64le-unknown-linux-gnu", { arch: "powerpc64le", os: "linux", libc: "gnu" }],
    ["linux/ppc64le", { arch: "powerpc64le", os: "linux", libc: undefined }],
    ["armv7-unknown-linux-gnueabihf", { arch: "arm", os: "linux", libc: "gnueabihf" }],
    ["aarch64-linux-android", { arch: "aarch64", os: "android", libc: "bionic" }],
    ["aarch64-apple-darwin", { arch: "aarch64", os: "darwin", libc: "libSystem" }],
    ["arm64-apple-macos11.0", { arch: "aarch64", os: "darwin", libc: "libSystem" }],
    ["linux/amd64", { arch: "x86_64", os: "linux", libc: undefined }],
    ["darwin/arm64", { arch: "aarch64", os: "darwin", libc: "libSystem" }],
    ["linux/386", { arch: "i386", os: "linux", libc: undefined }],
  ])("takes %s apart", (text, expected) => {
    expect(parseTarget(text)).toEqual(expected);
  });

  it.each(["", "linux", "x86_64", "linux/amd64/v3", "a-b-c-d-e", "x86_64 linux gnu"])(
    "does not know the form of %j",
    (text) => {
      expect(parseTarget(text)).toBeUndefined();
    },
  );
});

describe("compareTargets", () => {
  it("takes Go's and Rust's spelling of one target for equal, and the C library that one does not say for unknown", () => {
    const [go, rust] = [parseTarget("linux/amd64"), parseTarget("x86_64-unknown-linux-gnu")];
    expect(compareTargets(go ?? {}, rust ?? {})).toEqual({ arch: "match", os: "match", libc: "unknown" });
  });

  it("tells glibc from musl", () => {
    const [gnu, musl] = [parseTarget("x86_64-unknown-linux-gnu"), parseTarget("x86_64-unknown-linux-musl")];
    expect(compareTargets(gnu ?? {}, musl ?? {}).libc).toBe("mismatch");
  });

  it("tells hard float from soft float", () => {
    const [hard, soft] = [
      parseTarget("armv7-unknown-linux-gnueabihf"),
      parseTarget("arm-unknown-linux-gnueabi"),
    ];
    expect(compareTargets(hard ?? {}, soft ?? {})).toEqual({ arch: "match", os: "match", libc: "mismatch" });
  });
});

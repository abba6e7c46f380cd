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
    [" linux/amd64\n", { arch: "x86_64", os: "linux", libc: undefined }],
    ["\tx86_64-unknown-linux-gnu ", { arch: "x86_64", os: "linux", libc: "gnu" }],
    ["android/arm64", { arch: "aarch64", os: "android", libc: "bionic" }],
    ["aarch64-linux", { arch: "aarch64", os: "linux", libc: undefined }],
    ["aarch64-darwin", { arch: "aarch64", os: "darwin", libc: "libSystem" }],
    ["aarch64-haiku", { arch: "aarch64", os: "haiku", libc: undefined }],
    ["x86_64-unknown-haiku", { arch: "x86_64", os: "haiku", libc: undefined }],
    ["x86_64-unknown-freebsd14.1", { arch: "x86_64", os: "freebsd", libc: undefined }],
    ["x86_64-pc-l4re-uclibc", { arch: "x86_64", os: "l4re", libc: "uclibc" }],
    ["x86_64-softlinux-linux-gnu", { arch: "x86_64", os: "linux", libc: "gnu" }],
    ["armv7-linux-androideabi", { arch: "arm", os: "android", libc: "bionic" }],
    ["aarch64-linux-android21", { arch: "aarch64", os: "android", libc: "bionic" }],
    ["thumbv7neon-unknown-linux-gnueabihf", { arch: "arm", os: "linux", libc: "gnueabihf" }],
    ["charmv7-unknown-linux-gnu", { arch: "charmv7", os: "linux", libc: "gnu" }],
    ["mips64el-unknown-linux-gnuabi64", { arch: "mips64el", os: "linux", libc: "gnu" }],
    ["powerpc-unknown-linux-gnuspe", { arch: "powerpc", os: "linux", libc: "gnu" }],
    ["X86_64-Unknown-Linux-GNU", { arch: "x86_64", os: "linux", libc: "gnu" }],
  ])("takes %s apart", (text, expected) => {
    expect(parseTarget(text)).toEqual(expected);
  });

  it.each([
    "",
    "linux",
    "x86_64",
    "linux/amd64/v3",
    "a-b-c-d-e",
    "x86_64 linux gnu",
    "x86_64-unknown linux-gnu",
    "x86_64-(unknown-linux-gnu",
    "x86_64-unknown)-linux-gnu",
    "x86_64--linux-gnu",
  ])("does not know the form of %j", (text) => {
    expect(parseTarget(text)).toBeUndefined();
  });
});

describe("compareTargets", () => {
  it.each([
    [{ arch: "x86_64" }, {}, "unknown"],
    [{}, { arch: "x86_64" }, "unknown"],
    [{}, {}, "unknown"],
    [{ arch: "x86_64" }, { arch: "x86_64" }, "match"],
    [{ arch: "x86_64" }, { arch: "aarch64" }, "mismatch"],
  ] as const)("tells what only one side says from what differs: %j, %j", (plugin, host, arch) => {
    expect(compareTargets(plugin, host)).toEqual({ arch, os: "unknown", libc: "unknown" });
  });

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

import { describe, expect, it } from "vitest";
import { pasteable, recordedFlags } from "../../../src/language/build-flags.ts";
import { panicFlag, rustFlags } from "../../../src/language/rust/build-flags.ts";

const { comparable } = rustFlags;

describe("Rust flags", () => {
  it("knows one code generation option in all its spellings", () => {
    const spellings = [
      ["-C", "panic=abort"],
      ["-Cpanic=abort"],
      ["--codegen=panic=abort"],
      ["--codegen", "panic=abort"],
      ["-C=panic=abort"],
      ["-C panic=abort"],
      ["--codegen panic=abort"],
      ["-C panic=abort -C opt-level=3"],
    ];
    for (const flags of spellings) expect(comparable(flags)).toEqual([panicFlag("abort")]);
    expect(comparable(["-Ctarget_feature=+avx2"])).toEqual(["-C target-feature=+avx2"]);
  });

  it("leaves out what stays within a library", () => {
    const flags = [
      "--crate-type",
      "cdylib",
      "-O",
      "-C",
      "lto=fat",
      "-Copt-level=3",
      "-Clink-arg=-s",
      "--release",
      "-L",
      "deps",
      "--remap-path-prefix",
      "/a -b=/c d",
      "--remap-path-prefix=/a b=/c",
    ];
    expect(comparable(flags)).toEqual([]);
  });

  it("keeps what can change a layout", () => {
    expect(comparable(["-Zrandomize-layout", "--cfg", 'feature="x"', "--features=a"])).toEqual([
      '--cfg=feature="x"',
      "--features=a",
      "-Z randomize-layout",
    ]);
  });

  it.each([
    "-C linker=/tmp/ld.sh",
    "-Clinker=/tmp/ld.sh",
    "-Ctarget-cpu=x -Clinker=/tmp/ld.sh",
    "-Clink-arg=-fuse-ld=/tmp/x",
    "-Zcodegen-backend=/tmp/x.so",
    "-Cllvm-args=-load=/tmp/x.so",
    "--sysroot=/tmp/x",
    "@/tmp/x",
    "--config=/tmp/x",
    "-Ctarget-cpu=\x1b[1A",
  ])("%j names no file or program in a command that people paste", (flag) => {
    const { kept } = pasteable(rustFlags, comparable(["-Cpanic=abort", flag]));
    expect(kept.filter((each) => !/^-C (?:panic=abort|target-cpu=x)$/.test(each))).toEqual([]);
  });

  it.each([
    "-C panic=abort",
    "-C target-feature=+avx2,-sse4a",
    "-Z sanitizer=address",
    "--features=a,b",
    '--cfg=feature="x"',
  ])("%s is pasteable", (flag) => {
    expect(pasteable(rustFlags, comparable([flag]))).toEqual({ kept: [flag], note: undefined });
  });

  it("are not recorded in a binary", () => {
    expect(recordedFlags(rustFlags, ["--cfg", "a"])).toEqual([]);
  });
});

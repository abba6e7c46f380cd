import { describe, expect, it } from "vitest";
import { recordedFlags } from "../../../src/language/build-flags.ts";
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

  it("are not recorded in a binary", () => {
    expect(recordedFlags(rustFlags, ["--cfg", "a"])).toEqual([]);
  });
});

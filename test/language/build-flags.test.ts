import { describe, expect, it } from "vitest";
import { comparableFlags, flagDifference } from "../../src/language/build-flags.ts";

describe("Go flags", () => {
  it("leaves out what gives the binary its role or reaches the linker only", () => {
    const flags = [
      "-buildmode=plugin",
      "-o",
      "out.so",
      "-ldflags",
      "-s -w",
      "-v",
      "-p=4",
      "-buildvcs=false",
      "./cmd",
    ];
    expect(comparableFlags("go", flags)).toEqual(["./cmd"]);
  });

  it("knows one flag in all its spellings", () => {
    expect(comparableFlags("go", ["-tags", "b,a", "--trimpath", "-race=true"])).toEqual(
      comparableFlags("go", ["-race", "-trimpath=true", "-tags=a b"]),
    );
  });

  it("takes a switch that is off for one that is not there", () => {
    expect(comparableFlags("go", ["-race=false"])).toEqual([]);
  });

  it("compares compiler flags that reach dependencies, and no others", () => {
    expect(comparableFlags("go", ["-gcflags=-N -l"])).toEqual([]);
    expect(comparableFlags("go", ["-gcflags=all=-N -l"])).toEqual(["-gcflags=all=-N -l"]);
  });

  it("names what each side has alone", () => {
    const [plugin, host] = [comparableFlags("go", ["-race"]), comparableFlags("go", ["-trimpath"])];
    expect(flagDifference(plugin, host)).toEqual({ onlyPlugin: ["-race"], onlyHost: ["-trimpath"] });
  });
});

describe("Rust flags", () => {
  it("knows one code generation option in all its spellings", () => {
    const spellings = [
      ["-C", "panic=abort"],
      ["-Cpanic=abort"],
      ["--codegen=panic=abort"],
      ["--codegen", "panic=abort"],
      ["-C=panic=abort"],
    ];
    for (const flags of spellings) expect(comparableFlags("rust", flags)).toEqual(["-C panic=abort"]);
    expect(comparableFlags("rust", ["-Ctarget_feature=+avx2"])).toEqual(["-C target-feature=+avx2"]);
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
    expect(comparableFlags("rust", flags)).toEqual([]);
  });

  it("keeps what can change a layout", () => {
    expect(comparableFlags("rust", ["-Zrandomize-layout", "--cfg", 'feature="x"', "--features=a"])).toEqual([
      '--cfg=feature="x"',
      "--features=a",
      "-Z randomize-layout",
    ]);
  });
});

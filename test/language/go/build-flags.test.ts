import { describe, expect, it } from "vitest";
import { flagDifference, recordedFlags } from "../../../src/language/build-flags.ts";
import { goFlags } from "../../../src/language/go/build-flags.ts";

const { comparable } = goFlags;

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
    expect(comparable(flags)).toEqual(["./cmd"]);
  });

  it("knows one flag in all its spellings", () => {
    expect(comparable(["-tags", "b,a", "--trimpath", "-race=true"])).toEqual(
      comparable(["-race", "-trimpath=true", "-tags=a b"]),
    );
  });

  it("takes a switch that is off for one that is not there", () => {
    expect(comparable(["-race=false"])).toEqual([]);
  });

  it("compares compiler flags that reach dependencies, and no others", () => {
    expect(comparable(["-gcflags=-N -l"])).toEqual([]);
    expect(comparable(["-gcflags=all=-N -l"])).toEqual(["-gcflags=all=-N -l"]);
  });

  it("names what each side has alone", () => {
    const [plugin, host] = [comparable(["-race"]), comparable(["-trimpath"])];
    expect(flagDifference(plugin, host)).toEqual({ onlyPlugin: ["-race"], onlyHost: ["-trimpath"] });
  });

  it("is one list of tags on a command line: of two lists the go command takes the last", () => {
    const flags = comparable(["-trimpath", "-tags=b", "-tags=a", "-race"]);
    expect(goFlags.text(flags)).toBe("-race -tags=a,b -trimpath");
    expect(goFlags.text(comparable(["-race"]))).toBe("-race");
    expect(goFlags.text([])).toBe("");
  });

  it("can be found in a binary, for some of them", () => {
    expect(recordedFlags(goFlags, ["-race", "-tags=a,b", "-mod=vendor", "./cmd"])).toEqual([
      "-race",
      "-tags=a",
      "-tags=b",
    ]);
  });
});

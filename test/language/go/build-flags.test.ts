import { describe, expect, it } from "vitest";
import { flagDifference, pasteable, recordedFlags } from "../../../src/language/build-flags.ts";
import { rustFlags } from "../../../src/language/rust/build-flags.ts";
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

  it("takes time in proportion to a hostile text", () => {
    const text = `-a${" ".repeat(500_000)}-tags b `.repeat(2) + "-race ".repeat(100_000);
    const start = performance.now();
    expect(comparable([text, "-x"]).length).toBeGreaterThan(0);
    expect(rustFlags.comparable([text, "-x"]).length).toBeGreaterThan(0);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it("takes a flag and its value, or several switches, in one text apart", () => {
    expect(comparable(["-tags a,b", "-trimpath -race"])).toEqual(
      comparable(["-tags=a,b", "-trimpath", "-race"]),
    );
    expect(comparable(["-ldflags '-s -w'", '-gcflags "all=-N -l"'])).toEqual(["-gcflags=all=-N -l"]);
    expect(comparable(["-o plugin.so -race", "-v -trimpath"])).toEqual(["-race", "-trimpath"]);
  });

  it.each([
    "-toolexec=sh -c 'touch /tmp/x'",
    "-overlay=/tmp/o.json",
    "-modfile=/tmp/go.mod",
    "-pgo=/tmp/x.pgo",
    "-gcflags=all=-N -cpuprofile=/tmp/x",
    "-gcflags=all=-o=/tmp/x",
    "-asmflags=all=-I/tmp",
    "-gccgoflags=-fplugin=/tmp/x.so",
    "-tags=\x1b[1A#",
    "-tags=-toolexec=x",
    "-compiler=/tmp/x",
    "-mod=/tmp/x",
    "./cmd",
    "-unknown",
  ])("%j is not for a command that people paste", (flag) => {
    expect(goFlags.isHarmless(flag)).toBe(false);
    const { kept, note } = pasteable(goFlags, ["-race", flag]);
    expect(kept).toEqual(["-race"]);
    expect(note).toMatch(/^[\w ,:]+$/);
  });

  it.each([
    "-trimpath",
    "-race",
    "-tags=netgo",
    "-covermode=atomic",
    "-gcflags=all=-N -l",
    "-asmflags=all=-S",
  ])("%s is", (flag) => {
    expect(pasteable(goFlags, comparable([flag]))).toEqual({ kept: [flag], note: undefined });
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

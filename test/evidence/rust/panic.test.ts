import { describe, expect, test } from "vitest";
import { known, unknown } from "../../../src/evidence/fact.ts";
import { rustPanicStrategy } from "../../../src/evidence/rust/panic.ts";
import { readRustTraces } from "../../../src/evidence/rust/traces.ts";
import { open } from "../../support/elf-open.ts";
import { open as openMacho } from "../../support/macho-open.ts";

const std = "/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/panicking.rs";
const core = "/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/num.rs";

interface Parts {
  readonly imports?: readonly string[];
  readonly text?: string | Buffer;
  readonly statics?: readonly string[];
  readonly needed?: readonly string[];
}

function strategyOf({ imports = [], text = std, statics = [], needed = [] }: Parts) {
  const file = open({
    sections: [{ name: ".rodata", content: text }],
    dynamicSymbols: [{ name: "otel_plugin", in: ".rodata", size: 1 }, ...imports.map((name) => ({ name }))],
    symbols: statics.map((name) => ({ name, in: ".rodata" })),
    needed,
  });
  return rustPanicStrategy(file, readRustTraces(file));
}

const raising = ["_Unwind_Backtrace", "_Unwind_RaiseException", "_Unwind_Resume"];
const tracing = ["_Unwind_Backtrace", "_Unwind_Resume"];

describe("panic strategy", () => {
  test("a library that raises exceptions unwinds", () => {
    expect(strategyOf({ imports: raising })).toEqual(known("unwind", "import of _Unwind_RaiseException"));
  });

  test("one that does so with set jumps unwinds", () => {
    expect(strategyOf({ imports: ["_Unwind_SjLj_RaiseException"] })).toMatchObject({ value: "unwind" });
  });

  test("a library whose standard library prints backtraces and raises nothing aborts", () => {
    expect(strategyOf({ imports: tracing })).toEqual(
      known("abort", "import of _Unwind_Backtrace and not of _Unwind_RaiseException"),
    );
  });

  test("an older standard library, which names its sources without a root, is one", () => {
    expect(strategyOf({ imports: tracing, text: "library/std/src/panicking.rs" })).toMatchObject({
      value: "abort",
    });
  });

  test("backtraces without the standard library may be another's", () => {
    expect(strategyOf({ imports: tracing, text: core })).toEqual(
      unknown("it imports _Unwind_Backtrace, but not surely for Rust's standard library"),
    );
  });

  test("a library that imports no unwinder says nothing", () => {
    expect(strategyOf({})).toEqual(
      unknown("it imports no unwinder: it contains one, or has nothing that unwinds"),
    );
  });

  test("an unwinder that it exports is no import", () => {
    const file = open({
      sections: [{ name: ".rodata", content: std }],
      dynamicSymbols: raising.map((name) => ({ name, in: ".rodata", size: 1 })),
    });
    expect(rustPanicStrategy(file, readRustTraces(file)).known).toBe(false);
  });

  test.each([
    ["panic_unwind", "unwind"],
    ["panic_abort", "abort"],
  ] as const)("static symbols of %s tell where imports do not", (crate, strategy) => {
    expect(strategyOf({ statics: [`${crate}.4f06-cgu.0`] })).toEqual(
      known(strategy, `static symbols of ${crate}`),
    );
  });

  test("static symbols of both tell nothing", () => {
    expect(strategyOf({ statics: ["panic_unwind.1", "panic_abort.2"] }).known).toBe(false);
  });

  test("exceptions may be those of a C++ runtime inside", () => {
    const text = `${std}terminate called after throwing an instance of '`;
    expect(strategyOf({ imports: raising, text })).toEqual(
      unknown(
        'it imports _Unwind_RaiseException, but so does the C++ runtime it contains ("terminate called after throwing ")',
      ),
    );
  });

  test("or of one in data that was not searched", () => {
    const text = Buffer.alloc(9 * 1024 * 1024);
    expect(strategyOf({ imports: raising, text })).toEqual(
      unknown(
        "it imports _Unwind_RaiseException, which a C++ runtime in it may do as well: only the first 8 MiB were searched",
      ),
    );
  });

  test("a library that links the standard library leaves panics to that", () => {
    expect(strategyOf({ imports: raising, needed: ["libstd-d1237ef7159db0a2.so"] })).toEqual(
      unknown("libstd-d1237ef7159db0a2.so, which it links, has the panic runtime"),
    );
  });

  test.each([
    ["unwind", ["__Unwind_Backtrace", "__Unwind_RaiseException"]],
    ["abort", ["__Unwind_Backtrace"]],
  ] as const)("%s in Mach-O, whose names have one more underscore", (strategy, names) => {
    const file = openMacho({
      segments: [{ name: "__TEXT", sections: [{ name: "__const", bytes: std }] }],
      symbols: names.map((name) => ({ name })),
    });
    expect(rustPanicStrategy(file, readRustTraces(file))).toMatchObject({ value: strategy });
  });

  test("a broken symbol table is why it is unknown", () => {
    const file = open({
      sections: [{ name: ".rodata", content: std }],
      dynamicSymbols: raising.map((name) => ({ name })),
      patch: [{ dynamic: 5n, value: 2n ** 60n }],
    });
    expect(rustPanicStrategy(file, readRustTraces(file))).toMatchObject({
      known: false,
      why: expect.stringContaining(" at offset ") as string,
    });
  });
});

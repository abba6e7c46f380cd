import type { AnyObject } from "../../object/any-object.ts";
import { sourceName } from "../../object/symbol-name.ts";
import { known, unknown, type Fact } from "../fact.ts";
import { guarded } from "../guarded.ts";
import { libstdOf } from "./dylib.ts";
import type { RustTraces } from "./traces.ts";

/** `-C panic`: whether a panic unwinds the stack or ends the process. */
export type PanicStrategy = "unwind" | "abort";

/** Starts unwinding; 32-bit ARM on iOS has the second form (Itanium C++ ABI: Exception Handling, 1.3). */
const raising = ["_Unwind_RaiseException", "_Unwind_SjLj_RaiseException"];

/** Standard libraries print their backtraces with it, whatever the strategy. */
const backtrace = "_Unwind_Backtrace";

/**
 * The panic strategy by what the standard library's panic runtime imports: `panic_unwind` raises an exception, `panic_abort`
 * does not (rust-lang/rust: library/panic_unwind/src/gcc.rs, library/panic_abort/src/lib.rs). Where imports do not decide,
 * the static symbols may name the runtime crate.
 */
export function rustPanicStrategy(object: AnyObject, traces: RustTraces): Fact<PanicStrategy> {
  return guarded(() => {
    const libstd = libstdOf(object);
    if (libstd !== undefined) return unknown(`${libstd.library}, which it links, has the panic runtime`);
    const imported = byImports(object, traces);
    return imported.known ? imported : (byStaticSymbols(object) ?? imported);
  });
}

function byImports(object: AnyObject, { std, cxxRuntime, searched }: RustTraces): Fact<PanicStrategy> {
  const imports = unwinderImports(object);
  const raised = raising.find((name) => imports.has(name));
  if (raised !== undefined) {
    if (cxxRuntime !== undefined) {
      return unknown(`it imports ${raised}, but so does the C++ runtime it contains ("${cxxRuntime.text}")`);
    }
    return searched.gap === undefined
      ? known("unwind", `import of ${raised}`)
      : unknown(`it imports ${raised}, which a C++ runtime in it may do as well: ${searched.gap}`);
  }
  if (!imports.has(backtrace)) {
    return unknown("it imports no unwinder: it contains one, or has nothing that unwinds");
  }
  // A C library may print backtraces as well, beside Rust code that has no standard library.
  return std
    ? known("abort", `import of ${backtrace} and not of ${raising[0] ?? ""}`)
    : unknown(`it imports ${backtrace}, but not surely for Rust's standard library`);
}

function byStaticSymbols(object: AnyObject): Fact<PanicStrategy> | undefined {
  const unwinds = object.staticStringsContain("panic_unwind");
  const aborts = object.staticStringsContain("panic_abort");
  if (unwinds === aborts) return undefined;
  return known(unwinds ? "unwind" : "abort", `static symbols of panic_${unwinds ? "unwind" : "abort"}`);
}

/** By their names in the source. */
function unwinderImports(object: AnyObject): ReadonlySet<string> {
  if (!object.dynamicStringsContain("_Unwind_")) return new Set();
  return new Set(
    object.dynamicSymbols.filter(({ defined }) => !defined).map(({ name }) => sourceName(object, name)),
  );
}

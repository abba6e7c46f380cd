import { DF_1_NOW, DF_BIND_NOW, DT_BIND_NOW } from "../../object/elf/constants.ts";
import type { AnyObject } from "../../object/any-object.ts";
import type { ElfFile } from "../../object/elf/file.ts";
import { sourceName } from "../../object/symbol-name.ts";
import { known, unknown, type Fact } from "../fact.ts";
import { guarded } from "../guarded.ts";
import type { RustTraces } from "./traces.ts";

/** How much of a file Rust is: all that rustc linked, or a static library in a file of another language. */
export type RustExtent = "whole" | "part";

/** What speaks for rustc as the linker's caller, which no other compiler leaves; or undefined. */
export interface OwnMarks {
  /** "section .rustc", "linked library libstd-….so", "LC_ID_DYLIB in Cargo's folder release/deps". */
  readonly mark: string | undefined;
  /** Whether what says Rust is more than one text: a path of its sources may stand in a text about Rust. */
  readonly certain: boolean;
}

/**
 * Whether rustc linked the file. It keeps all but `#[no_mangle]` names in (rust-lang/rust: compiler/rustc_codegen_ssa/src/back/linker.rs,
 * export_symbols), and asks for immediate binding (`relro_level: Full`, compiler/rustc_target/src/spec/base). gcc, clang and their
 * linkers do neither by themselves. C++ may be a dependency of Rust code as well as the other way round, so it leaves the question open.
 * @returns "part" with what speaks against rustc; unknown if nothing decides.
 */
export function rustExtent(
  object: AnyObject,
  traces: RustTraces,
  { mark, certain }: OwnMarks,
): Fact<RustExtent> {
  if (mark !== undefined) return known("whole", mark);
  return guarded(() => {
    const inner = exportedInner(object);
    if (inner !== undefined) return known("part", `it exports ${inner}, which rustc keeps in what it links`);
    if (object.format === "elf" && bindsLate(object)) {
      return known("part", "its symbols are bound late, but rustc links for immediate binding");
    }
    const cxx = cxxOf(object, traces);
    if (cxx !== undefined)
      return unknown(`it has C++ in it too (${cxx}), and either may be the other's part`);
    return certain
      ? known("whole", "no other language's mark")
      : unknown("one path of a Rust source is in its read-only data, which a text about Rust has as well");
  });
}

/** Rust's own names: v0 and legacy mangling (with its hash), and the runtime's (library/std/src/panicking.rs, alloc). */
const innerName =
  /^(?:_R[A-Z0-9]|_ZN.*17h[0-9a-f]{16}E$|rust_(?:eh_personality|begin_unwind|panic)$|__rust_[a-z]|__rdl_|__rg_)/;

/** The beginnings of those, so that most files need no search through their symbols. */
const innerTexts = ["_R", "17h", "rust_"];

function exportedInner(object: AnyObject): string | undefined {
  if (!object.dynamicStringsContain(...innerTexts)) return undefined;
  const symbol = object.dynamicSymbols.find(
    ({ name, defined }) => defined && innerName.test(sourceName(object, name)),
  );
  return symbol === undefined ? undefined : sourceName(object, symbol.name).slice(0, shown);
}

/** Longer names are cut in a reason. */
const shown = 80;

/** Files without a dynamic section bind nothing. */
function bindsLate({ dynamic, flags, flags1 }: ElfFile): boolean {
  if (dynamic.length === 0) return false;
  return (
    (flags & DF_BIND_NOW) === 0n &&
    (flags1 & DF_1_NOW) === 0n &&
    !dynamic.some(({ tag }) => tag === DT_BIND_NOW)
  );
}

const cxxLibrary = /(?:^|\/)lib(?:std)?c\+\+(?:abi|_shared)?[.-]/;

const cxxImports = ["__gxx_personality_v0", "__cxa_throw", "_ZdlPv"];

function cxxOf(object: AnyObject, { cxxRuntime }: RustTraces): string | undefined {
  const library = object.neededLibraries.find((name) => cxxLibrary.test(name));
  if (library !== undefined) return `it links ${library}`;
  if (cxxRuntime !== undefined) return `"${cxxRuntime.text}" in ${cxxRuntime.from}`;
  const wanted = cxxImports.filter((name) => object.dynamicStringsContain(name));
  if (wanted.length === 0) return undefined;
  const symbol = object.dynamicSymbols.find(({ name }) => wanted.includes(sourceName(object, name)));
  return symbol === undefined ? undefined : `symbol ${sourceName(object, symbol.name)}`;
}

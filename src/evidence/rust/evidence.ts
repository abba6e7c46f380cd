import type { AnyObject } from "../../object/any-object.ts";
import { hasSectionHeaders } from "../../object/object-file.ts";
import { readAuditedBuild, type AuditedBuild } from "./cargo-audit.ts";
import { known, type Fact } from "../fact.ts";
import { guarded } from "../guarded.ts";
import { readRustStamps, rustCompiler, type RustCompiler } from "./compiler.ts";
import { rustCrates } from "./crates.ts";
import { readRustDylib, type RustDylib } from "./dylib.ts";
import { rustExtent, type RustExtent } from "./extent.ts";
import { rustLibrary, sameRustToolchain, type RustLibrary } from "./library.ts";
import { rustPanicStrategy, type PanicStrategy } from "./panic.ts";
import { readRustProfile, type RustProfile } from "./profile.ts";
import type { RegistryCrate } from "./registry-path.ts";
import { readRustTraces } from "./traces.ts";

/**
 * What a binary proves of the Rust code in it. That may be all of it or, in a Go or C++ file that links a static library
 * of Rust, a part: what else is in the file is for others to say.
 */
export interface RustEvidence {
  /** What says that there is Rust code: one at least. */
  readonly witnesses: readonly string[];
  /** Whether there surely is Rust code: a single path of one of its sources may stand in a text about Rust as well. */
  readonly certain: boolean;
  /** Whether the file is Rust's, or only has Rust in it. */
  readonly extent: Fact<RustExtent>;
  readonly compiler: Fact<RustCompiler>;
  readonly library: RustLibrary;
  /** False with a foreign sysroot, or if objects of two toolchains were linked. */
  readonly sameToolchain: Fact<boolean>;
  /**
   * As `rustc --version` writes it, without its first word: "1.95.0 (59807616e 2026-04-14)"; if the compiler left no stamp,
   * the standard library's release.
   */
  readonly toolchain: Fact<string>;
  readonly panic: Fact<PanicStrategy>;
  readonly audited: Fact<AuditedBuild>;
  /** Never all of the packages, unlike `audited`. */
  readonly crates: Fact<readonly RegistryCrate[]>;
  readonly profile: RustProfile;
  readonly dylib: RustDylib;
}

/**
 * How far to look. "thorough" searches the read-only data (8 MiB at most) whatever the file is; "cheap" does so unless it is an ELF
 * file without a mark of rustc in which nothing unwinds, so that Rust's standard library is not in it.
 */
export type SearchEffort = "cheap" | "thorough";

/** @returns undefined if nothing in the file says Rust. What is broken in the file makes facts unknown; nothing is thrown. */
export function readRustEvidence(
  object: AnyObject,
  effort: SearchEffort = "thorough",
): RustEvidence | undefined {
  const stamps = readRustStamps(object);
  const audited = readAuditedBuild(object);
  const dylib = readRustDylib(object);
  const sections = sectionsOfRust(object);
  const isShown = stamps.known || sections.length > 0 || dylib.libstd.known;
  if (effort === "cheap" && !isShown && unwindsNothing(object)) return undefined;
  const traces = readRustTraces(object);
  const found = [
    ...(stamps.known ? [`stamp of rustc in ${stamps.from}`] : []),
    ...sections,
    ...(dylib.libstd.known ? [dylib.libstd.from] : []),
    ...traces.libraries.slice(0, 8).map(({ text, from }) => `path ${text} in ${from}`),
    ...(traces.crates.length > 0 ? ["paths of Cargo's registry in the read-only data"] : []),
  ];
  const witnesses = found.length > 0 ? found : runtimeSymbols(object);
  if (witnesses.length === 0) return undefined;
  const compiler = rustCompiler(stamps);
  const library = rustLibrary(traces);
  const profile = readRustProfile(object, traces);
  const folder = profile.hints.find(({ from }) => from === "LC_ID_DYLIB");
  const mark = sections[0] ?? (dylib.libstd.known ? dylib.libstd.from : folder?.from);
  const certain =
    mark !== undefined || stamps.known || traces.sources > 1 || runtimeSymbols(object).length > 0;
  return {
    witnesses,
    certain,
    extent: rustExtent(object, traces, { mark, certain }),
    compiler,
    library,
    sameToolchain: sameRustToolchain(compiler, library),
    toolchain: stamps.known ? toolchainOf(compiler) : library.release,
    panic: rustPanicStrategy(object, traces),
    audited,
    crates: rustCrates(traces),
    profile,
    dylib,
  };
}

/** Tables of what to do as the stack unwinds; C code has none, C++ and Rust's standard library do. */
const unwindTables = [".gcc_except_table", ".ARM.extab"];

/** Whether an ELF file links no unwinder and has no tables for one, told by little. */
function unwindsNothing(object: AnyObject): boolean {
  if (object.format !== "elf") return false;
  const nothing = guarded(() => {
    const unwinds =
      object.sectionsNamed(unwindTables).length > 0 ||
      object.neededLibraries.some((name) => name.startsWith("libgcc_s.so"));
    return known(hasSectionHeaders(object) && !unwinds, "");
  });
  return nothing.known && nothing.value;
}

/** Metadata of a crate, and cargo-auditable's package list: whether they can be read or not, they say who wrote the file. */
const ownSections = [".rustc", ".dep-v0"];

/** Functions that a program of `core` alone has as well, under these names (rust-lang/rust: library/core/src/panicking.rs). */
const runtimeNames = ["rust_eh_personality", "rust_begin_unwind"];

function sectionsOfRust(object: AnyObject): readonly string[] {
  return orNone(() => {
    const names = new Set(object.sections.map(({ name }) => name));
    return ownSections.filter((name) => names.has(name)).map((name) => `section ${name}`);
  });
}

function runtimeSymbols(object: AnyObject): readonly string[] {
  return orNone(() =>
    runtimeNames.filter((name) => object.staticStringsContain(name)).map((name) => `static symbol ${name}`),
  );
}

function orNone(read: () => readonly string[]): readonly string[] {
  const names = guarded(() => known(read(), ""));
  return names.known ? names.value : [];
}

function toolchainOf(compiler: Fact<RustCompiler>): Fact<string> {
  return compiler.known ? known(compiler.value.text, compiler.from) : compiler;
}

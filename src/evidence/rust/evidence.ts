import type { AnyObject } from "../../object/any-object.ts";
import { readAuditedBuild, type AuditedBuild } from "./cargo-audit.ts";
import { known, type Fact } from "../fact.ts";
import { guarded } from "../guarded.ts";
import { readRustStamps, rustCompiler, type RustCompiler } from "./compiler.ts";
import { rustCrates } from "./crates.ts";
import { readRustDylib, type RustDylib } from "./dylib.ts";
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
 * How far to look. "thorough" searches the read-only data (8 MiB at most) whatever the file is; "cheap" does so only if
 * its sections or linked libraries say Rust: for a file that is known to be of another language.
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
  const cheap = [
    ...(stamps.known ? [`stamp of rustc in ${stamps.from}`] : []),
    ...sectionsOfRust(object),
    ...(dylib.libstd.known ? [dylib.libstd.from] : []),
  ];
  if (effort === "cheap" && cheap.length === 0) return undefined;
  const traces = readRustTraces(object);
  const found = [
    ...cheap,
    ...traces.libraries.slice(0, 8).map(({ text, from }) => `path ${text} in ${from}`),
    ...(traces.crates.length > 0 ? ["paths of Cargo's registry in the read-only data"] : []),
  ];
  const witnesses = found.length > 0 ? found : runtimeSymbols(object);
  if (witnesses.length === 0) return undefined;
  const compiler = rustCompiler(stamps);
  const library = rustLibrary(traces);
  return {
    witnesses,
    compiler,
    library,
    sameToolchain: sameRustToolchain(compiler, library),
    toolchain: stamps.known ? toolchainOf(compiler) : library.release,
    panic: rustPanicStrategy(object, traces),
    audited,
    crates: rustCrates(traces),
    profile: readRustProfile(object, traces),
    dylib,
  };
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

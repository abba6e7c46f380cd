import type { AnyObject } from "../../object/any-object.ts";
import { FormatError } from "../../object/format-error.ts";
import { searchReadOnlyData, type Hit, type Searched } from "../read-only-data.ts";
import { registryCrateAt, type RegistryCrate } from "./registry-path.ts";

/** What a Rust program's string literals give away: most of it are the source places that a panic would name. */
export interface RustTraces {
  /** The standard libraries whose sources are named, each once, in the order found. */
  readonly libraries: readonly LibraryTrace[];
  /** How many different sources of the standard library are named; counting ends at 16. */
  readonly sources: number;
  /** Whether a source of `std` itself is named, and not only of `core` and `alloc`; older ones name it without a root. */
  readonly std: boolean;
  /** Sources in Cargo's registry, each package once, in the order found. */
  readonly crates: readonly RegistryCrate[];
  /** Message of a check that only a build with overflow checks has: "attempt to add with overflow". */
  readonly overflowCheck: Trace | undefined;
  /** Message of a C++ runtime, which is then part of this file and not of a library it links. */
  readonly cxxRuntime: Trace | undefined;
  readonly searched: Searched;
}

export interface Trace {
  readonly text: string;
  /** The section or segment it was found in. */
  readonly from: string;
}

/** Where the sources of the standard library lay, as its builder wrote it down. */
export interface LibraryTrace extends Trace {
  /** 40 hex digits; undefined if the path has a release in its place. */
  readonly commit: string | undefined;
  readonly release: string | undefined;
}

/** In bytes. The literals of large plugins (10 MB of code) take some 200 KB; files that embed others have more. */
const limit = 8 * 1024 * 1024;

/** More distinct packages mean that the file was made to waste memory. */
const mostCrates = 4096;

/**
 * The compiler's own build replaces its source folder by `/rustc/<commit>`, or by `/rustc/<release>` if its builder has
 * no commit (rust-lang/rust: src/bootstrap/src/lib.rs, debuginfo_map_to). Debian and its kin choose `/usr/src/rustc-<release>`.
 */
const libraryPath =
  /^\/(?:rustc\/(?:([0-9a-f]{40})|(\d+\.\d+\.\d+[0-9A-Za-z.-]*))|usr\/src\/rustc-(\d+\.\d+\.\d+[0-9A-Za-z.-]*))[/\\]library[/\\]/;

/** The whole path of a source, "/rustc/<commit>/library/core/src/fmt/mod.rs". */
const sourcePath = /^[/\\][A-Za-z0-9_.\-/\\]+?\.rs/;

const mostSources = 16;

/** core/src/panicking.rs, panic_const; division overflows in every build, so its messages are not among them. */
const overflowMessage = /^attempt to (?:add|subtract|multiply|negate|shift left|shift right) with overflow/;

/** libstdc++-v3/libsupc++/vterminate.cc and libcxxabi/src/cxa_default_handlers.cpp, abort_message.cpp. */
const cxxMessages = ["terminate called after throwing an instance of '", "libc++abi: "] as const;

interface Findings {
  readonly libraries: Map<string, LibraryTrace>;
  readonly sources: Set<string>;
  readonly crates: Map<string, RegistryCrate>;
  std: boolean;
  overflowCheck: Trace | undefined;
  cxxRuntime: Trace | undefined;
}

/** What to do at each text that is looked for. */
const wanted: readonly (readonly [needle: string, note: (hit: Hit, found: Findings) => void])[] = [
  ["/rustc/", noteLibrary],
  ["/usr/src/rustc-", noteLibrary],
  ["library/std/src/", noteStd],
  ["registry/src/", noteCrate],
  ["registry\\src\\", noteCrate],
  ["attempt to ", noteOverflow],
  ...cxxMessages.map((message) => [message, noteCxx] as const),
];

const needles = wanted.map(([needle]) => Buffer.from(needle));

/** One pass over the read-only data for all of them. Never throws for what is broken: `searched` then says so. */
export function readRustTraces(object: AnyObject): RustTraces {
  const found: Findings = {
    libraries: new Map(),
    sources: new Set(),
    crates: new Map(),
    std: false,
    overflowCheck: undefined,
    cxxRuntime: undefined,
  };
  const searched = search(object, found);
  return {
    ...found,
    libraries: [...found.libraries.values()],
    sources: found.sources.size,
    crates: [...found.crates.values()],
    searched,
  };
}

function search(object: AnyObject, found: Findings): Searched {
  try {
    const hits = searchReadOnlyData(object, needles, limit);
    for (let next = hits.next(); ; next = hits.next()) {
      if (next.done === true) return next.value;
      wanted[next.value.needle]?.[1](next.value, found);
      if (found.crates.size > mostCrates) return { gap: "it names too many packages" };
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { gap: error.message };
  }
}

/** Text from a hit on, up to a length that the longest path in question has. */
function textAt({ bytes, at }: Hit, length: number): string {
  return bytes.toString("latin1", at, Math.min(at + length, bytes.length));
}

function noteLibrary(hit: Hit, { libraries, sources }: Findings): void {
  const match = libraryPath.exec(textAt(hit, 128));
  if (match === null) return;
  const source = sourcePath.exec(textAt(hit, 256))?.[0];
  if (source !== undefined && sources.size < mostSources) sources.add(source);
  const [text, commit, plain, debian] = match;
  const release = plain ?? debian;
  const key = commit ?? release ?? "";
  if (!libraries.has(key)) libraries.set(key, { text, from: hit.from, commit, release });
}

function noteStd(_: Hit, found: Findings): void {
  found.std = true;
}

function noteCrate(hit: Hit, { crates }: Findings): void {
  const crate = registryCrateAt(hit);
  if (crate !== undefined) crates.set(`${crate.name}@${crate.version}`, crate);
}

function noteOverflow(hit: Hit, found: Findings): void {
  const text = overflowMessage.exec(textAt(hit, 64))?.[0];
  if (text !== undefined) found.overflowCheck ??= { text, from: hit.from };
}

function noteCxx(hit: Hit, found: Findings): void {
  found.cxxRuntime ??= { text: textAt(hit, 32), from: hit.from };
}

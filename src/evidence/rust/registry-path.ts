import { reach, type Hit } from "../read-only-data.ts";

/** A package that was compiled from Cargo's registry and is in the binary, in part at least. */
export interface RegistryCrate {
  readonly name: string;
  readonly version: string;
  /** Host of the registry: "index.crates.io", "github.com" before sparse registries. */
  readonly registry: string;
}

/**
 * `registry/src/<host>-<hash>/<name>-<version>/`, in the builder's separators (cargo: src/cargo/sources/registry/mod.rs,
 * short_name). A name has no dots, so the version begins at the first number that a dot follows.
 */
const registryPath =
  /^registry([/\\])src\1([A-Za-z0-9._-]*)-[0-9a-f]{16}\1([A-Za-z0-9_-]+?)-(\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?)\1/;

/**
 * What the standard library itself links. Until 1.80 or so it was built with `/cargo` as Cargo's home, so that its panics
 * name these in a registry; later ones name `/rust/deps`, which is none.
 */
const ofStandardLibrary = new Set([
  "addr2line",
  "adler",
  "adler2",
  "cfg-if",
  "compiler_builtins",
  "dlmalloc",
  "fortanix-sgx-abi",
  "getopts",
  "gimli",
  "hashbrown",
  "hermit-abi",
  "libc",
  "memchr",
  "miniz_oxide",
  "object",
  "rustc-demangle",
  "unicode-width",
]);

/** A folder above the home of Cargo in which builders put it: Docker's Rust images have `/usr/local/cargo`. */
const foldersOfOthers = /[/\\](?:local|opt|root|share|lib)[/\\]cargo[/\\]$/;

/** The package whose source is named at a hit of "registry/src/"; undefined if it is none, or the standard library's. */
export function registryCrateAt({ bytes, at }: Hit): RegistryCrate | undefined {
  const match = registryPath.exec(bytes.toString("latin1", at, Math.min(at + reach, bytes.length)));
  if (match === null) return undefined;
  const [, , registry = "", name = "", version = ""] = match;
  if (ofStandardLibrary.has(name)) {
    const before = bytes.toString("latin1", Math.max(0, at - 64), at);
    if (/[/\\]cargo[/\\]$/.test(before) && !foldersOfOthers.test(before)) return undefined;
  }
  return { name, version, registry };
}

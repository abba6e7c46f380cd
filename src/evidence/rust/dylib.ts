import type { AnyObject } from "../../object/any-object.ts";
import { hasSectionHeaders } from "../../object/object-file.ts";
import { known, unknown, type Fact } from "../fact.ts";
import { guarded } from "../guarded.ts";

/** What only Rust's own shared libraries (`crate-type = ["dylib"]`, `-C prefer-dynamic`) have. */
export interface RustDylib {
  /** Whether crates can be compiled against it: the section `.rustc` has their metadata. */
  readonly metadata: Fact<boolean>;
  /** Hash in the name of the standard library it links: one for every build of the toolchain. 16 hex digits. */
  readonly libstd: Fact<string>;
}

const libstdName = /(?:^|\/)(libstd-([0-9a-f]{16})\.(?:so|dylib))$/;

export function readRustDylib(object: AnyObject): RustDylib {
  return {
    metadata: guarded(() => metadataOf(object)),
    libstd: guarded(() => {
      const found = libstdOf(object);
      return found === undefined
        ? unknown("it links no standard library of Rust")
        : known(found.hash, `linked library ${found.library}`);
    }),
  };
}

/** The dynamic standard library among the linked libraries. @throws FormatError if these cannot be read. */
export function libstdOf(object: AnyObject): { readonly library: string; readonly hash: string } | undefined {
  for (const name of object.neededLibraries) {
    const [, library, hash] = libstdName.exec(name) ?? [];
    if (library !== undefined && hash !== undefined) return { library, hash };
  }
  return undefined;
}

/** `.rustc` in both formats (rust-lang/rust: compiler/rustc_codegen_ssa/src/back/metadata.rs); stripping may remove it. */
function metadataOf(object: AnyObject): Fact<boolean> {
  if (!hasSectionHeaders(object)) return unknown("the file has no section headers");
  const section = object.sections.find(({ name }) => name === ".rustc");
  return known(section !== undefined, section === undefined ? "no section .rustc" : "section .rustc");
}

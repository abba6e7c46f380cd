import { ELFOSABI_FREEBSD } from "../../object/elf/constants.ts";
import type { ElfFile } from "../../object/elf/file.ts";
import { known, unknown, type Fact } from "../fact.ts";
import { isGlibcItself, isMuslLibrary } from "./library-name.ts";
import { systemNote } from "./system-note.ts";

/** The C libraries by the loader a program asks for. */
const byInterpreter: readonly (readonly [pattern: RegExp, libc: string])[] = [
  [/\/ld-musl-/, "musl"],
  [/\/linker(64)?$/, "bionic"],
  [/\/ld64-uClibc\.so|\/ld-uClibc\.so/, "uclibc"],
  [/\/ld(64)?(-linux[^/]*)?\.so\.[12]$/, "gnu"],
];

/** The C libraries by the name of what is linked, if the name is no other's. On Hurd and kFreeBSD, GNU's has other names. */
const byLibrary: readonly (readonly [isOf: (library: string) => boolean, libc: string])[] = [
  [isGlibcItself, "gnu"],
  [isMuslLibrary, "musl"],
  [(library) => /^(ld(64)?-uClibc\.so\..*|libuClibc.*\.so.*)$/.test(library), "uclibc"],
];

export interface CLibrary {
  /** "gnu", "musl", "bionic", "uclibc", or "freebsd". */
  readonly name: string;
  /** "linux", "android", "freebsd", if the library has that name, or is itself, on no other system. */
  readonly os: string | undefined;
}

/**
 * The C library that an ELF file is linked to: by the loader it asks for, the libraries it links, and the symbol versions it needs.
 * @throws FormatError
 */
export function cLibraryOf(file: ElfFile): Fact<CLibrary> {
  const { interpreter } = file;
  const asked = byInterpreter.find(([pattern]) => interpreter !== undefined && pattern.test(interpreter));
  if (asked !== undefined) {
    const os = asked[1] === "bionic" ? "android" : undefined;
    return library(asked[1], os, `PT_INTERP ${interpreter ?? ""}`);
  }
  const needed = file.neededLibraries;
  const bsd =
    file.osAbi === ELFOSABI_FREEBSD ? needed.find((name) => /^libc\.so\.\d+$/.test(name)) : undefined;
  if (bsd !== undefined) return library("freebsd", "freebsd", `DT_NEEDED ${bsd}`);
  for (const [isOf, libc] of byLibrary) {
    const found = needed.find(isOf);
    if (found !== undefined) return library(libc, "linux", `DT_NEEDED ${found}`);
  }
  if (needed.includes("libc.so")) return plainName(file);
  const versioned = file.versionNeeds.find(({ versions }) =>
    versions.some(({ name }) => name.startsWith("GLIBC_")),
  );
  if (versioned !== undefined) return library("gnu", undefined, `version needs of ${versioned.file}`);
  return unknown("it links no C library");
}

/** `libc.so` is musl's name and bionic's. Of the two bionic alone has symbol versions: "LIBC", "LIBC_N", … */
function plainName(file: ElfFile): Fact<CLibrary> {
  const versioned = file.versionNeeds.some(
    ({ file: library, versions }) =>
      library === "libc.so" && versions.some(({ name }) => /^LIBC(_|$)/.test(name)),
  );
  if (versioned) return library("bionic", "android", "DT_NEEDED libc.so and its symbol versions");
  const note = systemNote(file);
  return note?.os === "android"
    ? library("bionic", "android", `DT_NEEDED libc.so and ${note.from}`)
    : library("musl", undefined, "DT_NEEDED libc.so, without symbol versions");
}

function library(name: string, os: string | undefined, from: string): Fact<CLibrary> {
  return known({ name, os }, from);
}

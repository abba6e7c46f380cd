import type { AnyObject } from "../../object/any-object.ts";
import type { ElfFile } from "../../object/elf/file.ts";
import type { MachoFile } from "../../object/macho/file.ts";
import { cLibraryOf, type CLibrary } from "./c-library.ts";
import { known, unknown, type Fact } from "../fact.ts";
import { guarded } from "../guarded.ts";
import { systemNote } from "./system-note.ts";

/** What the binary is really made for, by what the linker wrote into it. All of it must match. */
export interface RealTarget {
  /** As LLVM spells it; if an architecture has two byte orders, the name tells which. */
  readonly arch: Fact<string>;
  /** As triples spell it: "linux", "darwin", "android". */
  readonly os: Fact<string>;
  /** "gnu", "musl", "bionic", "libSystem", … */
  readonly libc: Fact<string>;
}

/** e_ident[EI_OSABI] (elf.h, ELFOSABI_*). 0 says nothing: Linux, FreeBSD and others use it. */
const osByAbi: Readonly<Record<number, string>> = {
  2: "netbsd",
  3: "linux",
  6: "solaris",
  9: "freebsd",
  12: "openbsd",
};

/** Names of LC_BUILD_VERSION platforms (mach-o/loader.h, PLATFORM_*) as triples spell them. */
const osByPlatform: Readonly<Record<number, string>> = {
  1: "darwin",
  2: "ios",
  3: "tvos",
  4: "watchos",
  6: "ios",
  7: "ios",
  8: "tvos",
  9: "watchos",
  11: "visionos",
  12: "visionos",
};

export function readRealTarget(object: AnyObject): RealTarget {
  switch (object.format) {
    case "elf":
      return realTargetOfElf(object);
    case "macho":
      return realTargetOfMacho(object);
  }
}

function realTargetOfElf(file: ElfFile): RealTarget {
  const libc = guarded(() => cLibraryOf(file));
  return {
    arch: known(file.arch, "e_machine"),
    os: guarded(() => osOfElf(file, libc)),
    libc: libc.known ? known(libc.value.name, libc.from) : libc,
  };
}

function realTargetOfMacho(file: MachoFile): RealTarget {
  const arch = known(file.arch, "cputype");
  const { buildVersion } = file;
  if (buildVersion === undefined) {
    const why = unknown("no LC_BUILD_VERSION or LC_VERSION_MIN command");
    return { arch, os: why, libc: why };
  }
  const { platform, command } = buildVersion;
  const os = osByPlatform[platform];
  if (os === undefined) {
    return { arch, os: unknown(`platform ${platform} is not known`), libc: unknown("the OS is not known") };
  }
  return { arch, os: known(os, command), libc: known("libSystem", command) };
}

/** Android has EI_OSABI 0 or 3 like other Linux systems, so its C library speaks first. */
function osOfElf(file: ElfFile, libc: Fact<CLibrary>): Fact<string> {
  if (libc.known && libc.value.os !== undefined) return known(libc.value.os, libc.from);
  const note = systemNote(file);
  if (note !== undefined) return known(note.os, note.from);
  const byAbi = osByAbi[file.osAbi];
  if (byAbi !== undefined) return known(byAbi, "e_ident[EI_OSABI]");
  // GNU's runs on Linux under the names that are known here, on Hurd under others; the others on Linux alone.
  if (libc.known) return known("linux", libc.from);
  return unknown(`e_ident[EI_OSABI] is ${file.osAbi}, no ELF note identifies it, and ${libc.why}`);
}

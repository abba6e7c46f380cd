import { NT_GNU_BUILD_ID } from "../../object/elf/constants.ts";
import type { AnyObject } from "../../object/any-object.ts";
import type { ElfFile } from "../../object/elf/file.ts";
import type { MachoFile } from "../../object/macho/file.ts";
import { hasSectionHeaders } from "../../object/object-file.ts";
import { known, unknown, type Fact } from "../fact.ts";
import { guarded } from "../guarded.ts";
import { versionFloors, type VersionFloor } from "./version-floor.ts";

/** How a file was linked, and to what. */
export interface Linking {
  /** What others that link it are told to look for: DT_SONAME, LC_ID_DYLIB. */
  readonly name: Fact<string>;
  /** In load order. */
  readonly libraries: Fact<readonly string[]>;
  readonly versions: Fact<readonly VersionFloor[]>;
  /** In the order they are searched: DT_RUNPATH, else DT_RPATH, parted at the colons; LC_RPATH. */
  readonly searchPaths: Fact<readonly string[]>;
  /** Lower-case hex: NT_GNU_BUILD_ID, mostly 40 digits, or LC_UUID, 32 digits. */
  readonly buildId: Fact<string>;
  /** Whether the symbols that only debuggers need are gone: there is no .symtab, no local symbol in LC_SYMTAB. */
  readonly stripped: Fact<boolean>;
}

/** No build id is longer, in bytes; SHA-1 takes 20. */
const buildIdLimit = 64;

/** A part that is broken is unknown, the others are read all the same. */
export function readLinking(object: AnyObject): Linking {
  switch (object.format) {
    case "elf":
      return linkingOfElf(object);
    case "macho":
      return linkingOfMacho(object);
  }
}

function linkingOfElf(file: ElfFile): Linking {
  return {
    name: guarded(() => given(file.soname, "DT_SONAME", "it has no DT_SONAME")),
    libraries: guarded(() => known(file.neededLibraries, "DT_NEEDED")),
    versions: guarded(() => known(versionFloors(file), "version needs")),
    searchPaths: guarded(() => searchPathsOfElf(file)),
    buildId: guarded(() => buildIdOfElf(file)),
    stripped: guarded(() => strippedElf(file)),
  };
}

function linkingOfMacho(file: MachoFile): Linking {
  return {
    name: given(file.installName, "LC_ID_DYLIB", "it has no LC_ID_DYLIB"),
    libraries: known(file.neededLibraries, "LC_LOAD_DYLIB"),
    versions: unknown("Mach-O has no symbol versions"),
    searchPaths: known(file.rpaths, "LC_RPATH"),
    buildId: given(file.uuid?.replaceAll("-", "").toLowerCase(), "LC_UUID", "it has no LC_UUID"),
    stripped: guarded(() =>
      known(!file.staticSymbols.some(({ binding }) => binding === "local"), "local symbols of LC_SYMTAB"),
    ),
  };
}

function searchPathsOfElf({ runpath, rpath }: ElfFile): Fact<readonly string[]> {
  const parts = (text: string): readonly string[] => text.split(":").filter((part) => part !== "");
  if (runpath !== undefined) return known(parts(runpath), "DT_RUNPATH");
  return rpath === undefined ? known([], "no DT_RUNPATH and no DT_RPATH") : known(parts(rpath), "DT_RPATH");
}

function buildIdOfElf(file: ElfFile): Fact<string> {
  const note = file.notes.find(({ name, type }) => name === "GNU" && type === NT_GNU_BUILD_ID);
  return note === undefined || note.size === 0
    ? unknown("it has no note NT_GNU_BUILD_ID")
    : known(file.readNote(note, buildIdLimit).toString("hex"), "note NT_GNU_BUILD_ID");
}

/** Section headers alone lead to .symtab: a file without them has lost it. */
function strippedElf(file: ElfFile): Fact<boolean> {
  if (!hasSectionHeaders(file)) return known(true, "no section headers");
  const whole = file.sections.some(({ name }) => name === ".symtab");
  return known(!whole, whole ? "section .symtab" : "no section .symtab");
}

function given(text: string | undefined, from: string, why: string): Fact<string> {
  return text === undefined ? unknown(why) : known(text, from);
}

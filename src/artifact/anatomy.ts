import type { CarrierNames } from "../manifest/carrier-names.ts";
import { ElfFile } from "../object/elf/file.ts";
import { FormatError } from "../object/format-error.ts";
import { Image, type ByteSource } from "../object/image.ts";
import type { MachoFile } from "../object/macho/file.ts";
import type { ObjectSymbol, Section } from "../object/object-file.ts";
import { openObject } from "../object/open.ts";
import { artifactOf, type Artifact } from "./artifact.ts";
import { unreadable, type Unreadable } from "./unreadable.ts";

/** What one slice is made of, beyond what comparing it needs. */
export interface Anatomy {
  readonly arch: string;
  /** What could not be read of it, a sentence each; the part is then empty. */
  readonly problems: readonly string[];
  readonly neededLibraries: readonly string[];
  /** Symbols defined for others. */
  readonly exportedSymbols: readonly ObjectSymbol[];
  readonly sections: readonly Section[];
  /** ELF build id or Mach-O UUID, lower-case hex. */
  readonly buildId: string | null;
  /** Whether the static symbols are gone; null where the file does not tell. */
  readonly stripped: boolean | null;
}

/** NT_GNU_BUILD_ID (elf.h). */
const buildIdNote = { name: "GNU", type: 3 } as const;

/** No build id is longer; SHA-1 takes 20 bytes. */
const buildIdLimit = 64;

/** A plugin and what it is made of; no anatomy where it cannot be read. */
export interface Dissected {
  readonly file: Artifact | Unreadable;
  /** One a slice. */
  readonly anatomy: readonly Anatomy[];
}

/** Reads a plugin and takes it apart in one go. */
export function readAnatomy(path: string, names: CarrierNames): Dissected {
  let image: Image | undefined;
  try {
    image = Image.open(path);
    return anatomyOf(path, image, names);
  } catch (error) {
    return { file: unreadable(path, image?.size ?? null, error), anatomy: [] };
  } finally {
    image?.close();
  }
}

/** The same for a file that is open already. @throws FormatError */
export function anatomyOf(path: string, source: ByteSource, names: CarrierNames): Dissected {
  const file = artifactOf(path, source, names, "plugin");
  return { file, anatomy: openObject(source).slices.map(({ object }) => dissect(object)) };
}

function dissect(object: ElfFile | MachoFile): Anatomy {
  const problems: string[] = [];
  const part = <T>(name: string, fallback: T, read: () => T): T => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      problems.push(`${name} cannot be read: ${error.message}`);
      return fallback;
    }
  };
  const isElf = object instanceof ElfFile;
  return {
    arch: object.arch,
    neededLibraries: part("linked libraries", [], () => object.neededLibraries),
    exportedSymbols: part("exported symbols", [], () =>
      object.dynamicSymbols.filter(({ defined, binding }) => defined && binding !== "local"),
    ),
    sections: part("sections", [], () => object.sections),
    buildId: part("build id", null, () =>
      isElf ? elfBuildId(object) : (object.uuid?.replaceAll("-", "").toLowerCase() ?? null),
    ),
    stripped: part("static symbols", null, () => (isElf ? elfStripped(object) : machoStripped(object))),
    problems,
  };
}

function elfBuildId(file: ElfFile): string | null {
  const note = file.notes.find(({ name, type }) => name === buildIdNote.name && type === buildIdNote.type);
  return note === undefined ? null : file.readNote(note, buildIdLimit).toString("hex");
}

function elfStripped({ sections }: ElfFile): boolean | null {
  return sections.length === 0 ? null : !sections.some(({ name }) => name === ".symtab");
}

function machoStripped({ staticSymbols }: MachoFile): boolean {
  return !staticSymbols.some(({ binding }) => binding === "local");
}

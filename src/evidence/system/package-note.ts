import type { AnyObject } from "../../object/any-object.ts";
import { NT_FDO_PACKAGING_METADATA } from "../../object/elf/constants.ts";
import type { ElfFile } from "../../object/elf/file.ts";
import { known, unknown, type Fact } from "../fact.ts";
import { guarded } from "../guarded.ts";

/** What a distribution's packager wrote down (UAPI Group, "Package Metadata for Executable Files"): of what package the file is. */
export interface PackageNote {
  /** "deb", "rpm", … */
  readonly type: string | undefined;
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly architecture: string | undefined;
  /** All its fields that are texts, as they stand there. */
  readonly fields: ReadonlyMap<string, string>;
}

/** In bytes; known ones have some 200. */
const limit = 64 * 1024;

/** One is enough; a linker keeps those of a few objects. Segments may overlap, so that a file can have the same one often. */
const mostNotes = 16;

/** The note `.note.package`, found as the notes of the loaded segments are: it survives every way of stripping. */
export function readPackageNote(object: AnyObject): Fact<PackageNote> {
  switch (object.format) {
    case "elf":
      return packageNoteOfElf(object);
    case "macho":
      return unknown("Mach-O files have no package note");
  }
}

function packageNoteOfElf(object: ElfFile): Fact<PackageNote> {
  return guarded(() => {
    const notes = object.notes.filter(
      ({ name, type }) => name === "FDO" && type === NT_FDO_PACKAGING_METADATA,
    );
    if (notes.length > mostNotes) return unknown(`it has ${notes.length} package notes`);
    const contents = notes.map((note) => textOf(object.readNote(note, limit)));
    const [text, ...others] = new Set(contents);
    if (text === undefined) return unknown("it has no package note");
    if (others.length > 0) return unknown(`it has ${others.length + 1} package notes that differ`);
    return noteOf(text);
  });
}

function noteOf(text: string): Fact<PackageNote> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return unknown("its package note is not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return unknown("its package note is not a JSON object");
  }
  const fields = new Map(
    Object.entries(value).filter((field): field is [string, string] => typeof field[1] === "string"),
  );
  return known(
    {
      type: fields.get("type"),
      name: fields.get("name"),
      version: fields.get("version"),
      architecture: fields.get("architecture"),
      fields,
    },
    ".note.package",
  );
}

/** The text ends in a NUL, which is part of the content. */
function textOf(content: Buffer): string {
  const end = content.indexOf(0);
  return content.toString("utf8", 0, end === -1 ? content.length : end);
}

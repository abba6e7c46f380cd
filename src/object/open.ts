import type { AnyObject } from "./any-object.ts";
import type { ObjectFormat } from "./object-file.ts";
import { isElf, openElf } from "./elf/file.ts";
import { FormatError } from "./format-error.ts";
import { Slice, type ByteSource } from "./image.ts";
import { describeContent } from "./content-kind.ts";
import { isMacho, openMacho, type MachoFile } from "./macho/file.ts";
import { isUniversal, readUniversal } from "./macho/universal.ts";

/** One object in a file: the file itself, or one slice of a universal one. */
export interface OpenedSlice {
  /** Offset of the slice in the file, in bytes; 0 for a thin file. */
  readonly offset: number;
  readonly object: AnyObject;
}

export interface OpenedFile {
  readonly format: ObjectFormat;
  readonly universal: boolean;
  /** In file order, one at least. */
  readonly slices: readonly OpenedSlice[];
}

/** The longest magic plus the count that tells a universal file from a Java class. */
const magicLength = 8;

/**
 * Opens an ELF, Mach-O or universal Mach-O file, known by its content.
 * @throws FormatError if it is none of these or its headers are broken; for a slice the message names it.
 */
export function openObject(source: ByteSource): OpenedFile {
  const magic = magicOf(source);
  if (isElf(magic))
    return { format: "elf", universal: false, slices: [{ offset: 0, object: openElf(source) }] };
  if (isMacho(magic))
    return { format: "macho", universal: false, slices: [{ offset: 0, object: openMacho(source) }] };
  if (!isUniversal(magic)) {
    throw new FormatError({ what: `not ELF or Mach-O (${describeContent(source)})`, offset: 0 });
  }
  const { slices } = readUniversal(source);
  return {
    format: "macho",
    universal: true,
    slices: slices.map(({ arch, offset, size }) => ({
      offset,
      object: openSlice(source, arch, offset, size),
    })),
  };
}

/** Whether it begins like a file that `openObject` would open. */
export function looksLikeObject(source: ByteSource): boolean {
  const magic = magicOf(source);
  return isElf(magic) || isMacho(magic) || isUniversal(magic);
}

function magicOf(source: ByteSource): Buffer {
  return source.read(0, Math.min(magicLength, source.size), "magic number");
}

function openSlice(source: ByteSource, arch: string, start: number, size: number): MachoFile {
  try {
    return openMacho(new Slice(source, start, size));
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const { what, offset, found, expected } = error;
    throw new FormatError({ what: `slice ${arch}: ${what}`, offset, found, expected });
  }
}

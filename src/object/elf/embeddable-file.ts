import type { EditPart } from "../edit.ts";
import type { ByteSource } from "../image.ts";
import { SHT_NOBITS, SHT_NULL } from "./constants.ts";
import type { ElfHeader } from "./header.ts";
import { FILE_HEADER, PROGRAM_HEADER, SECTION_HEADER } from "./layout.ts";
import { ElfParts } from "./parts.ts";
import type { ElfSection } from "./section.ts";

/** Bytes of a file, from `start` up to `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A part of the old file that gets other bytes of the same length. */
export interface Patch {
  readonly start: number;
  readonly bytes: Buffer;
}

/** The file as it is, with what decides where bytes may go. */
export class EmbeddableFile {
  readonly header: ElfHeader;
  /** With the null entry; places are section indices. */
  readonly sections: readonly ElfSection[];

  readonly #parts: ElfParts;

  /** @throws FormatError when its headers, or the names of its sections, cannot be read. */
  constructor(readonly source: ByteSource) {
    this.#parts = new ElfParts(source, undefined);
    this.header = this.#parts.header;
    this.sections = this.header.sections.count === 0 ? [] : this.#parts.sectionTable.all;
  }

  /** The sections with one of these names, in file order. */
  named(names: readonly string[]): readonly ElfSection[] {
    return this.sections.filter(({ name, type }) => type !== SHT_NULL && names.includes(name));
  }

  /** The section header table as it is in the file; empty if there is none. */
  sectionHeaders(): Buffer {
    const { sections, encoding } = this.header;
    return this.source.read(
      sections.offset,
      sections.count * SECTION_HEADER[encoding.bits].size,
      "section header table",
    );
  }

  /** What a loader reads: the ELF header, the program headers, and what they describe. */
  loaded(): readonly Range[] {
    const { encoding, programs } = this.header;
    const size = PROGRAM_HEADER[encoding.bits].size;
    return [
      { start: 0, end: FILE_HEADER[encoding.bits].size },
      { start: programs.offset, end: programs.offset + programs.count * size },
      ...this.#parts.programs.all
        .filter(({ fileSize }) => fileSize > 0n)
        .map(({ offset, fileSize }) => ({ start: Number(offset), end: Number(offset + fileSize) })),
    ];
  }

  /** Whether the bytes of an allocated section are where its address says, in a segment. */
  isInSegment({ address, offset, size }: ElfSection): boolean {
    return this.#parts.programs.loads.some(
      (load) =>
        address >= load.address &&
        address + size <= load.address + load.fileSize &&
        address - load.address + load.offset === offset,
    );
  }

  /** What may not be written to: the headers, and every section but these. */
  othersThan(section: ElfSection): readonly Range[] {
    const { encoding, programs, sections } = this.header;
    return [
      { start: 0, end: FILE_HEADER[encoding.bits].size },
      { start: programs.offset, end: programs.offset + programs.count * PROGRAM_HEADER[encoding.bits].size },
      { start: sections.offset, end: sections.offset + sections.count * SECTION_HEADER[encoding.bits].size },
      ...this.sections.filter((each) => each !== section && hasBytes(each)).map(rangeOf),
    ];
  }
}

export function hasBytes({ type, size }: ElfSection): boolean {
  return type !== SHT_NOBITS && type !== SHT_NULL && size > 0n;
}

export function rangeOf({ offset, size }: ElfSection): Range {
  return { start: Number(offset), end: Number(offset + size) };
}

export function overlaps(one: Range, others: readonly Range[]): boolean {
  return others.some(({ start, end }) => one.start < end && start < one.end);
}

/** The old file up to `end`, with patches that do not overlap. */
export function patched(patches: readonly Patch[], end: number): readonly EditPart[] {
  const parts: EditPart[] = [];
  let at = 0;
  for (const { start, bytes } of [...patches].sort((one, other) => one.start - other.start)) {
    if (start > at) parts.push({ kind: "kept", start: at, end: start });
    parts.push({ kind: "new", bytes });
    at = start + bytes.length;
  }
  if (end > at) parts.push({ kind: "kept", start: at, end });
  return parts;
}

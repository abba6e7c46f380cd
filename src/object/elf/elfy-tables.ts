import elfy from "elfy";
import type { ElfyFile } from "elfy";
import { SHT_STRTAB } from "./constants.ts";
import type { ElfHeader } from "./header.ts";
import { FILE_HEADER, PROGRAM_HEADER, SECTION_HEADER } from "./layout.ts";

/**
 * elfy decodes the header tables, and this is the only module that knows it. elfy 1.0.0 wants the whole file in memory
 * and trusts it, so it is given an image made here instead, which cannot lie:
 *
 *     ELF header, rewritten | program headers | section headers | one section header more | section names
 *
 * The tables were checked against the file before. The section header at the end is a string table over the names, so
 * that there always is one: elfy fails on a file without sections, and on any string table index but a plain one. The
 * names are packed by the caller, which bounds them: elfy would copy a 4 MB name for each of 60,000 sections.
 *
 * Of its answer these fields are taken: name, address, offset, size, link and info. Not taken are
 * - alignment and entry size of sections, read two bytes early in 64-bit files;
 * - flags, turned into keys of an object that lack bits 32 to 63;
 * - types and the machine, turned into names, `undefined` for every number it does not know;
 * - the OS ABI, read from the wrong byte;
 * - 64-bit fields of 2^53 and more, which it rounds: `exact` sends these to our own reading;
 * - `data`, which here is no section's.
 */

/**
 * Longer tables are read without elfy, which makes two buffers, an object of flags and a string of every entry. Measured on
 * Node 20 against our own reading alone: for 40 sections 2 ms more in a new process and 0.03 ms in a warm one; for 60,000
 * a third more time (370 against 280 ms) and 40 MB more memory. A linked plugin has about 40.
 */
const MOST_ENTRIES = 4096;

const EMPTY = Buffer.alloc(0);
const NOTHING: ElfyFile["body"] = { programs: [], sections: [] };

/** Section names, cut out of their table. */
export interface PackedNames {
  /** NUL-terminated names, each once; the first is empty. */
  readonly packed: Buffer;
  /** For every section, where its name begins in `packed`. */
  readonly starts: readonly number[];
}

/** Header tables as they stand in the file. */
export interface RawTables {
  readonly programs?: Buffer;
  readonly sections?: Buffer;
  readonly names?: PackedNames;
}

/** elfy's reading of the tables, entry for entry; empty where a table is too long for it. */
export function decodeTables(header: ElfHeader, raw: RawTables): ElfyFile["body"] {
  const { encoding } = header;
  const layout = FILE_HEADER[encoding.bits];
  const sectionLayout = SECTION_HEADER[encoding.bits];
  const {
    programs = EMPTY,
    sections: asWritten = EMPTY,
    names = { packed: Buffer.alloc(1), starts: [] },
  } = raw;
  const programCount = programs.length / PROGRAM_HEADER[encoding.bits].size;
  const sectionCount = asWritten.length / sectionLayout.size;
  if (programCount > MOST_ENTRIES || sectionCount > MOST_ENTRIES) return NOTHING;

  const put = new Writer(encoding.bits, encoding.endian);
  const sections = Buffer.from(asWritten);
  names.starts.forEach((start, index) => {
    put.u32(sections, index * sectionLayout.size + sectionLayout.name, start);
  });
  const sectionsAt = layout.size + programs.length;
  const namesAt = sectionsAt + sections.length + sectionLayout.size;
  const ehdr = Buffer.from(header.bytes);
  put.word(ehdr, layout.phoff, layout.size);
  put.u16(ehdr, layout.phnum, programCount);
  put.u16(ehdr, layout.phentsize, PROGRAM_HEADER[encoding.bits].size);
  put.word(ehdr, layout.shoff, sectionsAt);
  put.u16(ehdr, layout.shnum, sectionCount + 1);
  put.u16(ehdr, layout.shentsize, sectionLayout.size);
  put.u16(ehdr, layout.shstrndx, sectionCount);
  const strtab = Buffer.alloc(sectionLayout.size);
  put.u32(strtab, sectionLayout.type, SHT_STRTAB);
  put.word(strtab, sectionLayout.offset, namesAt);
  put.word(strtab, sectionLayout.length, names.packed.length);

  const { body } = elfy.parse(Buffer.concat([ehdr, programs, sections, strtab, names.packed]));
  return { programs: body.programs, sections: body.sections.slice(0, sectionCount) };
}

/** elfy's number where it is one it cannot have rounded, else our own reading. */
export function exact(byElfy: number | undefined, own: () => bigint): bigint {
  return byElfy !== undefined && Number.isSafeInteger(byElfy) ? BigInt(byElfy) : own();
}

class Writer {
  constructor(
    private readonly bits: 32 | 64,
    private readonly endian: "little" | "big",
  ) {}

  u16(bytes: Buffer, at: number, value: number): void {
    if (this.endian === "little") bytes.writeUInt16LE(value, at);
    else bytes.writeUInt16BE(value, at);
  }

  u32(bytes: Buffer, at: number, value: number): void {
    if (this.endian === "little") bytes.writeUInt32LE(value, at);
    else bytes.writeUInt32BE(value, at);
  }

  word(bytes: Buffer, at: number, value: number): void {
    if (this.bits === 32) this.u32(bytes, at, value);
    else if (this.endian === "little") bytes.writeBigUInt64LE(BigInt(value), at);
    else bytes.writeBigUInt64BE(BigInt(value), at);
  }
}

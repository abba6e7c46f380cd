import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";
import {
  EI_ABIVERSION,
  EI_CLASS,
  EI_DATA,
  EI_OSABI,
  ELFCLASS32,
  ELFCLASS64,
  ELFDATA2LSB,
  ELFDATA2MSB,
  ELFMAG,
  PN_XNUM,
  SHN_XINDEX,
} from "./constants.ts";
import { Encoding } from "./encoding.ts";
import { FILE_HEADER, PROGRAM_HEADER, SECTION_HEADER } from "./layout.ts";

/**
 * More headers than this are refused: each becomes an object many times its size on disk, and no plugin or host comes
 * near. (A linked file has some 40 sections and 15 segments.)
 */
const MOST_HEADERS = 2 ** 18;

/** A header table that is known to lie inside the file. */
export interface HeaderTable {
  readonly offset: number;
  readonly count: number;
}

/** The ELF header, with extended numbering resolved and both tables checked against the file. */
export interface ElfHeader {
  readonly encoding: Encoding;
  /** e_ident[EI_OSABI]. */
  readonly osAbi: number;
  /** e_ident[EI_ABIVERSION]. */
  readonly abiVersion: number;
  /** e_type. */
  readonly type: number;
  /** e_machine. */
  readonly machine: number;
  /** e_entry: a virtual address, 0 if there is none. */
  readonly entry: bigint;
  /** e_flags: the machine's own bits (float ABI, ISA). */
  readonly machineFlags: number;
  readonly programs: HeaderTable;
  readonly sections: HeaderTable;
  /** Index of the section that holds the section names; 0 if there is none. */
  readonly namesIndex: number;
  /** The header as it is in the file. */
  readonly bytes: Buffer;
}

/** Whether the first bytes of a file are those of an ELF file (gABI 4, "ELF Identification": EI_MAG0 to EI_MAG3). */
export function isElf(magic: Buffer): boolean {
  return magic.length >= 4 && magic.readUInt32BE(0) === ELFMAG;
}

/** @throws FormatError when the file is not an ELF file, or when a header table is not all inside it. */
export function readHeader(source: ByteSource): ElfHeader {
  const ident = source.read(0, Math.min(16, source.size), "ELF identification");
  if (!isElf(ident)) {
    throw new FormatError({
      what: "no ELF file",
      offset: source.origin,
      found: ident.subarray(0, 4).toString("hex"),
      expected: "7f454c46",
    });
  }
  const encoding = encodingOf(source, ident);
  const layout = FILE_HEADER[encoding.bits];
  const bytes = source.read(0, layout.size, "ELF header");
  const shoff = encoding.word(bytes, layout.shoff);
  const entrySize = {
    program: encoding.u16(bytes, layout.phentsize),
    section: encoding.u16(bytes, layout.shentsize),
  };
  const phnum = encoding.u16(bytes, layout.phnum);
  const shnum = encoding.u16(bytes, layout.shnum);
  const shstrndx = encoding.u16(bytes, layout.shstrndx);

  // gABI 4: a count of 0xffff (segments) or 0 (sections), or an index of SHN_XINDEX, sends to section header 0.
  const extended = phnum === PN_XNUM || shnum === 0 || shstrndx === SHN_XINDEX;
  const first =
    extended && shoff !== 0n ? firstSection(source, encoding, shoff, entrySize.section) : undefined;
  const programCount = phnum === PN_XNUM ? extendedProgramCount(source, first) : phnum;
  const sectionCount = shnum === 0 ? (first?.size ?? 0n) : BigInt(shnum);
  const namesIndex = shstrndx === SHN_XINDEX ? (first?.link ?? 0) : shstrndx;
  const programs = {
    what: "program header table",
    offset: encoding.word(bytes, layout.phoff),
    count: BigInt(programCount),
    entrySize: entrySize.program,
    expected: PROGRAM_HEADER[encoding.bits].size,
    fieldAt: layout.phentsize,
  };
  const sections = {
    what: "section header table",
    offset: shoff,
    count: shoff === 0n ? 0n : sectionCount,
    entrySize: entrySize.section,
    expected: SECTION_HEADER[encoding.bits].size,
    fieldAt: layout.shentsize,
  };
  return {
    encoding,
    osAbi: bytes.readUInt8(EI_OSABI),
    abiVersion: bytes.readUInt8(EI_ABIVERSION),
    type: encoding.u16(bytes, 16),
    machine: encoding.u16(bytes, 18),
    entry: encoding.word(bytes, layout.entry),
    machineFlags: encoding.u32(bytes, layout.flags),
    programs: checkTable(source, programs),
    sections: checkTable(source, sections),
    namesIndex,
    bytes,
  };
}

function encodingOf(source: ByteSource, start: Buffer): Encoding {
  const ident = start.length === 16 ? start : source.read(0, 16, "ELF identification");
  const [elfClass, data] = [ident.readUInt8(EI_CLASS), ident.readUInt8(EI_DATA)];
  if (elfClass !== ELFCLASS32 && elfClass !== ELFCLASS64) {
    throw new FormatError({
      what: "unknown ELF class",
      offset: source.origin + EI_CLASS,
      found: elfClass,
      expected: "1 (32-bit) or 2 (64-bit)",
    });
  }
  if (data !== ELFDATA2LSB && data !== ELFDATA2MSB) {
    throw new FormatError({
      what: "unknown ELF byte order",
      offset: source.origin + EI_DATA,
      found: data,
      expected: "1 (little endian) or 2 (big endian)",
    });
  }
  return new Encoding(elfClass === ELFCLASS64 ? 64 : 32, data === ELFDATA2LSB ? "little" : "big");
}

interface FirstSection {
  readonly size: bigint;
  readonly link: number;
  readonly info: number;
}

/** Section header 0, whose otherwise unused fields carry the numbers that do not fit the ELF header. */
function firstSection(
  source: ByteSource,
  encoding: Encoding,
  shoff: bigint,
  entrySize: number,
): FirstSection | undefined {
  const layout = SECTION_HEADER[encoding.bits];
  if (entrySize !== layout.size) return undefined;
  const bytes = source.read(shoff, layout.size, "section header table");
  return {
    size: encoding.word(bytes, layout.length),
    link: encoding.u32(bytes, layout.link),
    info: encoding.u32(bytes, layout.info),
  };
}

function extendedProgramCount(source: ByteSource, first: FirstSection | undefined): number {
  if (first !== undefined && first.info !== 0) return first.info;
  throw new FormatError({
    what: "program header count is in section header 0, which does not hold it",
    offset: source.origin,
    found: first?.info,
    expected: "a count in its sh_info",
  });
}

interface TableClaim {
  readonly what: string;
  readonly offset: bigint;
  readonly count: bigint;
  readonly entrySize: number;
  readonly expected: number;
  /** Offset of the entry size in the ELF header. */
  readonly fieldAt: number;
}

function checkTable(source: ByteSource, claim: TableClaim): HeaderTable {
  if (claim.count === 0n || claim.offset === 0n) return { offset: 0, count: 0 };
  if (claim.entrySize !== claim.expected) {
    throw new FormatError({
      what: `size of an entry of the ${claim.what} is wrong`,
      offset: source.origin + claim.fieldAt,
      found: claim.entrySize,
      expected: String(claim.expected),
    });
  }
  const end = claim.offset + claim.count * BigInt(claim.expected);
  if (end > BigInt(source.size)) {
    throw new FormatError({
      what: `${claim.what} is cut off`,
      offset: source.origin + (claim.offset <= BigInt(source.size) ? Number(claim.offset) : source.size),
      found: `${claim.count} entries that end at 0x${end.toString(16)}`,
      expected: `a place inside 0x${source.size.toString(16)} bytes`,
    });
  }
  if (claim.count > BigInt(MOST_HEADERS)) {
    throw new FormatError({
      what: `${claim.what} is too long for this reader`,
      offset: source.origin + Number(claim.offset),
      found: claim.count,
      expected: `at most ${MOST_HEADERS} entries`,
    });
  }
  return { offset: Number(claim.offset), count: Number(claim.count) };
}

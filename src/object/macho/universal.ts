import { cpuTypes, FAT_MAGIC, FAT_MAGIC_64 } from "./constants.ts";
import type { ByteSource } from "../image.ts";
import { archName, plainSubtype } from "./architecture.ts";
import { isMacho } from "./header.ts";
import { Region } from "./region.ts";

/*
 * struct fat_header {             mach-o/fat.h; big-endian whatever the slices are
 *   0  u32 magic;                 0xcafebabe, 0xcafebabf with 64-bit entries
 *   4  u32 nfat_arch;
 * };
 * struct fat_arch {               struct fat_arch_64 {
 *   0  i32 cputype;                 0  i32 cputype;
 *   4  i32 cpusubtype;              4  i32 cpusubtype;
 *   8  u32 offset;                  8  u64 offset;
 *  12  u32 size;                   16  u64 size;
 *  16  u32 align;  as 2^align      24  u32 align, reserved;
 * };                              };
 */
export const universalHeaderSize = 8;

/** dyld takes no more (mach_o/Universal.h, kMaxSliceCount). */
const mostSlices = 16;

/** The highest power of two that lipo and LLVM's MachOUniversalBinary accept as an alignment. */
const mostAlign = 15;

/**
 * A Java class file starts with the same four bytes, then minor_version and major_version (JVM specification, 4.1).
 * As one number these are at least 45, the major version of Java 1.0.
 */
const oldestJava = 45;

/** One entry of a universal file's table. */
export interface UniversalSlice {
  readonly cputype: number;
  /** With its capability bits. */
  readonly cpusubtype: number;
  /** As LLVM spells it in triples. */
  readonly arch: string;
  /** In the file, in bytes; a multiple of 2^align. */
  readonly offset: number;
  readonly size: number;
  /** A power of two. */
  readonly align: number;
}

export interface UniversalTable {
  readonly bits: 32 | 64;
  /** In table order, one at least; they do not overlap. */
  readonly slices: readonly UniversalSlice[];
}

/**
 * Whether a file starts as a universal Mach-O file does, and not as a Java class.
 * @param start its first bytes, eight or more if it has them.
 */
export function isUniversal(start: Buffer): boolean {
  if (start.length < universalHeaderSize) return false;
  const magic = start.readUInt32BE(0);
  return magic === FAT_MAGIC_64 || (magic === FAT_MAGIC && start.readUInt32BE(4) < oldestJava);
}

/**
 * The table of a universal file. What a slice holds is looked at only as far as its CPU type.
 * @throws FormatError for a table that is cut off, lists no slice or too many, two of one architecture, or one that
 * is misaligned, overlaps another, leaves the file, or holds an image for another CPU type.
 */
export function readUniversal(source: ByteSource): UniversalTable {
  const header = Region.read(source, 0, universalHeaderSize, "universal header", "big");
  if (!isUniversal(header.bytes)) {
    throw header.problem("not a universal Mach-O file", 0, `0x${header.u32(0).toString(16)}`);
  }
  const bits = header.u32(0) === FAT_MAGIC_64 ? 64 : 32;
  const count = header.u32(4);
  if (count === 0 || count > mostSlices) {
    throw header.problem("wrong number of slices", 4, count, `from 1 to ${mostSlices}`);
  }
  const size = universalEntrySize(bits);
  const entries = Region.read(source, universalHeaderSize, count * size, "universal table", "big");
  const slices = Array.from({ length: count }, (_, index) => readEntry(entries, index, bits, source));
  const hidden = hiddenSlice(source, bits, count);
  if (hidden !== undefined) slices.push(hidden);
  checkTogether(entries, slices, bits);
  for (const [index, slice] of slices.entries()) checkContent(source, entries, slice, index * size);
  return { bits, slices };
}

/** Bytes of an entry in the table. */
export function universalEntrySize(bits: 32 | 64): number {
  return bits === 64 ? 32 : 20;
}

function readEntry(table: Region, index: number, bits: 32 | 64, source: ByteSource): UniversalSlice {
  const at = index * universalEntrySize(bits);
  const cputype = table.u32(at);
  const cpusubtype = table.u32(at + 4);
  const offset = table.word(at + 8, bits);
  const size = table.word(at + 8 + bits / 8, bits);
  const alignAt = at + 8 + bits / 4;
  const align = table.u32(alignAt);
  const arch = archName(cputype, cpusubtype);
  if (offset + size > BigInt(source.size)) {
    const found = `0x${size.toString(16)} bytes at 0x${offset.toString(16)}`;
    throw table.problem(
      `slice ${arch} is outside the file`,
      at + 8,
      found,
      `inside 0x${source.size.toString(16)}`,
    );
  }
  if (align > mostAlign)
    throw table.problem(`slice ${arch} is aligned too far`, alignAt, align, `at most ${mostAlign}`);
  if (offset % (1n << BigInt(align)) !== 0n) {
    throw table.problem(`slice ${arch} is misaligned`, at + 8, offset, `a multiple of ${1 << align}`);
  }
  return { cputype, cpusubtype, arch, offset: Number(offset), size: Number(size), align };
}

/** lipo once hid an arm64 slice from old systems in an entry that nfat_arch does not count; dyld still looks for it. */
function hiddenSlice(source: ByteSource, bits: 32 | 64, count: number): UniversalSlice | undefined {
  const size = universalEntrySize(bits);
  const offset = universalHeaderSize + count * size;
  if (bits === 64 || offset + size > source.size) return undefined;
  const entry = Region.read(source, offset, size, "universal table", "big");
  const isArm64 = entry.u32(0) === cpuTypes.arm64 && entry.u32(4) === 0;
  return isArm64 ? readEntry(entry, 0, bits, source) : undefined;
}

function checkTogether(table: Region, slices: readonly UniversalSlice[], bits: 32 | 64): void {
  const placeOf = (slice: UniversalSlice) =>
    Math.min(slices.indexOf(slice) * universalEntrySize(bits), table.size);
  const architectures = new Set<string>();
  for (const slice of slices) {
    const { cputype, cpusubtype, arch } = slice;
    // On arm64 the capability bits are the version of an ABI of its own (dyld, mach_o/Architecture.cpp).
    const key = `${cputype}/${cputype === cpuTypes.arm64 ? cpusubtype : plainSubtype(cpusubtype)}`;
    if (architectures.has(key)) throw table.problem(`a second slice for ${arch}`, placeOf(slice), arch);
    architectures.add(key);
  }
  let end = universalHeaderSize + slices.length * universalEntrySize(bits);
  for (const slice of slices.toSorted((a, b) => a.offset - b.offset)) {
    if (slice.offset < end) {
      const expected = `at least 0x${end.toString(16)}`;
      const what = `slice ${slice.arch} overlaps what is before it`;
      throw table.problem(
        what,
        Math.min(placeOf(slice) + 8, table.size),
        `0x${slice.offset.toString(16)}`,
        expected,
      );
    }
    end = slice.offset + slice.size;
  }
}

/** A slice may be something else, such as a static library; an image must be for the CPU that the table says. */
function checkContent(source: ByteSource, table: Region, slice: UniversalSlice, at: number): void {
  const { offset, size, arch, cputype } = slice;
  const least = 28;
  if (size < least) {
    throw table.problem(
      `slice ${arch} is too short`,
      Math.min(at + 8, table.size),
      size,
      `at least ${least} bytes`,
    );
  }
  const start = source.read(offset, least, `slice ${arch}`);
  if (!isMacho(start)) return;
  const inside = readCpuType(start);
  if (inside === cputype) return;
  throw new Region(start, source.origin + offset, `slice ${arch}`, "big").problem(
    `slice ${arch} is for another CPU than the table says`,
    4,
    inside,
    String(cputype),
  );
}

function readCpuType(start: Buffer): number {
  const isBig = start.readUInt8(0) === 0xfe;
  return isBig ? start.readUInt32BE(4) : start.readUInt32LE(4);
}

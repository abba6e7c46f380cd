import { cpuTypes, FAT_MAGIC, FAT_MAGIC_64 } from "../../object/macho/constants.ts";
import type { ByteSource } from "../../object/image.ts";
import { Region } from "../../object/macho/region.ts";
import { pageSizeOf } from "../../object/macho/page-size.ts";
import {
  dyldArchName,
  sameArchitecture,
  usesPointerAuthentication,
  type Architecture,
} from "./architecture.ts";
import { filled } from "../message-form.ts";
import { DYLD } from "./messages.ts";
import { readRawImage } from "./raw-image.ts";

/** struct fat_header and fat_arch(_64) of mach-o/fat.h, big-endian. */
const headerSize = 8;

/** mach_o/Universal.h, kMaxSliceCount. */
const mostSlices = 16;

export interface FatSlice extends Architecture {
  readonly offset: bigint;
  readonly size: bigint;
}

/** The slices of a universal file, or what dyld says about its table. */
export type FatTable =
  { readonly slices: readonly FatSlice[]; readonly problem?: undefined } | { readonly problem: string };

/** Whether dyld treats a file as universal: only by its magic number, so Java classes too. */
export function looksUniversal(source: ByteSource): boolean {
  if (source.size < headerSize) return false;
  const magic = source.read(0, 4, "magic number").readUInt32BE();
  return magic === FAT_MAGIC || magic === FAT_MAGIC_64;
}

/** Reads the table with dyld's checks in dyld's order (mach_o/Universal.cpp, valid and validSlice). */
export function readFatTable(source: ByteSource): FatTable {
  const head = Region.read(source, 0, headerSize, "universal header", "big");
  const bits = head.u32(0) === FAT_MAGIC_64 ? 64 : 32;
  const entrySize = bits === 64 ? 32 : 20;
  if (source.size < headerSize + entrySize) return { problem: DYLD.fatTooShort.words };
  const count = head.u32(4);
  if (count > mostSlices) return { problem: filled(DYLD.tooManySlices, { count: count | 0 }) };
  const listed = bits === 64 ? count : count + 1;
  if (headerSize + listed * entrySize > source.size) {
    return { problem: DYLD.tableCut.words };
  }
  const table = Region.read(source, headerSize, listed * entrySize, "universal table", "big");
  const slices = slicesOf(table, count, bits);
  const problem = sliceProblem(source, slices) ?? overlapProblem(slices, headerSize + entrySize);
  return problem === undefined ? { slices } : { problem };
}

function slicesOf(table: Region, count: number, bits: 32 | 64): readonly FatSlice[] {
  const entry = (index: number): FatSlice => {
    const at = index * (bits === 64 ? 32 : 20);
    const arch = { cpuType: table.u32(at), cpuSubtype: table.u32(at + 4) };
    const isOldArm64e = bits === 32 && usesPointerAuthentication(arch) && arch.cpuSubtype === 2;
    return {
      cpuType: arch.cpuType,
      // Old tables lack the bits of arm64e's ABI.
      cpuSubtype: isOldArm64e ? 0x8000_0002 : arch.cpuSubtype,
      offset: table.word(at + 8, bits),
      size: table.word(at + 8 + bits / 8, bits),
    };
  };
  const slices = Array.from({ length: count }, (_, index) => entry(index));
  if (bits === 64) return slices;
  // lipo once hid an arm64 slice from old systems after the counted entries.
  const hidden = entry(count);
  return hidden.cpuType === cpuTypes.arm64 && hidden.cpuSubtype === 0 ? [...slices, hidden] : slices;
}

function sliceProblem(source: ByteSource, slices: readonly FatSlice[]): string | undefined {
  for (const [index, slice] of slices.entries()) {
    const name = dyldArchName(slice);
    if (slice.offset + slice.size > BigInt(source.size)) return filled(DYLD.sliceCut, { slice: name });
    if (slices.slice(0, index).some((one) => sameArchitecture(one, slice)))
      return filled(DYLD.duplicateSlices, { slice: name });
    const problem = contentProblem(source, slice);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** A slice that is not a Mach-O image, such as a static library, is not checked. */
function contentProblem(source: ByteSource, slice: FatSlice): string | undefined {
  const image = readRawImage(source, Number(slice.offset), Number(slice.size));
  if (image === undefined) return undefined;
  const isUnmapped = image.fileType === 1 || image.fileType === 0xa;
  if (!isUnmapped && slice.offset % pageSize(image) !== 0n) return DYLD.sliceUnaligned.words;
  if (sameArchitecture(image, slice)) return undefined;
  if (usesPointerAuthentication(image) && usesPointerAuthentication(slice)) return undefined;
  const [inside, listed] = [dyldArchName(image), dyldArchName(slice)];
  return filled(DYLD.sliceMismatch, { slice: inside, listed });
}

/** As mmap counts them. */
export function pageSize({ cpuType, cpuSubtype }: Architecture): bigint {
  return BigInt(pageSizeOf(cpuType, cpuSubtype));
}

/** dyld compares slices with each other only if they are out of order or start in the header. */
function overlapProblem(slices: readonly FatSlice[], headerEnd: number): string | undefined {
  let end = BigInt(headerEnd);
  let isInOrder = true;
  for (const { offset, size } of slices) {
    if (offset < end) isInOrder = false;
    end = offset + size;
  }
  if (isInOrder) return undefined;
  const overlaps = slices.some((a) =>
    slices.some((b) => a !== b && b.offset < a.offset + a.size && b.offset + b.size > a.offset),
  );
  return overlaps ? DYLD.overlappingSlices.words : undefined;
}

import { fileTypes, MH_CIGAM, MH_CIGAM_64, MH_MAGIC, MH_MAGIC_64 } from "./constants.ts";
import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";
import type { ObjectKind } from "../object-file.ts";
import { Region, type Endian } from "./region.ts";

/*
 * struct mach_header {            mach-o/loader.h
 *   0  u32 magic;                 0xfeedface, 0xfeedfacf in 64 bits; read the other way round in the other order
 *   4  i32 cputype;
 *   8  i32 cpusubtype;
 *  12  u32 filetype;
 *  16  u32 ncmds;
 *  20  u32 sizeofcmds;
 *  24  u32 flags;
 *  28  u32 reserved;              64 bits only
 * };
 */
export interface MachoHeader {
  readonly bits: 32 | 64;
  readonly endian: Endian;
  readonly cpuType: number;
  readonly cpuSubtype: number;
  /** MH_OBJECT, MH_DYLIB, …: as the number in the file. */
  readonly fileType: number;
  readonly flags: number;
  readonly commandCount: number;
  /** Length of all load commands in bytes. */
  readonly commandsSize: number;
  /** Length of this header in bytes, after which the load commands start. */
  readonly size: 28 | 32;
}

const shapes = new Map<number, readonly [32 | 64, Endian]>([
  [MH_MAGIC, [32, "big"]],
  [MH_MAGIC_64, [64, "big"]],
  [MH_CIGAM, [32, "little"]],
  [MH_CIGAM_64, [64, "little"]],
]);

/** Whether a file starts as a thin Mach-O file does. @param start its first bytes, four or more if it has them. */
export function isMacho(start: Buffer): boolean {
  return start.length >= 4 && shapes.has(start.readUInt32BE());
}

/** @throws FormatError when this is not a Mach-O file, or too short for its header. */
export function readHeader(source: ByteSource): MachoHeader {
  const magic = source.read(0, 4, "Mach-O magic").readUInt32BE();
  const shape = shapes.get(magic);
  if (shape === undefined) {
    throw new FormatError({
      what: "not a Mach-O file",
      offset: source.origin,
      found: `0x${magic.toString(16).padStart(8, "0")}`,
      expected: "a Mach-O magic number",
    });
  }
  const [bits, endian] = shape;
  const size = bits === 64 ? 32 : 28;
  const header = Region.read(source, 0, size, "Mach-O header", endian);
  return {
    bits,
    endian,
    size,
    cpuType: header.u32(4),
    cpuSubtype: header.u32(8),
    fileType: header.u32(12),
    commandCount: header.u32(16),
    commandsSize: header.u32(20),
    flags: header.u32(24),
  };
}

/** What kind of file the header declares. */
export function objectKind(fileType: number): ObjectKind {
  switch (fileType) {
    case fileTypes.object:
      return "relocatable";
    case fileTypes.execute:
      return "executable";
    case fileTypes.core:
      return "core";
    case fileTypes.dylib:
      return "shared-library";
    case fileTypes.bundle:
      return "bundle";
    default:
      return "other";
  }
}

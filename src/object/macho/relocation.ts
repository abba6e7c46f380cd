import { cpuTypes, fileTypes, MH_SPLIT_SEGS, R_SCATTERED, RELOC_UNSIGNED } from "./constants.ts";
import type { LibraryDysymtab } from "./library-command.ts";
import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";
import type { Segment } from "../object-file.ts";
import type { MachoHeader } from "./header.ts";
import { Region } from "./region.ts";

/*
 * mach-o/reloc.h
 * struct relocation_info {                    struct scattered_relocation_info {   32-bit images
 *   0  i32 r_address;                           0  u32 r_scattered:1 = 1, r_pcrel:1, r_length:2, r_type:4,
 *   4  u32 r_symbolnum:24, r_pcrel:1,               r_address:24;                  (from the top bit down)
 *          r_length:2, r_extern:1, r_type:4;    4  i32 r_value;
 * };      (from the low bit up; from the top   };
 *          bit down in a big-endian file)
 */
const entrySize = 8;

/** A kernel has some hundred thousand; each takes memory, which a file with holes must not be able to claim. */
const mostRelocations = 4_000_000;

export type Relocation =
  /** The word in place is an address of this image. */
  | { readonly kind: "local" }
  /** The symbol of that number in LC_SYMTAB; the word in place is added. */
  | { readonly kind: "external"; readonly symbol: number }
  | { readonly kind: "unknown"; readonly reason: string };

/** The fixups of images older than LC_DYLD_INFO, and of kernel extensions: LC_DYSYMTAB's relocations, by address. */
export function readRelocations(
  source: ByteSource,
  header: MachoHeader,
  segments: readonly Segment[],
  dysymtab: LibraryDysymtab,
): ReadonlyMap<bigint, Relocation> {
  const { locreloff, nlocrel, extreloff, nextrel } = dysymtab;
  const found = new Map<bigint, Relocation>();
  const read = (offset: number, count: number, what: string, base: bigint) => {
    if (count === 0) return;
    if (count > mostRelocations) {
      throw new FormatError({
        what: `${what} are too many`,
        offset: source.origin + Math.min(offset, source.size),
        found: count,
        expected: `at most ${mostRelocations}`,
      });
    }
    const table = Region.read(source, offset, count * entrySize, what, header.endian);
    for (let at = 0; at < table.size; at += entrySize) {
      const { address, relocation } = readOne(table, at, header);
      found.set(BigInt.asUintN(64, base + BigInt(address)), relocation);
    }
  };
  read(locreloff, nlocrel, "local relocations", localBase(header, segments));
  read(extreloff, nextrel, "external relocations", externalBase(header, segments));
  return found;
}

function readOne(
  table: Region,
  at: number,
  { bits, endian }: MachoHeader,
): { address: number; relocation: Relocation } {
  const first = table.u32(at);
  const second = table.u32(at + 4);
  if (bits === 32 && (first & R_SCATTERED) !== 0) {
    const type = (first >>> 24) & 0xf;
    const length = (first >>> 28) & 3;
    const isRelative = ((first >>> 30) & 1) === 1;
    const kind = plain(type, length, isRelative, bits) ? ({ kind: "local" } as const) : unknown(type);
    return { address: first & 0xff_ffff, relocation: kind };
  }
  const isLittle = endian === "little";
  const symbol = isLittle ? second & 0xff_ffff : second >>> 8;
  const rest = isLittle ? second >>> 24 : second & 0xff;
  const isRelative = (isLittle ? rest & 1 : rest >>> 7) === 1;
  const length = (isLittle ? rest >>> 1 : rest >>> 5) & 3;
  const isExternal = ((isLittle ? rest >>> 3 : rest >>> 4) & 1) === 1;
  const type = isLittle ? rest >>> 4 : rest & 0xf;
  const address = first | 0;
  if (!plain(type, length, isRelative, bits)) return { address, relocation: unknown(type) };
  return { address, relocation: isExternal ? { kind: "external", symbol } : { kind: "local" } };
}

/** r_length is a power of two: the relocation must fill a pointer. */
function plain(type: number, length: number, isRelative: boolean, bits: 32 | 64): boolean {
  return type === RELOC_UNSIGNED && !isRelative && 8 << length === bits;
}

function unknown(type: number): Relocation {
  return { kind: "unknown", reason: `relocation of type ${type}` };
}

/** What local relocations count from (dyld, common/MachOAnalyzer.cpp, localRelocBaseAddress). */
function localBase(header: MachoHeader, segments: readonly Segment[]): bigint {
  const { cpuType, fileType, flags } = header;
  const isKext = fileType === fileTypes.kext;
  const fromWritable = (cpuType === cpuTypes.x86_64 && !isKext) || (flags & MH_SPLIT_SEGS) !== 0;
  const [first, second] = segments;
  const writable = fromWritable ? segments.find((segment) => segment.writable) : undefined;
  const isPageZero = fileType === fileTypes.execute && first !== undefined && !first.readable;
  return (writable ?? (isPageZero ? second : first))?.address ?? 0n;
}

/** What external relocations count from (dyld, common/MachOAnalyzer.cpp, externalRelocBaseAddress). */
function externalBase(header: MachoHeader, segments: readonly Segment[]): bigint {
  const { cpuType, fileType } = header;
  if (cpuType === cpuTypes.x86_64 || fileType === fileTypes.kext) return localBase(header, segments);
  return 0n;
}

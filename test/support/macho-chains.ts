import { cString, padded, type MachoWriter } from "./macho-writer.ts";

/** A chained fixup: to an address of this image, to an import, or a bare number (format 3 only). */
export type ChainFixup = { readonly address: bigint } & (
  | { readonly to: bigint; readonly authenticated?: boolean }
  | {
      readonly symbol: string;
      readonly ordinal?: number;
      readonly addend?: number;
      readonly importAddend?: bigint | number;
      readonly weak?: boolean;
      readonly authenticated?: boolean;
    }
);

export interface ChainSegment {
  readonly address: bigint;
  readonly memorySize: bigint;
}

export interface ChainSpec {
  /** DYLD_CHAINED_PTR_*: 1, 2, 3, 6, 7, 9, 10 or 12. Another is written as 2 is. */
  readonly format: number;
  /** DYLD_CHAINED_IMPORT*; 1 if left out. */
  readonly importsFormat?: 1 | 2 | 3;
  readonly pageSize?: 0x1000 | 0x4000;
  readonly maxValidPointer?: number;
}

export interface BuiltChains {
  /** The payload of LC_DYLD_CHAINED_FIXUPS. */
  readonly payload: Buffer;
  /** The word to be put at each address. */
  readonly words: readonly { readonly address: bigint; readonly word: bigint }[];
}

const noStart = 0xffff;

/** Threads the fixups of each page into chains, as a linker does. Where a link cannot reach, another chain starts. */
export function buildChains(
  spec: ChainSpec,
  fixups: readonly ChainFixup[],
  segments: readonly ChainSegment[],
  base: bigint,
  out: MachoWriter,
): BuiltChains {
  const sorted = fixups.toSorted((a, b) => Number(a.address - b.address));
  const imports = sorted.filter((fixup) => "symbol" in fixup);
  const words = sorted.map((fixup, index) => {
    const next = sorted[index + 1];
    const reach = next && samePage(fixup, next, segments, spec) ? linkTo(spec, fixup, next) : 0;
    return {
      address: fixup.address,
      word: encode(spec, fixup, reach, imports.indexOf(fixup as never), base),
    };
  });
  const starts = segments.map((segment) => segmentStarts(spec, sorted, segment, segments, base, out));
  const head = 4 + 4 * segments.length;
  const offsets = starts.map((bytes, index) => {
    const before = starts.slice(0, index).reduce((sum, { length }) => sum + length, 0);
    return bytes.length === 0 ? 0 : head + before;
  });
  const image = padded(Buffer.concat([out.u32(segments.length, ...offsets), ...starts]), 8);
  const importsAt = 32 + image.length;
  const { table, names } = importTable(spec, imports, out);
  const namesAt = importsAt + table.length;
  const header = out.u32(0, 32, importsAt, namesAt, imports.length, spec.importsFormat ?? 1, 0, 0);
  return { payload: padded(Buffer.concat([header, image, table, names]), 8), words };
}

function pageOf(address: bigint, segments: readonly ChainSegment[], { pageSize = 0x4000 }: ChainSpec) {
  const segment = segments.find((one) => address >= one.address && address < one.address + one.memorySize);
  if (segment === undefined) throw new Error(`fixup at 0x${address.toString(16)} is in no segment`);
  const offset = Number(address - segment.address);
  return { segment, page: Math.floor(offset / pageSize), inPage: offset % pageSize };
}

function samePage(a: ChainFixup, b: ChainFixup, segments: readonly ChainSegment[], spec: ChainSpec): boolean {
  const [one, other] = [pageOf(a.address, segments, spec), pageOf(b.address, segments, spec)];
  return one.segment === other.segment && one.page === other.page;
}

/** The distance as the link counts it; 0 where it is too far for the field. */
function linkTo({ format }: ChainSpec, from: ChainFixup, to: ChainFixup): number {
  const isWide = [1, 9, 12].includes(format);
  const distance = Number(to.address - from.address) / (isWide ? 8 : 4);
  const most = format === 3 ? 0x1f : [7, 10].includes(format) || isWide ? 0x7ff : 0xfff;
  return distance <= most ? distance : 0;
}

function encode(spec: ChainSpec, fixup: ChainFixup, next: number, ordinal: number, base: bigint): bigint {
  const { format } = spec;
  const isBind = "symbol" in fixup;
  const addend = isBind ? BigInt(fixup.addend ?? 0) : 0n;
  if (format === 3) {
    const low = isBind ? BigInt(ordinal) | (addend << 20n) | (1n << 31n) : fixup.to;
    return low | (BigInt(next) << 26n);
  }
  if ([1, 7, 9, 10, 12].includes(format)) {
    const auth = fixup.authenticated === true ? 1n << 63n : 0n;
    const link = (BigInt(next) << 51n) | auth;
    if (isBind) return link | (1n << 62n) | BigInt(ordinal) | (BigInt.asUintN(19, addend) << 32n);
    const isAddress = auth === 0n && [1, 10].includes(format);
    return link | (isAddress ? fixup.to : fixup.to - base);
  }
  const link = BigInt(next) << 51n;
  if (isBind) return link | (1n << 63n) | BigInt(ordinal) | (addend << 24n);
  return link | (format === 6 ? fixup.to - base : fixup.to);
}

function segmentStarts(
  spec: ChainSpec,
  sorted: readonly ChainFixup[],
  segment: ChainSegment,
  segments: readonly ChainSegment[],
  base: bigint,
  out: MachoWriter,
): Buffer {
  const { pageSize = 0x4000, format, maxValidPointer = 0 } = spec;
  const placed = sorted.map((fixup) => ({ fixup, ...pageOf(fixup.address, segments, spec) }));
  const own = placed.filter((one) => one.segment === segment);
  if (own.length === 0) return Buffer.alloc(0);
  const pageCount = Math.max(...own.map(({ page }) => page)) + 1;
  const lists: number[] = [];
  const pages = Array.from({ length: pageCount }, (_, page) => {
    const links = own.filter((one) => one.page === page);
    const starts = links.filter((one, index) => {
      const before = links[index - 1];
      return before === undefined || linkTo(spec, before.fixup, one.fixup) === 0;
    });
    const [first] = starts;
    if (first === undefined) return noStart;
    if (starts.length === 1) return first.inPage;
    const at = pageCount + lists.length;
    lists.push(
      ...starts.map(({ inPage }, index) => (index === starts.length - 1 ? inPage | 0x8000 : inPage)),
    );
    return at | 0x8000;
  });
  const entries = [...pages, ...lists];
  return padded(
    Buffer.concat([
      out.u32(22 + 2 * entries.length),
      out.u16(pageSize),
      out.u16(format),
      out.u64(segment.address - base),
      out.u32(maxValidPointer),
      out.u16(pageCount),
      ...entries.map((entry) => out.u16(entry)),
    ]),
    8,
  );
}

function importTable(
  { importsFormat = 1 }: ChainSpec,
  imports: readonly ChainFixup[],
  out: MachoWriter,
): { table: Buffer; names: Buffer } {
  const names: Buffer[] = [cString("")];
  const table = imports.map((one) => {
    if (!("symbol" in one)) throw new Error("not an import");
    const nameAt = names.reduce((sum, { length }) => sum + length, 0);
    names.push(cString(one.symbol));
    const { ordinal = 1, weak = false, importAddend = 0 } = one;
    const weakBit = weak ? 1 : 0;
    if (importsFormat === 3) {
      const word = out.u64(BigInt(ordinal & 0xffff) | (BigInt(weakBit) << 16n) | (BigInt(nameAt) << 32n));
      return Buffer.concat([word, out.u64(BigInt(importAddend))]);
    }
    const word = out.u32(((ordinal & 0xff) | (weakBit << 8) | (nameAt << 9)) >>> 0);
    return importsFormat === 1 ? word : Buffer.concat([word, out.u32(Number(importAddend))]);
  });
  return { table: Buffer.concat(table), names: Buffer.concat(names) };
}

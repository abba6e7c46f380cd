import { protections } from "../constants.ts";
import type { ImageDraft } from "./image-draft.ts";
import { recordSizes, type SegmentDraft } from "./segment-draft.ts";

/** segment_command.flags, SG_PROTECTED_VERSION_1: its pages are encrypted. */
const encrypted = 0x8;

/** section.offset has 32 bits. */
const mostBytes = 2 ** 32;

/** A free place in a segment's last page. */
export interface PageSlack {
  readonly segment: SegmentDraft;
  /** In the file. */
  readonly offset: number;
  readonly address: bigint;
}

/**
 * Finds a place for `size` bytes behind all that a segment maps. It is looked for in the last segment that has sections: symbols count
 * sections through all segments, so that only one behind all others leaves their numbers as they are.
 */
export function findSlack(image: ImageDraft, size: number): PageSlack | undefined {
  const segments = image.header.segments();
  const segment = segments.findLast(({ sections }) => sections.length > 0);
  if (segment === undefined || segment.name === "__LINKEDIT") return undefined;
  const { address, fileSize, memorySize, protection, flags } = segment;
  const isMapped = fileSize > 0 && memorySize > 0n && (protection & protections.read) !== 0;
  if (!isMapped || (flags & encrypted) !== 0) return undefined;
  // Zero-filled sections count: they lie over the file's bytes, or behind them.
  const ends = segment.sections.map((section) => section.address + section.size - address);
  const used = ends.reduce((most, end) => (end > most ? end : most), 0n);
  // What the new section header takes is not free.
  const commands = image.header.length + recordSizes[image.header.header.bits].section;
  const from = segment.offset === 0 ? Math.max(Number(used), commands) : Number(used);
  if (from + size > roomOf(image, segment) || segment.offset + from + size >= mostBytes) return undefined;
  if (!image.isZero(segment.offset + Math.min(from, fileSize), segment.offset + from + size))
    return undefined;
  return { segment, offset: segment.offset + from, address: address + BigInt(from) };
}

/** Bytes that a segment can take, in the file and in memory, before the next one starts or the file ends. */
export function roomOf(image: ImageDraft, segment: SegmentDraft): number {
  const { offset, address } = segment;
  const others = image.header.segments().filter(({ at }) => at !== segment.at);
  const inFile = others
    .filter((one) => one.fileSize > 0 && one.offset >= offset + segment.fileSize)
    .map((one) => one.offset - offset);
  const inMemory = others
    .filter((one) => one.memorySize > 0n && one.address >= address + segment.memorySize)
    .map((one) => Number(one.address - address));
  return Math.min(image.source.size - offset, ...inFile, ...inMemory);
}

/** Makes a segment map what is put into its slack. @param end of the content, from the segment's start. */
export function stretch(image: ImageDraft, segment: SegmentDraft, end: number): void {
  if (end > segment.fileSize) segment.fileSize = end;
  image.fitMemory(segment);
}

import type { ByteSource } from "../../image.ts";
import { pageSizeOf } from "../page-size.ts";
import { HeaderDraft } from "./header-draft.ts";
import { linkeditFields } from "./linkedit-field.ts";
import { SourceChanges } from "./source-changes.ts";
import type { SegmentDraft } from "./segment-draft.ts";

/** Padding is looked through in pieces of this many bytes. */
const chunkSize = 64 * 1024;

/** An image that is being edited: its load commands in memory, and what becomes of the bytes behind them. */
export class ImageDraft {
  readonly header: HeaderDraft;
  readonly changes = new SourceChanges();
  /** In the old file: what becomes free, because what was there is moved. It counts as zero. */
  freed: { readonly start: number; readonly end: number } | undefined;
  /** Where __LINKEDIT ends in the old file; 0 if there is none. */
  readonly oldEnd: number;
  /** Bytes of the file that __TEXT had. */
  readonly oldTextSize: number;
  readonly #oldLength: number;

  constructor(readonly source: ByteSource) {
    this.header = new HeaderDraft(source);
    this.#oldLength = this.header.length;
    const { offset = 0, fileSize = 0 } = this.linkedit ?? {};
    this.oldEnd = offset + fileSize;
    this.oldTextSize = this.header.segments().find(({ name }) => name === "__TEXT")?.fileSize ?? 0;
  }

  get pageSize(): number {
    const { cpuType, cpuSubtype } = this.header.header;
    return pageSizeOf(cpuType, cpuSubtype);
  }

  toPage(size: number): number {
    return Math.ceil(size / this.pageSize) * this.pageSize;
  }

  get linkedit(): SegmentDraft | undefined {
    return this.header.segments().find(({ name }) => name === "__LINKEDIT");
  }

  /** The memory of a segment holds all of its content, in whole pages. */
  fitMemory(segment: SegmentDraft): void {
    if (BigInt(segment.fileSize) > segment.memorySize) {
      segment.memorySize = BigInt(this.toPage(segment.fileSize));
    }
  }

  /** Bytes by which the load commands may still grow: up to what lies first in the file, as far as they are zero. */
  headerRoom(): number {
    const { header } = this;
    const [first] = header
      .segments()
      .filter(({ offset, fileSize }) => offset === 0 && fileSize >= header.length);
    if (first === undefined) return 0;
    const starts = [first.fileSize];
    for (const { offset, fileSize, sections } of header.segments()) {
      if (fileSize > 0 && offset > 0) starts.push(offset);
      for (const section of sections) {
        if (section.size > 0n && !section.isZeroFill && section.offset > 0) starts.push(section.offset);
      }
    }
    for (const { offset, size } of linkeditFields(header)) if (size > 0 && offset > 0) starts.push(offset);
    const end = Math.min(...starts);
    // A removed command leaves room inside what the load commands took.
    const from = Math.max(this.#oldLength, header.length);
    return Math.max(0, this.#zerosFrom(Math.min(from, end), end) - header.length);
  }

  /** Whether these bytes of the file are padding. */
  isZero(start: number, end: number): boolean {
    return this.#zerosFrom(start, end) === end;
  }

  /** Writes the load commands over the old ones. */
  writeHeader(): void {
    const length = Math.max(this.#oldLength, this.header.length);
    const bytes = Buffer.alloc(length);
    this.header.bytes.copy(bytes);
    if (!bytes.equals(this.source.read(0, length, "load commands"))) this.changes.replace(0, length, bytes);
  }

  /** The end of the zeros that start there; `end` at most. */
  #zerosFrom(start: number, end: number): number {
    for (let at = start; at < end; at += chunkSize) {
      const bytes = this.source.read(at, Math.min(chunkSize, end - at), "padding");
      for (const [index, byte] of bytes.entries()) {
        if (byte !== 0 && !this.#isFreed(at + index)) return at + index;
      }
    }
    return end;
  }

  #isFreed(at: number): boolean {
    return this.freed !== undefined && at >= this.freed.start && at < this.freed.end;
  }
}

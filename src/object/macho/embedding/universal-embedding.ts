import type { Edit, EditPart, EditRefusal } from "../../edit.ts";
import { Slice, type ByteSource } from "../../image.ts";
import { isMacho } from "../header.ts";
import { pageSizeOf } from "../page-size.ts";
import { readUniversal, universalEntrySize, universalHeaderSize, type UniversalSlice } from "../universal.ts";
import { refusal } from "./refusal.ts";
import type { EmbedRequest } from "./request.ts";
import { embedInThin } from "./thin-embedding.ts";

interface EditedSlice {
  readonly slice: UniversalSlice;
  /** Of the edited slice, in bytes. */
  readonly size: number;
  readonly edit: Edit;
}

interface PlacedSlice extends EditedSlice {
  /** Where it lies in the edited file. */
  readonly start: number;
}

/** Entries of 32 bits reach no further. */
const mostBytes = 2 ** 32;

/**
 * Embeds into every slice of a universal file, or into none.
 * @throws FormatError for a table that `readUniversal` does not take.
 */
export function embedInUniversal(source: ByteSource, request: EmbedRequest): Edit | EditRefusal {
  const { bits, slices } = readUniversal(source);
  const edited: EditedSlice[] = [];
  for (const slice of slices) {
    const inside = new Slice(source, slice.offset, slice.size);
    if (!isMacho(inside.read(0, 4, "Mach-O magic")))
      return refusal(`its slice ${slice.arch} is not a Mach-O image`);
    const edit = embedInThin(inside, request);
    if (edit.kind === "refused") {
      return {
        ...edit,
        reason: `in its slice ${slice.arch} (all others are left alone too): ${edit.reason}`,
      };
    }
    edited.push({ slice, size: sizeOf(edit.parts), edit });
  }
  const placed = place(edited);
  if (bits === 32 && placed.some(({ start, size }) => start + size >= mostBytes)) {
    return refusal("it would become longer than the 32-bit offsets in its table reach");
  }
  return {
    kind: "edit",
    parts: joined(source, placed, table(source, bits, slices, placed)),
    done: summary(edited),
  };
}

function sizeOf(parts: readonly EditPart[]): number {
  return parts.reduce(
    (sum, part) => sum + (part.kind === "kept" ? part.end - part.start : part.bytes.length),
    0,
  );
}

/** In file order. Each stays where it is if it can, and otherwise goes to the next multiple of its alignment, a page at least. */
function place(edited: readonly EditedSlice[]): readonly PlacedSlice[] {
  let end = 0;
  return edited
    .toSorted((a, b) => a.slice.offset - b.slice.offset)
    .map((one) => {
      const { align, offset, cputype, cpusubtype } = one.slice;
      const unit = Math.max(2 ** align, pageSizeOf(cputype, cpusubtype));
      const start = end <= offset ? offset : Math.ceil(end / unit) * unit;
      end = start + one.size;
      return { ...one, start };
    });
}

/** The table up to the end of its last entry, hidden ones too, with the new places and sizes. */
function table(
  source: ByteSource,
  bits: 32 | 64,
  slices: readonly UniversalSlice[],
  placed: readonly PlacedSlice[],
): Buffer {
  const entrySize = universalEntrySize(bits);
  const bytes = source.read(0, universalHeaderSize + slices.length * entrySize, "universal table");
  for (const { slice, start, size } of placed) {
    const at = universalHeaderSize + slices.indexOf(slice) * entrySize + 8;
    if (bits === 64) {
      bytes.writeBigUInt64BE(BigInt(start), at);
      bytes.writeBigUInt64BE(BigInt(size), at + 8);
    } else {
      bytes.writeUInt32BE(start, at);
      bytes.writeUInt32BE(size, at + 4);
    }
  }
  return bytes;
}

/** What lies between slices, and behind the last one, is kept, as far as it is not padding that grows or shrinks. */
function joined(source: ByteSource, placed: readonly PlacedSlice[], head: Buffer): readonly EditPart[] {
  const parts: EditPart[] = [{ kind: "new", bytes: head }];
  let [oldEnd, newEnd] = [head.length, head.length];
  for (const { slice, start, size, edit } of placed) {
    const gap = start - newEnd;
    const kept = Math.min(gap, slice.offset - oldEnd);
    if (kept > 0) parts.push({ kind: "kept", start: oldEnd, end: oldEnd + kept });
    if (gap > kept) parts.push({ kind: "new", bytes: Buffer.alloc(gap - kept) });
    for (const part of edit.parts) {
      parts.push(
        part.kind === "kept"
          ? { kind: "kept", start: part.start + slice.offset, end: part.end + slice.offset }
          : part,
      );
    }
    [oldEnd, newEnd] = [slice.offset + slice.size, start + size];
  }
  if (source.size > oldEnd) parts.push({ kind: "kept", start: oldEnd, end: source.size });
  return parts;
}

function summary(edited: readonly EditedSlice[]): string {
  const texts = new Set(edited.map(({ edit }) => edit.done));
  if (texts.size === 1) return `${[...texts].join("")}, in each of ${edited.length} slices`;
  return edited.map(({ slice, edit }) => `${slice.arch}: ${edit.done}`).join("; ");
}

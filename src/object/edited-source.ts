import type { EditPart } from "./edit.ts";
import { FormatError } from "./format-error.ts";
import type { ByteSource } from "./image.ts";

/** So many bytes are copied at a time. */
const PIECE = 2 ** 20;

/** A part and where it begins in the edited file. */
interface Placed {
  readonly part: EditPart;
  readonly start: number;
  readonly end: number;
}

/** The file that an edit makes, before it is written: it is read of the old file and of the new bytes. */
export class EditedSource implements ByteSource {
  readonly origin = 0;
  readonly size: number;
  readonly #old: ByteSource;
  readonly #parts: readonly Placed[];

  constructor(old: ByteSource, parts: readonly EditPart[]) {
    this.#old = old;
    let size = 0;
    this.#parts = parts.map((part) => {
      const start = size;
      size += part.kind === "new" ? part.bytes.length : part.end - part.start;
      return { part, start, end: size };
    });
    this.size = size;
  }

  read(offset: number | bigint, length: number | bigint, what: string): Buffer {
    const from = BigInt(offset);
    const to = from + BigInt(length);
    if (from < 0n || to < from || to > BigInt(this.size)) {
      throw new FormatError({
        what: `${what} is cut off or points outside the file`,
        offset: 0,
        found: `0x${length.toString(16)} bytes at 0x${offset.toString(16)}`,
        expected: `a place inside 0x${this.size.toString(16)} bytes`,
      });
    }
    const out = Buffer.allocUnsafe(Number(length));
    const start = Number(from);
    for (const each of this.#parts) {
      const first = Math.max(each.start, start);
      const end = Math.min(each.end, Number(to));
      if (first >= end) continue;
      this.#bytes(each, first - each.start, end - first, what).copy(out, first - start);
    }
    return out;
  }

  /** The whole file from its beginning on, in pieces of at most 1 MiB. */
  *pieces(): Generator<Buffer, void, undefined> {
    for (const each of this.#parts) {
      const length = each.end - each.start;
      for (let done = 0; done < length; done += PIECE)
        yield this.#bytes(each, done, Math.min(PIECE, length - done), "part of the file");
    }
  }

  /** Whether the edit changes nothing. */
  isUnchanged(): boolean {
    return (
      this.size === this.#old.size &&
      this.#parts.every(({ part, start }) =>
        part.kind === "kept"
          ? part.start === start || part.start === part.end
          : this.#old.read(start, part.bytes.length, "part of the file").equals(part.bytes),
      )
    );
  }

  /** Whether these bytes are the old file's, at the place where they were. */
  isUnmoved(from: number, to: number): boolean {
    return this.#parts.some(
      ({ part, start, end }) => part.kind === "kept" && part.start === start && start <= from && to <= end,
    );
  }

  #bytes({ part }: Placed, at: number, length: number, what: string): Buffer {
    return part.kind === "new"
      ? part.bytes.subarray(at, at + length)
      : this.#old.read(part.start + at, length, what);
  }
}

import type { EditPart } from "./edit.ts";
import { FormatError } from "./format-error.ts";
import type { ByteSource } from "./image.ts";

interface PlacedPart {
  /** Where it lies in the edited file. */
  readonly start: number;
  readonly end: number;
  readonly part: EditPart;
}

/** An edited file, read before it is written: kept ranges come from the old one. */
export class EditedSource implements ByteSource {
  readonly origin = 0;
  readonly size: number;
  readonly #placed: readonly PlacedPart[];

  constructor(
    private readonly source: ByteSource,
    parts: readonly EditPart[],
  ) {
    let at = 0;
    this.#placed = parts.map((part) => {
      const start = at;
      at += part.kind === "kept" ? part.end - part.start : part.bytes.length;
      return { start, end: at, part };
    });
    this.size = at;
  }

  read(offset: number | bigint, length: number | bigint, what: string): Buffer {
    if (offset < 0 || length < 0 || BigInt(offset) + BigInt(length) > BigInt(this.size)) {
      throw new FormatError({
        what: `${what} is cut off or points outside the file`,
        offset: 0,
        found: `0x${length.toString(16)} bytes at 0x${offset.toString(16)}`,
        expected: `a place inside 0x${this.size.toString(16)} bytes`,
      });
    }
    const [from, to] = [Number(offset), Number(offset) + Number(length)];
    const pieces: Buffer[] = [];
    for (const { start, end, part } of this.#placed) {
      const [first, last] = [Math.max(from, start), Math.min(to, end)];
      if (first >= last) continue;
      pieces.push(
        part.kind === "kept"
          ? this.source.read(part.start + first - start, last - first, what)
          : part.bytes.subarray(first - start, last - start),
      );
    }
    return Buffer.concat(pieces);
  }

  /** Whether these bytes are the old file's, at the place where they were. */
  isUnmoved(from: number, to: number): boolean {
    return this.#placed.some(
      ({ start, end, part }) => part.kind === "kept" && part.start === start && start <= from && to <= end,
    );
  }
}

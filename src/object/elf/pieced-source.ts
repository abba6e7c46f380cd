import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";

/** Part of a file, in bytes. */
export interface Piece {
  readonly offset: number;
  size: number;
}

/** Parts of a file that a loader maps next to one another, read as one. */
export class PiecedSource implements ByteSource {
  readonly size: number;
  /** Of the first part: an offset in an error is exact only there. */
  readonly origin: number;

  constructor(
    private readonly source: ByteSource,
    private readonly pieces: readonly Readonly<Piece>[],
  ) {
    this.origin = source.origin + (pieces[0]?.offset ?? 0);
    this.size = pieces.reduce((sum, { size }) => sum + size, 0);
  }

  read(offset: number | bigint, length: number | bigint, what: string): Buffer {
    if (offset < 0 || length < 0 || BigInt(offset) + BigInt(length) > BigInt(this.size)) {
      throw new FormatError({
        what: `${what} is cut off or points outside the file`,
        offset: this.origin,
        found: `0x${length.toString(16)} bytes at 0x${offset.toString(16)}`,
        expected: `a place inside 0x${this.size.toString(16)} bytes`,
      });
    }
    const parts: Buffer[] = [];
    let [from, left] = [Number(offset), Number(length)];
    for (const piece of this.pieces) {
      const count = Math.min(left, piece.size - from);
      if (count > 0) {
        parts.push(this.source.read(piece.offset + from, count, what));
        left -= count;
      }
      from = Math.max(0, from - piece.size);
    }
    return Buffer.concat(parts);
  }
}

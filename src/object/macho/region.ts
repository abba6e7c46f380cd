import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";

export type Endian = "little" | "big";

/**
 * A table of the file, read into memory as a whole: its bytes, its place and its byte order. No read leaves it.
 */
export class Region {
  readonly #view: DataView;
  readonly #little: boolean;

  constructor(
    readonly bytes: Buffer,
    /** Where byte 0 lies in the whole file, for error messages. */
    readonly origin: number,
    /** Names the table in error messages: "export trie". */
    readonly what: string,
    endian: Endian,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#little = endian === "little";
  }

  /** @throws FormatError when the table is not all inside `source`. */
  static read(
    source: ByteSource,
    offset: number | bigint,
    size: number | bigint,
    what: string,
    endian: Endian,
  ): Region {
    return new Region(source.read(offset, size, what), source.origin + Number(offset), what, endian);
  }

  get size(): number {
    return this.bytes.length;
  }

  u8(at: number): number {
    return this.#view.getUint8(this.#inside(at, 1));
  }

  u16(at: number): number {
    return this.#view.getUint16(this.#inside(at, 2), this.#little);
  }

  u32(at: number): number {
    return this.#view.getUint32(this.#inside(at, 4), this.#little);
  }

  u64(at: number): bigint {
    return this.#view.getBigUint64(this.#inside(at, 8), this.#little);
  }

  /** A word of 32 or 64 bits. */
  word(at: number, bits: 32 | 64): bigint {
    return bits === 64 ? this.u64(at) : BigInt(this.u32(at));
  }

  /** The bytes from `at` up to a NUL, which must come before `end`; `end` is the end of the table if not given. */
  cString(at: number, end = this.size): Buffer {
    this.#inside(at, 1);
    const stop = this.bytes.indexOf(0, at);
    if (stop < 0 || stop >= end) throw this.problem("name has no end", at, undefined, "a NUL");
    return this.bytes.subarray(at, stop);
  }

  /** A problem at a byte of this table. */
  problem(what: string, at: number, found?: number | bigint | string, expected?: string): FormatError {
    const named = what.startsWith(this.what) ? what : `${this.what}: ${what}`;
    return new FormatError({ what: named, offset: this.origin + at, found, expected });
  }

  #inside(at: number, length: number): number {
    if (!Number.isSafeInteger(at) || at < 0 || at + length > this.size) {
      const place = Math.min(Math.max(Number.isSafeInteger(at) ? at : 0, 0), this.size);
      throw this.problem(`${this.what} is cut off`, place, `${length} bytes at 0x${at.toString(16)}`);
    }
    return at;
  }
}

import type { Region } from "./region.ts";

/** Reads a table of variable-length entries one after the other: LEB128 numbers (DWARF 5, 7.6) and C strings. */
export class Cursor {
  constructor(
    private readonly region: Region,
    /** The next byte to be read. */
    public position: number,
    /** Reading stops before this byte. */
    public end: number,
  ) {}

  get atEnd(): boolean {
    return this.position >= this.end;
  }

  u8(): number {
    if (this.atEnd) throw this.region.problem(`${this.region.what} is cut off`, this.position);
    return this.region.u8(this.position++);
  }

  /** An unsigned LEB128 number of at most 64 bits. */
  uleb(): bigint {
    const small = this.#small();
    return small === undefined ? BigInt.asUintN(64, this.#leb().value) : BigInt(small);
  }

  /** A signed LEB128 number of at most 64 bits. */
  sleb(): bigint {
    const { value, bits } = this.#leb();
    return BigInt.asIntN(64, BigInt.asIntN(Math.min(bits, 64), value));
  }

  /** An unsigned LEB128 number that counts bytes, places or entries. @throws FormatError above 2^53. */
  count(what: string): number {
    const small = this.#small();
    if (small !== undefined) return small;
    const at = this.position;
    const value = this.uleb();
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) {
      throw this.region.problem(`${what} is too large`, at, `0x${value.toString(16)}`);
    }
    return Number(value);
  }

  /**
   * A distance that may go backwards: linkers write it as an unsigned number that wraps at 2^64
   * (ld64's and dyld's segment offsets are uint64_t).
   */
  distance(what: string): number {
    const small = this.#small();
    if (small !== undefined) return small;
    const at = this.position;
    const value = BigInt.asIntN(64, this.uleb());
    const near = Number(value);
    if (!Number.isSafeInteger(near)) {
      throw this.region.problem(`${what} is too large`, at, `0x${value.toString(16)}`);
    }
    return near;
  }

  cString(): Buffer {
    const text = this.region.cString(this.position, this.end);
    this.position += text.length + 1;
    return text;
  }

  /** A number of at most 28 bits, as nearly all are, without bigint; undefined, with nothing read, for a longer one. */
  #small(): number | undefined {
    const { bytes } = this.region;
    const last = Math.min(this.position + 4, this.end);
    let value = 0;
    for (let at = this.position, bits = 0; at < last; at++, bits += 7) {
      const byte = bytes[at] ?? 0x80;
      value |= (byte & 0x7f) << bits;
      if (byte < 0x80) {
        this.position = at + 1;
        return value;
      }
    }
    return undefined;
  }

  #leb(): { value: bigint; bits: number } {
    const start = this.position;
    let value = 0n;
    for (let bits = 0; bits < 70; bits += 7) {
      const byte = this.u8();
      value |= BigInt(byte & 0x7f) << BigInt(bits);
      if ((byte & 0x80) === 0) return { value, bits: bits + 7 };
    }
    throw this.region.problem("number is longer than 64 bits", start);
  }
}

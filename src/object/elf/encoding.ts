/**
 * How a file writes its numbers: e_ident[EI_CLASS] and e_ident[EI_DATA] (gABI 4, "ELF Identification"). The caller
 * has made sure that the bytes are there. Buffer has the same methods, which check more and take longer.
 */
export class Encoding {
  /** Bytes in an address: 4 or 8. */
  readonly wordSize: 4 | 8;
  readonly #little: boolean;

  constructor(
    readonly bits: 32 | 64,
    readonly endian: "little" | "big",
  ) {
    this.wordSize = bits === 64 ? 8 : 4;
    this.#little = endian === "little";
  }

  u16(bytes: Buffer, at: number): number {
    const first = bytes[at];
    const second = bytes[at + 1];
    if (first === undefined || second === undefined) throw outOfRange(bytes, at);
    return this.#little ? first | (second << 8) : (first << 8) | second;
  }

  u32(bytes: Buffer, at: number): number {
    const first = bytes[at];
    const second = bytes[at + 1];
    const third = bytes[at + 2];
    const last = bytes[at + 3];
    if (first === undefined || second === undefined || third === undefined || last === undefined)
      throw outOfRange(bytes, at);
    return this.#little
      ? ((last << 24) | (third << 16) | (second << 8) | first) >>> 0
      : ((first << 24) | (second << 16) | (third << 8) | last) >>> 0;
  }

  u64(bytes: Buffer, at: number): bigint {
    const first = this.u32(bytes, at);
    const second = this.u32(bytes, at + 4);
    const low = this.#little ? first : second;
    const high = this.#little ? second : first;
    // Most are small, and one bigint is made quicker than four.
    return high < 2 ** 21 ? BigInt(high * 2 ** 32 + low) : (BigInt(high) << 32n) + BigInt(low);
  }

  /** An address-sized number: Elf32_Addr, Elf64_Off, … */
  word(bytes: Buffer, at: number): bigint {
    return this.bits === 64 ? this.u64(bytes, at) : BigInt(this.u32(bytes, at));
  }

  /** An address-sized number that is only compared: rounded above 2^53, and quicker than `word`. */
  roundedWord(bytes: Buffer, at: number): number {
    if (this.bits === 32) return this.u32(bytes, at);
    const [low, high] = this.#little ? [at, at + 4] : [at + 4, at];
    return this.u32(bytes, high) * 2 ** 32 + this.u32(bytes, low);
  }

  /** An address-sized signed number: r_addend. */
  signedWord(bytes: Buffer, at: number): bigint {
    return BigInt.asIntN(this.bits, this.word(bytes, at));
  }

  putU16(bytes: Buffer, at: number, value: number): void {
    if (this.#little) bytes.writeUInt16LE(value, at);
    else bytes.writeUInt16BE(value, at);
  }

  putU32(bytes: Buffer, at: number, value: number): void {
    if (this.#little) bytes.writeUInt32LE(value, at);
    else bytes.writeUInt32BE(value, at);
  }

  /** An address-sized number. */
  putWord(bytes: Buffer, at: number, value: number): void {
    if (this.bits === 32) this.putU32(bytes, at, value);
    else if (this.#little) bytes.writeBigUInt64LE(BigInt(value), at);
    else bytes.writeBigUInt64BE(BigInt(value), at);
  }

  /** For a table of which many numbers are read. */
  view(table: Buffer): TableView {
    return new TableView(table, this.bits, this.#little);
  }

  /** A sum as the loader computes it: modulo the size of an address. */
  wrap(value: bigint): bigint {
    return BigInt.asUintN(this.bits, value);
  }
}

/** The numbers of a table. V8 reads a DataView at once, and a Buffer by JavaScript that takes a while to be compiled. */
export class TableView {
  readonly #view: DataView;

  constructor(
    table: Buffer,
    private readonly bits: 32 | 64,
    private readonly little: boolean,
  ) {
    this.#view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  }

  u32(at: number): number {
    return this.#view.getUint32(at, this.little);
  }

  u16(at: number): number {
    return this.#view.getUint16(at, this.little);
  }

  /** As `Encoding.roundedWord`. */
  roundedWord(at: number): number {
    if (this.bits === 32) return this.u32(at);
    const [low, high] = this.little ? [at, at + 4] : [at + 4, at];
    return this.u32(high) * 2 ** 32 + this.u32(low);
  }

  /** An address-sized number. */
  word(at: number): bigint {
    return this.bits === 64 ? this.#view.getBigUint64(at, this.little) : BigInt(this.u32(at));
  }
}

function outOfRange({ length }: Buffer, at: number): RangeError {
  return new RangeError(`number at ${at} of ${length} bytes`);
}

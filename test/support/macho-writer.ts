/** Numbers in the byte order and word size of the file being made. */
export class MachoWriter {
  constructor(
    readonly bits: 32 | 64,
    readonly endian: "little" | "big",
  ) {}

  get wordSize(): 4 | 8 {
    return this.bits === 64 ? 8 : 4;
  }

  u16(value: number): Buffer {
    return this.#integer(BigInt(value), 2);
  }

  u32(...values: readonly number[]): Buffer {
    return Buffer.concat(values.map((value) => this.#integer(BigInt(value), 4)));
  }

  u64(value: bigint | number): Buffer {
    return this.#integer(BigInt(value), 8);
  }

  /** 4 or 8 bytes. */
  word(...values: readonly (bigint | number)[]): Buffer {
    return Buffer.concat(values.map((value) => this.#integer(BigInt(value), this.wordSize)));
  }

  /** Text in a field of fixed length, filled up with NULs. */
  text(value: string, length: number): Buffer {
    const out = Buffer.alloc(length);
    out.write(value);
    return out;
  }

  #integer(value: bigint, size: number): Buffer {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt.asUintN(64, value));
    const cut = Buffer.from(bytes.subarray(0, size));
    return this.endian === "little" ? cut : cut.reverse();
  }
}

/** An unsigned LEB128 number; a negative one wraps at 2^64, as linkers write it. */
export function uleb(value: bigint | number): Buffer {
  let left = BigInt.asUintN(64, BigInt(value));
  const out: number[] = [];
  do {
    const byte = Number(left & 0x7fn);
    left >>= 7n;
    out.push(left === 0n ? byte : byte | 0x80);
  } while (left !== 0n);
  return Buffer.from(out);
}

/** A signed LEB128 number. */
export function sleb(value: bigint | number): Buffer {
  let left = BigInt(value);
  const out: number[] = [];
  for (;;) {
    const byte = Number(BigInt.asUintN(7, left));
    left >>= 7n;
    const isLast = (left === 0n && (byte & 0x40) === 0) || (left === -1n && (byte & 0x40) !== 0);
    out.push(isLast ? byte : byte | 0x80);
    if (isLast) return Buffer.from(out);
  }
}

export function cString(value: string): Buffer {
  return Buffer.from(`${value}\0`);
}

export function padded(bytes: Buffer, multiple: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((multiple - (bytes.length % multiple)) % multiple)]);
}

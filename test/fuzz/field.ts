import { putNumber } from "../support/elf-structures.ts";
import type { Random } from "./random.ts";

/** A number in a file, as its format describes it. */
export interface Field {
  /** Of what it is: "section header", "LC_SYMTAB". Each structure is changed as often as every other, however many fields it has. */
  readonly of: string;
  /** Offset in the file. */
  readonly at: number;
  readonly width: 1 | 2 | 4 | 8;
  readonly endian: "little" | "big";
}

/** The fields of a file, as far as they are inside it. */
export type FieldsOf = (bytes: Buffer) => readonly Field[];

/** Numbers at which readers go wrong: the ends of the common widths, of safe integers, and what is negative if it is signed. */
const interesting = [
  0n,
  1n,
  2n,
  4n,
  7n,
  8n,
  16n,
  0x7fn,
  0x80n,
  0xffn,
  0x7fffn,
  0xff00n,
  0xffffn,
  0x10000n,
  2n ** 24n,
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 32n - 1n,
  2n ** 32n,
  2n ** 32n + 1n,
  2n ** 53n - 1n,
  2n ** 53n,
  2n ** 53n + 1n,
  2n ** 63n - 1n,
  2n ** 63n,
  -16n,
  -8n,
  -1n,
] as const;

/** Sets one to three fields of one file to numbers that mean something there. */
export function withOddFields(bytes: Buffer, fieldsOf: FieldsOf, random: Random): Buffer {
  const fields = fieldsOf(bytes).filter(({ at, width }) => at >= 0 && at + width <= bytes.length);
  if (fields.length === 0) return bytes;
  const names = [...new Set(fields.map(({ of }) => of))];
  const kinds = names.map((name) => fields.filter(({ of }) => of === name));
  const out = Buffer.from(bytes);
  for (let left = 1 + random.below(3); left > 0; left--) {
    const field = random.pick(random.pick(kinds));
    const other = random.pick(random.pick(kinds));
    if (random.oneIn(8)) swap(out, field, other);
    else write(out, field, oddNumber(out, field, other, random));
  }
  return out;
}

function oddNumber(bytes: Buffer, field: Field, other: Field, random: Random): bigint {
  const own = read(bytes, field);
  const size = BigInt(bytes.length);
  switch (random.below(8)) {
    case 0:
    case 1:
      return random.pick(interesting);
    case 2:
      return own + random.pick([-8n, -1n, 1n, 2n, 8n]);
    case 3:
      return own ^ (1n << BigInt(random.below(field.width * 8)));
    case 4:
      // At the end of the file, past it, and what would make an offset and a length end there.
      return random.pick([size, size - 1n, size + 1n, size - own, size - BigInt(field.at), size * 2n]);
    case 5:
      // The value of a different field: tables overlap, entries lead to each other.
      return read(bytes, other) + random.pick([0n, 0n, 1n, -1n]);
    case 6:
      // Leads to itself.
      return BigInt(field.at) - random.pick([0n, 4n, 8n, BigInt(field.width)]);
    default:
      return BigInt(random.below(2 ** Math.min(field.width * 8, 32)));
  }
}

function swap(bytes: Buffer, one: Field, other: Field): void {
  const [first, second] = [read(bytes, one), read(bytes, other)];
  write(bytes, one, second);
  write(bytes, other, first);
}

function read(bytes: Buffer, { at, width, endian }: Field): bigint {
  const digits = Buffer.from(bytes.subarray(at, at + width));
  return BigInt(`0x${(endian === "big" ? digits : digits.reverse()).toString("hex")}`);
}

function write(bytes: Buffer, { at, width, endian }: Field, value: bigint): void {
  putNumber(bytes, at, width, value, endian);
}

/** What is done to a file without knowing its format: it is cut, extended, overwritten, and parts of it change places. */
export function withOddBytes(bytes: Buffer, other: Buffer, random: Random): Buffer {
  const { length } = bytes;
  if (length === 0) return Buffer.from(other);
  const at = random.below(length);
  const span = Math.min(random.pick([1, 4, 16, 64, 512, 4096, length]), length - at);
  switch (random.below(8)) {
    case 0:
      return Buffer.from(bytes.subarray(0, at));
    case 1:
      return Buffer.concat([bytes, random.oneIn(2) ? Buffer.alloc(span) : random.bytes(Math.min(span, 64))]);
    case 2: {
      const out = Buffer.from(bytes);
      for (let left = 1 + random.below(8); left > 0; left--)
        out.writeUInt8(random.below(256), random.below(length));
      return out;
    }
    case 3:
      return Buffer.from(bytes).fill(random.pick([0, 0xff, 0x80, 0x41]), at, at + span);
    case 4:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + span)]);
    case 5:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + span), bytes.subarray(at)]);
    case 6: {
      const out = Buffer.from(bytes);
      bytes.copy(out, random.below(length), at, at + span);
      return out;
    }
    default: {
      const from = random.below(other.length);
      return Buffer.concat([bytes.subarray(0, at), other.subarray(from)]);
    }
  }
}

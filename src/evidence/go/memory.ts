import type { AnyObject } from "../../object/any-object.ts";
import type { Pointer } from "../../object/object-file.ts";
import { known, unknown, type Fact } from "../fact.ts";

/*
 * How Go lays out values in memory; a word is as wide as an address.
 * string  { data pointer; length word }                  (Go: src/runtime/string.go, stringStruct)
 * slice   { data pointer; length word; capacity word }   (Go: src/runtime/slice.go, slice)
 */

/** Bytes in a word: 4 or 8. */
export function wordSizeOf({ bits }: Pick<AnyObject, "bits">): 4 | 8 {
  return bits === 64 ? 8 : 4;
}

/**
 * The plain number that stands at an address; a pointer is not read so but by `readPointer`.
 * @throws FormatError if nothing of the file is mapped there.
 */
export function readWord(object: AnyObject, address: bigint): Fact<bigint> {
  const size = wordSizeOf(object);
  const bytes = object.readAddress(address, size, "word");
  if (bytes.length < size) return unknown(`the word at ${hex(address)} is cut off`);
  return known(wordIn(object, bytes, 0), hex(address));
}

/** The word at an offset of bytes that are already read. The caller has made sure that they are there. */
export function wordIn({ bits, endian }: AnyObject, bytes: Buffer, at: number): bigint {
  const little = endian === "little";
  if (bits === 64) return little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at);
  return BigInt(little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
}

/**
 * The address in this same file that the pointer at `address` leads to, through its relocation or fixup; 0 for nil.
 * @throws FormatError if nothing of the file is mapped there.
 */
export function readPointer(object: AnyObject, address: bigint): Fact<bigint> {
  return pointedTo(object.pointerAt(address), address);
}

/** The same of the pointer that was found there. */
export function pointedTo(pointer: Pointer, address: bigint): Fact<bigint> {
  switch (pointer.kind) {
    case "plain":
      return known(pointer.value, hex(address));
    case "address":
      return known(pointer.address, hex(address));
    case "import":
      return unknown(`the pointer at ${hex(address)} points to ${pointer.symbol} in another file`);
    case "unknown":
      return unknown(`the pointer at ${hex(address)}: ${pointer.reason}`);
  }
}

/**
 * The bytes of the Go string whose header stands at `address`. Not more is read than the file has.
 * @param limit the most bytes wanted; a longer string is unknown.
 * @throws FormatError if nothing of the file is mapped there.
 */
export function readString(object: AnyObject, address: bigint, limit: number): Fact<Buffer> {
  const length = readWord(object, address + BigInt(wordSizeOf(object)));
  if (!length.known) return length;
  if (length.value === 0n) return known(Buffer.alloc(0), hex(address));
  if (length.value > BigInt(limit)) {
    return unknown(`the string at ${hex(address)} has ${length.value} bytes, more than ${limit}`);
  }
  const data = readPointer(object, address);
  if (!data.known) return data;
  const bytes = object.readAddress(data.value, Number(length.value), "string");
  if (bytes.length < Number(length.value)) return unknown(`the string at ${hex(data.value)} is cut off`);
  return known(bytes, hex(data.value));
}

/** An address as people read it: 0x1a2b. */
export function hex(address: bigint): string {
  return `0x${address.toString(16)}`;
}

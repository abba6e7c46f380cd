import type { AnyObject } from "../../object/any-object.ts";
import { known, unknown, type Fact } from "../fact.ts";
import { headerSize, type BuildInfoPlace } from "./build-info-place.ts";
import { hex, readPointer, readString, wordSizeOf } from "./memory.ts";

/** The two strings of the build info. */
export interface BuildInfoText {
  readonly version: string;
  /** Without the marks around it; empty for a program built outside any module. */
  readonly moduleInfo: string;
}

/** The longest text that is read, in bytes. 700 modules need some 64 KiB. */
const longestText = 4 * 2 ** 20;

/*
 * The header (Go: src/debug/buildinfo/buildinfo.go, readRawBuildInfo):
 *   0   "\xff Go buildinf:"
 *  14   u8 pointer size       of the pointers below
 *  15   u8 flags              1: big endian; 2: the strings follow the header
 *  16   two pointers to the headers of Go strings, version and module info: Go 1.13 to 1.17
 *  32   the two strings, each after its length as a varint: Go 1.18 and later
 */
const pointerSizeAt = 14;
const flagsAt = 15;
const pointersAt = 16;
const bigEndianFlag = 1;
const inlineFlag = 2;

/** @throws FormatError if nothing of the file is mapped at an address that it names. */
export function readBuildInfoText(
  object: AnyObject,
  { address, head: header, from }: BuildInfoPlace,
): Fact<BuildInfoText> {
  if (header.length < headerSize) return unknown(`the build info in ${from} is cut off`);
  const flags = header[flagsAt] ?? 0;
  if ((flags & inlineFlag) !== 0) {
    return inlineText(new Ahead(object, address, header), address + BigInt(headerSize), from);
  }
  const pointerSize = header[pointerSizeAt] ?? 0;
  const endian = (flags & bigEndianFlag) === 0 ? "little" : "big";
  if (pointerSize !== wordSizeOf(object) || endian !== object.endian) {
    return unknown(`the build info in ${from} does not match the file's architecture`);
  }
  const version = pointedText(object, address + BigInt(pointersAt));
  if (!version.known) return version;
  const moduleInfo = pointedText(object, address + BigInt(pointersAt + pointerSize));
  return moduleInfo.known ? textOf(version.value, moduleInfo.value, from) : moduleInfo;
}

/** Memory of which the beginning is read already. */
class Ahead {
  constructor(
    private readonly object: AnyObject,
    private readonly address: bigint,
    private readonly bytes: Buffer,
  ) {}

  /** As AnyObject.readAddress, from `address` on. */
  read(address: bigint, length: number, what: string): Buffer {
    const at = Number(address - this.address);
    return at + length <= this.bytes.length
      ? this.bytes.subarray(at, at + length)
      : this.object.readAddress(address, length, what);
  }
}

function inlineText(memory: Ahead, address: bigint, from: string): Fact<BuildInfoText> {
  const version = countedText(memory, address, from);
  if (!version.known) return version;
  const moduleInfo = countedText(memory, version.value.end, from);
  return moduleInfo.known ? textOf(version.value.bytes, moduleInfo.value.bytes, from) : moduleInfo;
}

function textOf(version: Buffer, moduleInfo: Buffer, from: string): Fact<BuildInfoText> {
  if (version.length === 0) return unknown(`the build info in ${from} names no Go version`);
  return known({ version: version.toString("utf8"), moduleInfo: unframe(moduleInfo).toString("utf8") }, from);
}

/** The string whose header's address stands at `address`; empty for nil. */
function pointedText(object: AnyObject, address: bigint): Fact<Buffer> {
  const header = readPointer(object, address);
  if (!header.known) return header;
  return header.value === 0n
    ? known(Buffer.alloc(0), hex(address))
    : readString(object, header.value, longestText);
}

/** Bytes of which each holds 7 bits of a number, lowest first, and whether another one follows (Go: src/encoding/binary/varint.go). */
const longestVarint = 10;

interface CountedText {
  readonly bytes: Buffer;
  /** The address behind it. */
  readonly end: bigint;
}

function countedText(memory: Ahead, address: bigint, from: string): Fact<CountedText> {
  const count = memory.read(address, longestVarint, "length of a string of the build info");
  let size = 0;
  let length = 0n;
  for (let byte = 0x80; byte >= 0x80; size += 1) {
    const next = count[size];
    if (next === undefined) return unknown(`a length in the build info in ${from} does not end`);
    byte = next;
    length |= BigInt(byte & 0x7f) << BigInt(7 * size);
  }
  if (length > BigInt(longestText)) {
    return unknown(`a string of the build info in ${from} has ${length} bytes, more than ${longestText}`);
  }
  const start = address + BigInt(size);
  if (length === 0n) return known({ bytes: Buffer.alloc(0), end: start }, from);
  const bytes = memory.read(start, Number(length), "string of the build info");
  if (bytes.length < Number(length)) return unknown(`a string of the build info in ${from} is cut off`);
  return known({ bytes, end: start + length }, from);
}

/** cmd/go puts the text between two marks of 16 bytes, before the second of which a line ends (cmd/go/internal/modload/build.go, infoStart). */
const markSize = 16;

/** Text without this frame is not module info: Go reads it as empty. */
function unframe(bytes: Buffer): Buffer {
  const isFramed = bytes.length > 2 * markSize && bytes[bytes.length - markSize - 1] === 0x0a;
  return isFramed ? bytes.subarray(markSize, -markSize) : Buffer.alloc(0);
}

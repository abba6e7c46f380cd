import { ArchiveError } from "./archive-error.ts";
import type { ByteStream } from "./byte-stream.ts";
import { longestPath } from "./limits.ts";

/** One entry of a tar archive, as POSIX (pax), GNU and the old format have it. */
export interface TarEntry {
  /** As it is written there. */
  readonly name: string;
  readonly kind: "file" | "folder" | "link" | "hard-link" | "fifo" | "device";
  /** Where a link leads, as it is written there. */
  readonly target: string;
  /** Length of a file in bytes. */
  readonly size: number;
  /** Where in the archive a file's bytes begin. */
  readonly offset: number;
}

const BLOCK = 512;

/** More bytes of extended headers before one entry are refused. */
const longestExtension = 2 ** 20;

/**
 * The entries in their order. While the loop has one, it may read its bytes from the stream.
 * @throws ArchiveError if the archive is broken or cut off, or has what is not read.
 */
export async function* tarEntries(stream: ByteStream): AsyncGenerator<TarEntry, void, undefined> {
  for (;;) {
    const entry = await nextEntry(stream);
    if (entry === undefined) return;
    yield entry;
    const end = entry.offset + Math.ceil(entry.size / BLOCK) * BLOCK;
    const left = end - stream.position;
    // Some writers leave out what fills up the last block.
    const needed = entry.offset + entry.size - stream.position;
    if ((await stream.skip(left)) < needed) throw cutOff(entry.name);
  }
}

/** What extended headers say about the entry behind them. */
interface Extension {
  name?: string;
  target?: string;
  size?: number;
}

async function nextEntry(stream: ByteStream): Promise<TarEntry | undefined> {
  const said: Extension = {};
  for (let isExtended = false, extent = 0; ;) {
    const block = await stream.read(BLOCK);
    if (block.length === 0 && !isExtended) return undefined;
    if (block.length < BLOCK) throw cutOff("a header");
    if (block.every((byte) => byte === 0)) {
      if (isExtended) throw cutOff("an entry");
      return undefined;
    }
    const header = parsed(block, stream.position - BLOCK);
    if (!"xgLK".includes(header.type)) return entryOf(header, said, stream.position);
    isExtended = true;
    extent += BLOCK + header.size;
    if (extent > longestExtension) {
      throw new ArchiveError(`an entry has more than ${longestExtension} bytes of extended headers`);
    }
    const body = Buffer.from(await stream.read(header.size));
    const fill = (BLOCK - (header.size % BLOCK)) % BLOCK;
    if (body.length < header.size || (await stream.skip(fill)) < fill) throw cutOff("an extended header");
    if (header.type === "L") said.name = untilNul(body);
    else if (header.type === "K") said.target = untilNul(body);
    else readPax(body, header.type === "g", said);
  }
}

interface Header {
  readonly name: string;
  readonly type: string;
  readonly target: string;
  readonly size: number;
}

function parsed(block: Buffer, at: number): Header {
  if (!isHeader(block) && at === 0) throw new ArchiveError("it does not begin as a tar archive does");
  if (!isHeader(block)) throw new ArchiveError(`the checksum of the header at offset ${at} is wrong`);
  // GNU's own format has other things where POSIX has the beginning of a long name.
  const isPosix = block.toString("latin1", 257, 263) === "ustar\0";
  const prefix = isPosix ? untilNul(block.subarray(345, 500)) : "";
  const name = untilNul(block.subarray(0, 100));
  return {
    name: prefix === "" ? name : `${prefix}/${name}`,
    type: block.toString("latin1", 156, 157),
    target: untilNul(block.subarray(157, 257)),
    size: numberIn(block.subarray(124, 136), at),
  };
}

/** Whether it is one by its checksum: the sum of its bytes, or of its signed bytes, as some old programs have it. */
export function isHeader(block: Buffer): boolean {
  const text = block.toString("latin1", 148, 156);
  const [, digits] = /^ *([0-7]+)[\0 ]/.exec(text) ?? [];
  if (block.length < BLOCK || digits === undefined) return false;
  const sum = parseInt(digits, 8);
  let unsigned = 0;
  let signed = 0;
  for (let at = 0; at < BLOCK; at++) {
    const byte = at >= 148 && at < 156 ? 0x20 : (block[at] ?? 0);
    unsigned += byte;
    signed += byte < 128 ? byte : byte - 256;
  }
  return sum === unsigned || sum === signed;
}

/** Octal, or of base 256 if the highest bit is set. */
function numberIn(field: Buffer, at: number): number {
  const [first = 0] = field;
  const value = (first & 0x80) === 0 ? octal(field) : Number(BigInt(`0x${field.toString("hex")}`) & mask);
  if (Number.isSafeInteger(value) && first !== 0xff) return value;
  throw new ArchiveError(`the size in the header at offset ${at} is not a size`);
}

const mask = (1n << 95n) - 1n;

function octal(field: Buffer): number {
  const [, digits] = /^ *([0-7]*)[\0 ]*$/.exec(field.toString("latin1")) ?? [];
  if (digits === undefined) return NaN;
  return digits === "" ? 0 : parseInt(digits, 8);
}

function untilNul(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString("utf8", 0, end === -1 ? bytes.length : end);
}

/** POSIX, pax Extended Header: records of `LENGTH KEY=VALUE\n`. */
function readPax(body: Buffer, isGlobal: boolean, said: Extension): void {
  for (let at = 0; at < body.length;) {
    const space = body.indexOf(0x20, at);
    const length = space === -1 ? NaN : decimal(body.toString("latin1", at, space));
    const end = at + length;
    if (!(end <= body.length) || body[end - 1] !== 0x0a || end <= space) throw badPax();
    const record = body.toString("utf8", space + 1, end - 1);
    const equals = record.indexOf("=");
    if (equals < 1) throw badPax();
    take(record.slice(0, equals), record.slice(equals + 1), isGlobal, said);
    at = end;
  }
}

function take(key: string, value: string, isGlobal: boolean, said: Extension): void {
  if (key.startsWith("GNU.sparse.")) throw sparse();
  if (key !== "path" && key !== "linkpath" && key !== "size") return;
  if (isGlobal) throw new ArchiveError(`a global extended header has one ${key} for all entries`);
  if (value.includes("\0")) throw new ArchiveError("a name contains a NUL");
  if (key === "path") said.name = value;
  else if (key === "linkpath") said.target = value;
  else {
    said.size = decimal(value);
    if (!Number.isSafeInteger(said.size)) throw badPax();
  }
}

function decimal(text: string): number {
  return /^[0-9]{1,16}$/.test(text) ? Number(text) : NaN;
}

function badPax(): ArchiveError {
  return new ArchiveError("an extended header is not one of pax");
}

function sparse(): ArchiveError {
  return new ArchiveError("it has sparse files, which are not read", [
    "Write the archive without --sparse (-S).",
  ]);
}

function entryOf(header: Header, said: Extension, offset: number): TarEntry {
  const { name = header.name, target = header.target, size = header.size } = said;
  for (const text of [name, target]) {
    if (Buffer.byteLength(text) > longestPath) {
      throw new ArchiveError(`a name is longer than ${longestPath} bytes`);
    }
  }
  const kind = kindOf(header.type, name);
  return { name, kind, target, size: kind === "file" ? size : 0, offset };
}

function kindOf(type: string, name: string): TarEntry["kind"] {
  switch (type) {
    case "0":
    case "7":
      return "file";
    case "\0":
      return name.endsWith("/") ? "folder" : "file";
    case "1":
      return "hard-link";
    case "2":
      return "link";
    case "3":
    case "4":
      return "device";
    case "5":
      return "folder";
    case "6":
      return "fifo";
    case "S":
      throw sparse();
    default:
      throw new ArchiveError(`${JSON.stringify(name)} is of the unknown type ${JSON.stringify(type)}`);
  }
}

function cutOff(what: string): ArchiveError {
  return new ArchiveError(`it is cut off in ${JSON.stringify(what)}`);
}

import type { AnyObject } from "../../object/any-object.ts";
import { known, unknown, type Fact } from "../fact.ts";
import { guarded } from "../guarded.ts";
import { fieldsOf } from "./function-table.ts";
import { hex, pointedTo, readPointer, readWord, wordIn, wordSizeOf } from "./memory.ts";
import { findModuledata, type ModuledataLayout } from "./moduledata.ts";
import type { GoPluginTable } from "./plugin-table.ts";

/*
 * What the runtime reads of a plugin's module data when plugin.Open registers it, beside the package hashes and the function table, in
 * its order (Go: src/runtime/plugin.go, plugin_lastmoduleinit):
 *   bad, typemap, modulehashes, next    zero in every file that the linker wrote
 *   gcdata and gcbss                    programs that write a bit for each word of data and bss (src/runtime/mbitmap.go, runGCProg)
 *   typelinks                           offsets of types from `types` (src/runtime/type.go, typelinksinit)
 *   itablinks                           pointers to itabs (src/runtime/iface.go, itabAdd)
 *   ptab                                offsets of name and type of each exported name (resolveNameOff, resolveTypeOff)
 *   inittasks, since Go 1.21            pointers to tasks (src/runtime/proc.go, doInit1)
 * Go 1.27 has no slices of links: the descriptors of the types stand behind `types`, the itabs at an offset from it.
 */

/** Where the tables are, in words: from pkghashes on, but those of the types. */
const ptabAt = -5;
const itablinksAt = -8;
const typelinksAt = -11;
const inittasksAt = 3;

/** Since when moduledata has the slice inittasks; a release without has its modulename there. */
const firstWithInittasks = 21;
/** Since when types and itabs are found without slices of links. */
const firstWithoutLinks = 27;

/** The first thing that surely ends the host, if all in front of it is sound. */
export interface OpeningFault {
  /** What of an exported name lies behind the types. */
  readonly outside: "name" | "type";
  readonly index: number;
  readonly found: bigint;
  readonly end: bigint;
}

/** More than any program has. */
const mostLinks = 2 ** 20;
const longestProgram = 2 ** 20;
const shortProgram = 2 ** 12;

/** Of abi.Type: size and ptrdata, then hash u32, tflag u8, align u8, fieldAlign u8, kind u8 (Go: src/internal/abi/type.go). */
const typeHead = (wordSize: number): number => 2 * wordSize + 8;
const lastKind = 26;

class Opening {
  readonly wordSize: 4 | 8;
  readonly from: bigint;
  readonly to: bigint;

  constructor(
    readonly object: AnyObject,
    readonly moduledata: bigint,
    [from, to]: readonly [bigint, bigint],
  ) {
    this.wordSize = wordSizeOf(object);
    this.from = from;
    this.to = to;
  }

  pointer(word: number): bigint {
    return sure(readPointer(this.object, this.address(word)));
  }

  number(word: number): bigint {
    return sure(readWord(this.object, this.address(word)));
  }

  address(word: number): bigint {
    return this.moduledata + BigInt(word * this.wordSize);
  }

  u32(bytes: Buffer, at: number): number {
    return this.object.endian === "little" ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  }

  /** All the bytes, which must be in the file. */
  bytes(address: bigint, length: number, what: string): Buffer {
    const bytes = this.object.readAddress(address, length, what);
    if (bytes.length < length) throw new Doubt(`${what} at ${hex(address)} is cut off`);
    return bytes;
  }

  /** The data and the length of a slice. */
  slice(word: number, what: string): { readonly data: bigint; readonly count: number } {
    const count = this.number(word + 1);
    if (count > mostLinks) throw new Doubt(`it counts ${count} ${what}`);
    return { data: count === 0n ? 0n : this.pointer(word), count: Number(count) };
  }

  /** A pointer that leads into this file, or is bound to another one; undefined for the latter. */
  lead(address: bigint, what: string): bigint | undefined {
    const pointer = this.object.pointerAt(address);
    if (pointer.kind === "import") return undefined;
    const to = sure(pointedTo(pointer, address));
    if (to === 0n) throw new Doubt(`${what} at ${hex(address)} is nil`);
    return to;
  }

  /** A type begins with what every type has. */
  checkType(address: bigint): void {
    const { wordSize } = this;
    const size = typeHead(wordSize);
    if (address % BigInt(wordSize) !== 0n || address < this.from || address + BigInt(size) > this.to)
      throw new Doubt(`a type is said to be at ${hex(address)}`);
    const bytes = this.bytes(address, size, "type");
    const kind = (bytes[size - 1] ?? 0) & 31;
    if (kind === 0 || kind > lastKind) throw new Doubt(`there is no type at ${hex(address)}`);
    if (wordIn(this.object, bytes, wordSize) > wordIn(this.object, bytes, 0))
      throw new Doubt(`there is no type at ${hex(address)}`);
  }
}

/** Why a table is not sound; it is only thrown inside this file. */
class Doubt extends Error {}

function sure<T>(fact: Fact<T>): T {
  if (!fact.known) throw new Doubt(fact.why);
  return fact.value;
}

/**
 * Whether the tables are as the linker writes them. Unknown with the first that is not: what a host does that follows a wrong pointer
 * depends on what is in its memory.
 */
export function readOpeningTables(
  object: AnyObject,
  table: GoPluginTable,
  layout: ModuledataLayout,
): Fact<OpeningFault | "sound"> {
  return guarded(() => {
    try {
      return known(checkTables(object, table, layout), "moduledata");
    } catch (error) {
      if (error instanceof Doubt) return unknown(error.message);
      throw error;
    }
  });
}

function checkTables(
  object: AnyObject,
  { packageHashesAt: hashes }: GoPluginTable,
  layout: ModuledataLayout,
): OpeningFault | "sound" {
  const { firstCode, types } = fieldsOf(layout);
  const minor = Number(layout.from.slice("go1.".length));
  const hasTasks = minor >= firstWithInittasks;
  const moduledata = sure(findModuledata(object));
  const range = types.map((word) =>
    sure(readPointer(object, moduledata + BigInt(word * wordSizeOf(object)))),
  );
  const opening = new Opening(object, moduledata, [range[0] ?? 0n, range[1] ?? 0n]);
  checkUnset(opening, hashes + (hasTasks ? 8 : 5), layout.size);
  const [data, bss] = [firstCode + 6, firstCode + 8];
  checkProgram(opening, types[0] - 2, data, "data");
  checkProgram(opening, types[0] - 1, bss, "bss");
  if (minor >= firstWithoutLinks) checkInline(opening, types[0]);
  else {
    checkTypelinks(opening, hashes + typelinksAt);
    checkItablinks(opening, hashes + itablinksAt);
  }
  const fault = exportFault(opening, hashes + ptabAt);
  if (fault === undefined && hasTasks) checkTasks(opening, hashes + inittasksAt, firstCode + 2);
  return fault ?? "sound";
}

/** What only a running program writes, and the hashes of shared libraries, which no plugin has. */
function checkUnset(opening: Opening, from: number, to: number): void {
  const { wordSize, object } = opening;
  const bytes = opening.bytes(opening.address(from), (to - from) * wordSize, "end of the module data");
  for (let at = 0; at < bytes.length; at += wordSize) {
    if (wordIn(object, bytes, at) !== 0n)
      throw new Doubt(`word ${from + at / wordSize} of its module data is set before it is loaded`);
  }
}

/** Instructions of a program: 0 ends it; 1 to 127 bits follow; 0x80 and more repeats the last bits so many times. */
function checkProgram(opening: Opening, word: number, range: number, what: string): void {
  const [from, to] = [opening.pointer(range), opening.pointer(range + 1)];
  if (to < from) throw new Doubt(`its ${what} ends at ${hex(to)}, before it begins`);
  const place = opening.pointer(word);
  const bits = bitsWritten(opening.object, place, `pointer map of ${what}`);
  // A byte is the least that is written.
  const room = Math.ceil(Math.floor(Number(to - from) / opening.wordSize) / 8) * 8;
  if (bits === undefined || bits > room)
    throw new Doubt(`its pointer map of ${what} at ${hex(place)} is not one of ${to - from} bytes`);
}

/** Most programs are short: it is read as far as it goes. */
function bitsWritten(object: AnyObject, place: bigint, what: string): number | undefined {
  for (let length = shortProgram; ; length = Math.min(length * 16, longestProgram)) {
    const bytes = object.readAddress(place, length, what);
    const bits = bitsOf(bytes);
    if (bits !== undefined || bytes.length < length || length === longestProgram) return bits;
  }
}

/** How many bits a program writes; undefined if it does not end. */
function bitsOf(bytes: Buffer): number | undefined {
  let at = 0;
  let bits = 0;
  const number = (): number => {
    for (let value = 0, shift = 0; at < bytes.length && shift < 49; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if ((byte & 0x80) === 0) return value;
    }
    return Number.NaN;
  };
  while (at < bytes.length) {
    const instruction = bytes[at++] ?? 0;
    const count = instruction & 0x7f;
    if (instruction === 0) return bits;
    if ((instruction & 0x80) === 0) {
      at += Math.ceil(count / 8);
      bits += count;
      continue;
    }
    const pattern = count === 0 ? number() : count;
    if (pattern > bits) return undefined;
    bits += pattern * number();
    if (!Number.isSafeInteger(bits)) return undefined;
  }
  return undefined;
}

function checkTypelinks(opening: Opening, word: number): void {
  const { data, count } = opening.slice(word, "types");
  if (count === 0) return;
  const bytes = opening.bytes(data, count * 4, "type links");
  const most = opening.to - opening.from - BigInt(typeHead(opening.wordSize));
  for (let at = 0; at < bytes.length; at += 4) {
    const offset = opening.u32(bytes, at);
    if (offset > most || offset % opening.wordSize !== 0)
      throw new Doubt(`a link at ${hex(data + BigInt(at))} leads to no type`);
  }
  // All of them would be the whole of the types.
  for (const at of [0, bytes.length - 4]) opening.checkType(opening.from + BigInt(opening.u32(bytes, at)));
}

function checkItablinks(opening: Opening, word: number): void {
  const { data, count } = opening.slice(word, "itabs");
  for (let index = 0; index < count; index++) {
    const itab = opening.lead(data + BigInt(index * opening.wordSize), "itab link");
    if (itab !== undefined) checkItab(opening, itab);
  }
}

/** An itab begins with its interface and its type, whose hashes are read. */
function checkItab(opening: Opening, itab: bigint): void {
  for (const part of [0, opening.wordSize]) {
    const type = opening.lead(itab + BigInt(part), "itab");
    if (type !== undefined) opening.checkType(type);
  }
}

/** From Go 1.27 on: length of the types' descriptors, and offset and length of the itabs, around etypes. */
function checkInline(opening: Opening, types: number): void {
  const length = opening.number(types + 1);
  const itabs = opening.number(types + 3);
  const itabsLength = opening.number(types + 4);
  const all = opening.to - opening.from;
  if (length > itabs || itabs + itabsLength > all)
    throw new Doubt(
      `its types of ${length} bytes and itabs of ${itabsLength} at +${hex(itabs)} do not go together`,
    );
  if (length > opening.wordSize) opening.checkType(opening.from + BigInt(opening.wordSize));
  if (itabsLength > 0n) checkItab(opening, opening.from + itabs);
}

/** An entry has two i32. A name is a byte of flags, its length, and its text (Go: src/internal/abi/type.go, Name). */
function exportFault(opening: Opening, word: number): OpeningFault | undefined {
  const { data, count } = opening.slice(word, "exported names");
  if (count === 0) return undefined;
  const { from, to } = opening;
  const bytes = opening.bytes(data, count * 8, "table of exported names");
  for (let index = 0; index < count; index++) {
    const entry = data + BigInt(index * 8);
    // A pointer is another number once the file is loaded.
    if ([entry, entry + 4n].some((at) => opening.object.pointerAt(at).kind !== "plain"))
      throw new Doubt(`there is no exported name at ${hex(entry)}`);
    for (const outside of ["name", "type"] as const) {
      const offset = opening.u32(bytes, index * 8 + (outside === "name" ? 0 : 4)) | 0;
      const found = from + BigInt(offset);
      if (offset > 0 && found > to) return { outside, index, found, end: to };
      if (offset <= 0) throw new Doubt(`exported name ${index} has no ${outside}`);
      if (outside === "type") opening.checkType(found);
      else checkName(opening, found);
    }
  }
  return undefined;
}

const exportedIdentifier = /^\p{Lu}[\p{L}_\p{Nd}]*$/u;
const longestName = 1024;

function checkName(opening: Opening, address: bigint): void {
  const bytes = opening.object.readAddress(address, longestName, "exported name");
  const [flags = 0, first = 0, second = 0] = bytes;
  // Up to Go 1.16 the length has two bytes, the high one first; since then 7 bits in each, the low ones first.
  let [length, start] = [first, 2];
  if (first === 0) [length, start] = [second, 3];
  else if (first > 0x7f) [length, start] = [(first & 0x7f) + second * 0x80, 3];
  const text = bytes.subarray(start, start + length).toString("utf8");
  if ((flags & 1) === 0 || !exportedIdentifier.test(text))
    throw new Doubt(`there is no exported name at ${hex(address)}`);
}

/** A task has its state u32, the count of its functions u32, and a pointer to each. */
function checkTasks(opening: Opening, word: number, text: number): void {
  const { data, count } = opening.slice(word, "init tasks");
  const [from, to] = [opening.pointer(text), opening.pointer(text + 1)];
  for (let index = 0; index < count; index++) {
    const task = opening.lead(data + BigInt(index * opening.wordSize), "init task");
    if (task === undefined) continue;
    const head = opening.bytes(task, 8, "init task");
    const functions = opening.u32(head, 4);
    if (opening.u32(head, 0) !== 0 || functions === 0 || functions > mostLinks)
      throw new Doubt(`there is no init task at ${hex(task)}`);
    for (let at = 0; at < functions; at++) {
      const place = task + BigInt(8 + at * opening.wordSize);
      const code = opening.lead(place, "init function");
      if (code !== undefined && (code < from || code >= to))
        throw new Doubt(`the init function at ${hex(place)} is outside of its code`);
    }
  }
}

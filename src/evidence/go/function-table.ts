import type { AnyObject } from "../../object/any-object.ts";
import { known, unknown, type Fact } from "../fact.ts";
import { guarded } from "../guarded.ts";
import { hex, readPointer, readWord, wordIn, wordSizeOf } from "./memory.ts";
import { findModuledata, type ModuledataLayout } from "./moduledata.ts";
import type { GoPluginTable } from "./plugin-table.ts";

/*
 * The function table of a module, which the runtime checks when a plugin registers (Go: src/runtime/plugin.go, pluginftabverify;
 * src/runtime/symtab.go, moduledataverify1). Its header begins with
 *   magic u32; two zero bytes; the smallest instruction u8; the size of a pointer u8
 * and before Go 1.26 it has at word 3 the address of the text. An entry is where a function begins and where its data are: two words up to
 * Go 1.17, since then two u32, the first counted from the text. The last entry is the end of the text.
 */

/** Offsets in moduledata, in words, in a run of Go releases. */
interface FunctionFields {
  /** The slice of functions. */
  readonly functions: number;
  /** First and last code address; the addresses of the text follow, those of data and bss stand 6 and 8 words behind. */
  readonly firstCode: number;
  /** First and last address of types. */
  readonly types: readonly [number, number];
  /** What the header begins with. */
  readonly magic: number;
  /** How an entry says where its function begins. */
  readonly entry: "address" | "offset";
  /** Whether the header repeats the address of the text. */
  readonly textInHeader: boolean;
  /** The count of text sections stands so many words before pkghashes: with several an offset is not that from the text. */
  readonly textSectionsBefore: number;
}

const firstFunctions = 3;
const first = {
  functions: firstFunctions,
  firstCode: 10,
  types: [25, 26],
  magic: 0xfffffffb,
  entry: "address",
} as const;
const offsets = { functions: 16, firstCode: 20, entry: "offset", textSectionsBefore: 13 } as const;
const none = { textInHeader: false, textSectionsBefore: 0 } as const;

/** By the first release of a layout (src/runtime/symtab.go of each). */
const allFields = {
  "go1.8": { ...first, ...none },
  "go1.10": { ...first, ...none },
  "go1.16": { ...first, ...none, functions: 16, firstCode: 20, types: [35, 36], magic: 0xfffffffa },
  "go1.18": { ...offsets, types: [35, 36], magic: 0xfffffff0, textInHeader: true },
  "go1.20": { ...offsets, types: [37, 38], magic: 0xfffffff1, textInHeader: true },
  "go1.21": { ...offsets, types: [37, 38], magic: 0xfffffff1, textInHeader: true },
  "go1.23": { ...offsets, types: [37, 38], magic: 0xfffffff1, textInHeader: true },
  "go1.26": { ...offsets, types: [37, 38], magic: 0xfffffff1, textInHeader: false },
  "go1.27": { ...offsets, types: [37, 39], magic: 0xfffffff1, textInHeader: false, textSectionsBefore: 7 },
} as const satisfies Readonly<Record<ModuledataLayout["from"], FunctionFields>>;

/** Every layout that is known has them. */
export function fieldsOf({ from }: ModuledataLayout): FunctionFields {
  return allFields[from];
}

/** The smallest instruction in bytes, by processor (Go: src/internal/goarch, PCQuantum). */
const smallestInstruction: Readonly<Record<string, number>> = { x86: 1, x86_64: 1, s390x: 2 };

/** The first check of the runtime that fails. */
export type FunctionTableFault =
  /** A function lies outside of the code. */
  | {
      readonly check: "outside";
      readonly found: bigint;
      readonly from: bigint;
      readonly to: bigint;
      /** Whether the runtime can name all such functions, which it does before it ends: otherwise it fails at that. */
      readonly areNamed: boolean;
    }
  /** Bytes of the header. */
  | { readonly check: "header"; readonly found: string; readonly expected: string }
  /** A function begins before the one in front of it. */
  | { readonly check: "order"; readonly index: number }
  /** The functions do not begin or end where the code does. */
  | { readonly check: "ends"; readonly found: string; readonly expected: string };

/** More than any program has. */
const mostFunctions = 2 ** 21;

/**
 * What the runtime of the plugin's own release finds wrong in its function table; "sound" if nothing. Unknown if the module's ranges are not in the file, so that the runtime may take them for those of another module.
 */
export function readFunctionTable(
  object: AnyObject,
  table: GoPluginTable,
  layout: ModuledataLayout,
): Fact<FunctionTableFault | "sound"> {
  return guarded(() => {
    const fields = fieldsOf(layout);
    const moduledata = findModuledata(object);
    if (!moduledata.known) return moduledata;
    const address = (word: number): bigint => moduledata.value + BigInt(word * wordSizeOf(object));
    const pointers = (...words: readonly number[]): Fact<readonly bigint[]> =>
      every(words.map((word) => readPointer(object, address(word))));
    const numbers = (...words: readonly number[]): Fact<readonly bigint[]> =>
      every(words.map((word) => readWord(object, address(word))));

    const { functions, firstCode: code } = fields;
    const ranges = pointers(code + 2, code + 3, code + 6, code + 7, code + 8, code + 9, ...fields.types);
    if (!ranges.known) return ranges;
    const stray = ranges.value.find((one) => !isMapped(object, one));
    if (stray !== undefined)
      return unknown(`its ranges have the address ${hex(stray)}, which the file does not map`);

    const [firstType = 0n, lastType = 0n] = ranges.value.slice(-2);
    if (lastType <= firstType)
      return unknown(`its types end at ${hex(lastType)}, where they begin or before`);

    const found = pointers(0, functions, code, code + 1, code + 2);
    if (!found.known) return found;
    const counts = numbers(functions + 1, table.packageHashesAt - fields.textSectionsBefore);
    if (!counts.known) return counts;
    const [header = 0n, entries = 0n, from = 0n, to = 0n, text = 0n] = found.value;
    const [count = 0n, textSections = 0n] = counts.value;
    if (fields.entry === "offset" && textSections > 1n)
      return unknown(`it has ${textSections} text sections`);
    if (count === 0n || count > mostFunctions) return unknown(`it counts ${count} functions`);
    const place = { entries, count: Number(count), text };
    if (fields.entry === "offset" && areOrdered(object, place, from, to)) {
      const wrongHeader = headerFault(object, fields, header, text);
      return wrongHeader.known && wrongHeader.value === "sound" ? known("sound", hex(entries)) : wrongHeader;
    }
    const begins = readBegins(object, fields, place);
    if (!begins.known) return begins;
    const areOutside = [...begins.value.keys()].filter((index) => isOutside(begins.value[index], from, to));
    const [outside] = areOutside;
    if (outside !== undefined) {
      const areNamed = areOutside.every((index) => isNamed(object, moduledata.value, fields, entries, index));
      return known(
        { check: "outside", found: begins.value[outside] ?? 0n, from, to, areNamed },
        hex(entries),
      );
    }
    const wrongHeader = headerFault(object, fields, header, text);
    if (!wrongHeader.known || wrongHeader.value !== "sound") return wrongHeader;
    return known(orderFault(begins.value, from, to) ?? "sound", hex(entries));
  });
}

/**
 * Of a release newer than all that are known, the places of the tables are unknown, but not that of the header: it is the first word of
 * module data in every release. One that begins as they all do is taken for a newer one; anything else is unknown.
 */
export function checkNewerHeader(object: AnyObject): Fact<FunctionTableFault | "newer"> {
  return guarded(() => {
    const moduledata = findModuledata(object);
    if (!moduledata.known) return moduledata;
    const header = readPointer(object, moduledata.value);
    if (!header.known) return header;
    for (const { magic } of Object.values(allFields)) {
      const found = headerFault(object, { magic, textInHeader: false }, header.value, 0n);
      if (!found.known) return found;
      if (found.value === "sound") return known("newer", hex(header.value));
    }
    return unknown(`its header at ${hex(header.value)} is of no Go release that is known`);
  });
}

function every<T>(facts: readonly Fact<T>[]): Fact<readonly T[]> {
  const values: T[] = [];
  for (const fact of facts) {
    if (!fact.known) return fact;
    values.push(fact.value);
  }
  return known(values, "moduledata");
}

/** Also the end of a segment counts. */
function isMapped({ segments }: AnyObject, address: bigint): boolean {
  return segments.some((one) => address >= one.address && address <= one.address + one.memorySize);
}

/** Where the entries are, and what their offsets are counted from. */
interface EntryTable {
  readonly entries: bigint;
  readonly count: number;
  readonly text: bigint;
}

/** Beyond this address a sum could wrap around. */
const farAway = 2n ** 62n;

/**
 * Whether all functions begin in the code, one behind the other, the first where it begins and the last where it ends. Programs have
 * thousands of them, and almost every one is in order: only if one is not is it worth a look at each.
 */
function areOrdered(
  object: AnyObject,
  { entries, count, text }: EntryTable,
  from: bigint,
  to: bigint,
): boolean {
  if (text >= farAway || from >= farAway || to >= farAway) return false;
  const bytes = object.readAddress(entries, count * 8, "function table");
  if (bytes.length < count * 8) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const isLittle = object.endian === "little";
  let before = Number(from - text);
  if (view.getUint32(0, isLittle) !== before) return false;
  for (let at = 0; at < bytes.length; at += 8) {
    const offset = view.getUint32(at, isLittle);
    if (offset < before) return false;
    before = offset;
  }
  return before === Number(to - text);
}

/** Where each function begins, and at the end where the last one ends. */
function readBegins(
  object: AnyObject,
  { entry }: FunctionFields,
  { entries, count, text }: EntryTable,
): Fact<readonly bigint[]> {
  const wordSize = wordSizeOf(object);
  if (entry === "address") {
    const begins: bigint[] = [];
    for (let index = 0; index < count; index++) {
      const begin = readPointer(object, entries + BigInt(2 * wordSize * index));
      if (!begin.known) return begin;
      begins.push(begin.value);
    }
    return known(begins, hex(entries));
  }
  const bytes = object.readAddress(entries, count * 8, "function table");
  if (bytes.length < count * 8) return unknown(`the function table at ${hex(entries)} is cut off`);
  const isLittle = object.endian === "little";
  const offset = (at: number): number => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  return known(
    Array.from({ length: count }, (_, index) => text + BigInt(offset(index * 8))),
    hex(entries),
  );
}

/** The file is mapped at an address to which a negative one is added. */
function isOutside(begin: bigint | undefined, from: bigint, to: bigint): boolean {
  const signed = (address: bigint): bigint => BigInt.asIntN(64, address);
  return begin !== undefined && (signed(begin) < signed(from) || signed(begin) > signed(to));
}

/**
 * Whether the data of a function and its name lie in the tables for them. The data begin with where the function does, as wide as in the
 * entry, and the place of its name, i32 (Go: src/runtime/runtime2.go, _func).
 */
function isNamed(
  object: AnyObject,
  moduledata: bigint,
  { entry, functions }: FunctionFields,
  entries: bigint,
  index: number,
): boolean {
  const wordSize = wordSizeOf(object);
  const width = entry === "offset" ? 4 : wordSize;
  const number = (address: bigint, size: number): bigint => {
    const bytes = object.readAddress(address, size, "function");
    if (bytes.length < size) return -1n;
    if (size === wordSize) return wordIn(object, bytes, 0);
    return BigInt(object.endian === "little" ? bytes.readUInt32LE(0) : bytes.readUInt32BE(0));
  };
  const word = (at: number): bigint => moduledata + BigInt(at * wordSize);
  const found = guarded(() => {
    // The data stand in the slice in front of that of the functions, the names since Go 1.16 in the first one.
    const data = readPointer(object, word(functions - 3));
    const length = number(word(functions - 2), wordSize);
    const place = number(entries + BigInt((2 * index + 1) * width), width);
    if (!data.known) return data;
    const name = place < length ? number(data.value + place + BigInt(width), 4) : -1n;
    const names = number(word(functions === firstFunctions ? functions - 2 : 2), wordSize);
    return known(place >= 0n && name >= 0n && name < names, "function table");
  });
  return found.known && found.value;
}

function headerFault(
  object: AnyObject,
  { magic, textInHeader }: Pick<FunctionFields, "magic" | "textInHeader">,
  header: bigint,
  text: bigint,
): Fact<FunctionTableFault | "sound"> {
  const bytes = object.readAddress(header, 8, "function table header");
  if (bytes.length < 8) return unknown(`the function table header at ${hex(header)} is cut off`);
  const wanted = Buffer.alloc(8);
  if (object.endian === "little") wanted.writeUInt32LE(magic);
  else wanted.writeUInt32BE(magic);
  wanted[6] = smallestInstruction[object.arch] ?? 4;
  wanted[7] = wordSizeOf(object);
  if (!bytes.equals(wanted)) {
    return known(
      { check: "header", found: bytes.toString("hex"), expected: wanted.toString("hex") },
      hex(header),
    );
  }
  if (!textInHeader) return known("sound", hex(header));
  const place = header + BigInt(8 + 2 * wordSizeOf(object));
  const said = readPointer(object, place);
  if (!said.known || said.value === text) return said.known ? known("sound", hex(place)) : said;
  return known(
    { check: "header", found: `text at ${hex(said.value)}`, expected: `text at ${hex(text)}` },
    hex(place),
  );
}

function orderFault(begins: readonly bigint[], from: bigint, to: bigint): FunctionTableFault | undefined {
  const index = begins.findIndex((begin, at) => begin < (begins[at - 1] ?? begin));
  if (index !== -1) return { check: "order", index };
  const ends = [begins[0] ?? from, begins.at(-1) ?? to] as const;
  if (ends[0] === from && ends[1] === to) return undefined;
  const range = (one: bigint, other: bigint): string => `${hex(one)} to ${hex(other)}`;
  return { check: "ends", found: range(...ends), expected: range(from, to) };
}

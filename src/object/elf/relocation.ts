import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";
import type { FileRange } from "./address-map.ts";
import {
  DT_JMPREL,
  DT_PLTREL,
  DT_PLTRELSZ,
  DT_REL,
  DT_RELA,
  DT_RELAENT,
  DT_RELASZ,
  DT_RELENT,
  DT_RELSZ,
  EM_MIPS,
} from "./constants.ts";
import type { DynamicTable } from "./dynamic.ts";
import type { Encoding } from "./encoding.ts";
import { readChunks } from "./table.ts";

/** One dynamic relocation (gABI 4, "Relocation"): what a loader does to the word at `address`. */
export interface Relocation {
  readonly table: "RELA" | "REL" | "RELR" | "JMPREL";
  /** r_offset: a virtual address in a linked file. */
  readonly address: bigint;
  /** The machine's own number; undefined only for RELR on a machine whose relative type this reader does not know. */
  readonly type: number | undefined;
  /** Index in the dynamic symbol table; 0 for none. */
  readonly symbolIndex: number;
  /** r_addend; undefined when it is the word in place (REL, RELR). */
  readonly addend: bigint | undefined;
}

/** A table up to this length stays in memory once an address was looked up in it. */
const KEPT = 2 ** 26;
const CHUNK_ENTRIES = 2 ** 15;
/** After so many look-ups by running through the table, it is sorted. */
const SCANS = 8;

interface Shape {
  readonly range: FileRange;
  readonly table: Relocation["table"];
  /** Whether the addend is in the entry. */
  readonly explicit: boolean;
  readonly encoding: Encoding;
  readonly machine: number;
}

/** DT_RELA, DT_REL or DT_JMPREL: a table of entries in no order that can be relied on. */
export class RelocationTable {
  readonly entrySize: number;
  #kept: Buffer | undefined;
  #scans = 0;
  #sorted: SortedAddresses | undefined;

  constructor(readonly shape: Shape) {
    this.entrySize = entrySizeOf(shape.encoding, shape.explicit);
  }

  get count(): number {
    return Math.floor(this.shape.range.size / this.entrySize);
  }

  /** All entries in order; memory does not grow with the table. */
  *entries(): Generator<Relocation, void, undefined> {
    for (const bytes of this.#chunks()) {
      for (let at = 0; at + this.entrySize <= bytes.length; at += this.entrySize)
        yield this.#decode(bytes, at);
    }
  }

  /**
   * The symbol index, the type and the address (rounded above 2^53) of every entry, in order. No object is made of any: a table may
   * have millions.
   */
  each(visit: (symbolIndex: number, type: number, address: number) => void): void {
    const { encoding, machine } = this.shape;
    const { wordSize } = encoding;
    for (const bytes of this.#chunks()) {
      for (let at = 0; at + this.entrySize <= bytes.length; at += this.entrySize) {
        const info = at + wordSize;
        const symbolIndex = symbolOf(encoding, machine, bytes, info);
        visit(symbolIndex, typeOf(encoding, machine, bytes, info), encoding.roundedWord(bytes, at));
      }
    }
  }

  /** The greatest symbol index that an entry names. */
  lastSymbol(): number {
    let last = 0;
    this.each((symbolIndex) => {
      if (symbolIndex > last) last = symbolIndex;
    });
    return last;
  }

  /** The entries for one address. */
  find(address: bigint): readonly Relocation[] {
    if (this.shape.range.size > KEPT) return this.#scan(this.#chunks(), address);
    const { range } = this.shape;
    const bytes = (this.#kept ??= range.source.read(range.offset, this.count * this.entrySize, range.what));
    if (this.#scans++ < SCANS) return this.#scan([bytes], address);
    this.#sorted ??= new SortedAddresses(this.count, (index) =>
      this.shape.encoding.roundedWord(bytes, index * this.entrySize),
    );
    return [...this.#sorted.find(Number(address))]
      .map((index) => this.#decode(bytes, index * this.entrySize))
      .filter((entry) => entry.address === address);
  }

  #scan(chunks: Iterable<Buffer>, address: bigint): readonly Relocation[] {
    const { encoding } = this.shape;
    const wanted = Number(address);
    const found: Relocation[] = [];
    for (const bytes of chunks) {
      for (let at = 0; at + this.entrySize <= bytes.length; at += this.entrySize) {
        if (encoding.roundedWord(bytes, at) !== wanted) continue;
        const entry = this.#decode(bytes, at);
        if (entry.address === address && found.push(entry) > 1) return found;
      }
    }
    return found;
  }

  #chunks(): Generator<Buffer, void, undefined> {
    return readChunks(this.shape.range, CHUNK_ENTRIES * this.entrySize);
  }

  /** r_offset, r_info and, in RELA, r_addend. r_info is the symbol above the type: 24 and 8 bits, or 32 and 32. */
  #decode(bytes: Buffer, at: number): Relocation {
    const { encoding, table, explicit, machine } = this.shape;
    const { wordSize } = encoding;
    return {
      table,
      address: encoding.word(bytes, at),
      type: typeOf(encoding, machine, bytes, at + wordSize),
      symbolIndex: symbolOf(encoding, machine, bytes, at + wordSize),
      addend: explicit ? encoding.signedWord(bytes, at + 2 * wordSize) : undefined,
    };
  }
}

/** ELF32_R_SYM, ELF64_R_SYM of the r_info at `at`. */
function symbolOf(encoding: Encoding, machine: number, bytes: Buffer, at: number): number {
  if (encoding.bits === 32) return encoding.u32(bytes, at) >>> 8;
  return encoding.u32(bytes, encoding.endian === "little" && machine !== EM_MIPS ? at + 4 : at);
}

/**
 * ELF32_R_TYPE, ELF64_R_TYPE. 64-bit MIPS writes r_info as a structure, symbol first, so only big-endian files look like others'
 * (MIPS ELF-64, 2.9).
 */
function typeOf(encoding: Encoding, machine: number, bytes: Buffer, at: number): number {
  if (encoding.bits === 32) return encoding.u32(bytes, at) & 0xff;
  if (machine === EM_MIPS) return bytes.readUInt32BE(at + 4);
  return encoding.u32(bytes, encoding.endian === "little" ? at : at + 4);
}

/**
 * Places of a table's entries in the order of their addresses. Numbers are sorted many times quicker than by a comparison of ours, so
 * that address and place share one when both fit; they do not above 4 GiB and 2 million entries, or the like.
 */
class SortedAddresses {
  readonly #keys: Float64Array;
  /** What an address is multiplied by to make room for the place; 1 if there is none. */
  readonly #room: number;
  readonly #order: Uint32Array | undefined;

  constructor(count: number, keyOf: (index: number) => number) {
    const keys = new Float64Array(count);
    let greatest = 0;
    for (let index = 0; index < count; index++) {
      const key = keyOf(index);
      keys[index] = key;
      if (key > greatest) greatest = key;
    }
    const isShared = (greatest + 1) * count <= Number.MAX_SAFE_INTEGER;
    this.#room = isShared ? count : 1;
    if (isShared) {
      for (let index = 0; index < count; index++) keys[index] = (keys[index] ?? 0) * count + index;
    } else {
      this.#order = Uint32Array.from(keys, (_, index) => index).sort(
        (one, two) => (keys[one] ?? 0) - (keys[two] ?? 0),
      );
    }
    this.#keys = keys.sort();
  }

  /** Of equal addresses no more than the first few: a second one already makes the word unknown. */
  *find(address: number): Generator<number, void, undefined> {
    const [from, to] = [address * this.#room, (address + 1) * this.#room];
    let [low, high] = [0, this.#keys.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#keys[middle] ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    for (let at = low; at < low + MOST_EQUAL; at++) {
      const key = this.#keys[at];
      if (key === undefined || (this.#order === undefined ? key >= to : key !== from)) return;
      yield this.#order?.[at] ?? key - from;
    }
  }
}

const MOST_EQUAL = 64;

/** Bytes in an Elf32_Rel, Elf64_Rel, Elf32_Rela or Elf64_Rela. */
function entrySizeOf(encoding: Encoding, explicit: boolean): number {
  return (explicit ? 3 : 2) * encoding.wordSize;
}

/** DT_REL, DT_RELA and their like, which a loader passes over. */
export type IgnoredTables = ReadonlySet<bigint>;

/**
 * The tables that the dynamic section names, in the order a loader works through them (RELR comes before).
 * @param ignored are left out: DT_REL or DT_RELA.
 */
export function relocationTables(
  source: ByteSource,
  encoding: Encoding,
  machine: number,
  dynamic: DynamicTable,
  ignored: IgnoredTables,
): readonly RelocationTable[] {
  const tables: RelocationTable[] = [];
  const add = (table: Relocation["table"], explicit: boolean, address: bigint, size: bigint): void => {
    const range = dynamic.map.range(address, size, `${table} table`);
    tables.push(new RelocationTable({ range, table, explicit, encoding, machine }));
  };

  const rel = ignored.has(DT_REL) ? undefined : dynamic.get(DT_REL);
  if (rel !== undefined) {
    checkEntrySize(source, dynamic.get(DT_RELENT), entrySizeOf(encoding, false), "DT_RELENT");
    add("REL", false, rel, dynamic.require(DT_RELSZ, "DT_RELSZ"));
  }
  const rela = ignored.has(DT_RELA) ? undefined : dynamic.get(DT_RELA);
  if (rela !== undefined) {
    checkEntrySize(source, dynamic.get(DT_RELAENT), entrySizeOf(encoding, true), "DT_RELAENT");
    add("RELA", true, rela, dynamic.require(DT_RELASZ, "DT_RELASZ"));
  }
  const jmprel = dynamic.get(DT_JMPREL);
  if (jmprel !== undefined) {
    const kind = dynamic.require(DT_PLTREL, "DT_PLTREL");
    const size = dynamic.require(DT_PLTRELSZ, "DT_PLTRELSZ");
    if (kind !== DT_RELA && kind !== DT_REL) {
      throw new FormatError({
        what: "kind of the JMPREL table is unknown",
        offset: source.origin,
        found: kind,
        expected: "7 (DT_RELA) or 17 (DT_REL)",
      });
    }
    // Some linkers count the table into DT_RELASZ too (glibc elf/dynamic-link.h takes it out again).
    const same = kind === DT_RELA ? [rela, dynamic.get(DT_RELASZ)] : [rel, dynamic.get(DT_RELSZ)];
    const [start, length] = same;
    const counted =
      start !== undefined && length !== undefined && jmprel >= start && jmprel + size <= start + length;
    if (!counted) add("JMPREL", kind === DT_RELA, jmprel, size);
  }
  return tables;
}

function checkEntrySize(source: ByteSource, found: bigint | undefined, expected: number, name: string): void {
  if (found === undefined || found === BigInt(expected)) return;
  throw new FormatError({
    what: `size of a relocation (${name}) is wrong`,
    offset: source.origin,
    found,
    expected: String(expected),
  });
}

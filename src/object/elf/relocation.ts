import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";
import { AddressIndex, MOST_EQUAL } from "./address-index.ts";
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
import type { Encoding, TableView } from "./encoding.ts";
import { readChunks, readTable } from "./table.ts";

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

/** A table of up to this many entries stays in memory once it was read; of a longer one this many at a time. */
const KEPT_ENTRIES = 2 ** 17;

/** After so many look-ups by running through the table, an index is made of it, which takes as long as two of them. */
const SCANS = 1;
/** In a longer table, of 100 MB, an address is searched by running through it. */
const INDEXED_ENTRIES = 2 ** 22;

/** Consecutive entries as numbers. No object is made of any, since a table may have millions. */
export class RelocationEntries {
  readonly count: number;
  readonly #view: TableView;
  readonly #entrySize: number;
  readonly #wordSize: number;
  /** Whether r_info is as most files have it: 64 bits, the type in the lower half, which stands first. */
  readonly #isPlain: boolean;

  constructor(
    private readonly bytes: Buffer,
    private readonly encoding: Encoding,
    private readonly machine: number,
    entrySize: number,
  ) {
    this.count = Math.floor(bytes.length / entrySize);
    this.#view = encoding.view(bytes);
    this.#entrySize = entrySize;
    this.#wordSize = encoding.wordSize;
    this.#isPlain = encoding.bits === 64 && encoding.endian === "little" && machine !== EM_MIPS;
  }

  /** Rounded above 2^53. */
  address(index: number): number {
    return this.#view.roundedWord(index * this.#entrySize);
  }

  /** The machine's own. */
  type(index: number): number {
    const info = index * this.#entrySize + this.#wordSize;
    return this.#isPlain ? this.#view.u32(info) : typeOf(this.encoding, this.machine, this.bytes, info);
  }

  symbolIndex(index: number): number {
    const info = index * this.#entrySize + this.#wordSize;
    return this.#isPlain ? this.#view.u32(info + 4) : symbolOf(this.encoding, this.machine, this.bytes, info);
  }
}

/** By the bytes of a table, which the readers of one file share, and by how it is read. */
const indices = new WeakMap<Buffer, Map<string, AddressIndex>>();
const NOTHING: readonly Relocation[] = [];

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
  #bytes: Buffer | undefined;
  #kept: RelocationEntries | undefined;
  #index: AddressIndex | undefined;
  #scans = 0;

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

  /** All entries in order, in one piece unless there are very many. */
  *pieces(): Generator<RelocationEntries, void, undefined> {
    if (this.count <= KEPT_ENTRIES) yield (this.#kept ??= this.#entriesOf(this.#read()));
    else for (const bytes of this.#chunks()) yield this.#entriesOf(bytes);
  }

  /** The greatest symbol index that an entry names. */
  lastSymbol(): number {
    let last = 0;
    for (const entries of this.pieces())
      for (let at = 0; at < entries.count; at++) last = Math.max(last, entries.symbolIndex(at));
    return last;
  }

  /** Whether an entry names one of the symbols. */
  names(symbols: ReadonlySet<number>): boolean {
    const [only] = symbols.size === 1 ? symbols : [];
    for (const entries of this.pieces()) {
      for (let at = 0; at < entries.count; at++) {
        const symbol = entries.symbolIndex(at);
        if (only === undefined ? symbols.has(symbol) : symbol === only) return true;
      }
    }
    return false;
  }

  /**
   * The entries for one address; the first few if there are many.
   * @throws FormatError if so many addresses round to the same number, which no linker makes, that not all of them are looked at.
   */
  find(address: bigint): readonly Relocation[] {
    if (this.count > INDEXED_ENTRIES || this.#scans++ < SCANS) return this.#scan(address);
    const places = (this.#index ??= this.#makeIndex()).find(Number(address));
    const [only, second] = places;
    if (only === undefined) return NOTHING;
    if (second !== undefined) {
      if (places.length === MOST_EQUAL && address > Number.MAX_SAFE_INTEGER) throw this.#tooMany(address);
      return places.map((place) => this.#entry(place)).filter((entry) => entry.address === address);
    }
    const entry = this.#entry(only);
    return entry.address === address ? [entry] : NOTHING;
  }

  #tooMany(address: bigint): FormatError {
    const { source, offset, what } = this.shape.range;
    return new FormatError({
      what: `${what} has too many entries close to one address`,
      offset: source.origin + offset,
      found: `${MOST_EQUAL} and more close to 0x${address.toString(16)}`,
      expected: `less than ${MOST_EQUAL}`,
    });
  }

  #entry(place: number): Relocation {
    const at = place * this.entrySize;
    if (this.#bytes !== undefined) return this.#decode(this.#bytes, at);
    const { source, offset, what } = this.shape.range;
    return this.#decode(source.read(offset + at, this.entrySize, what), 0);
  }

  /** The first two entries: a second one already makes the word unknown. */
  #scan(address: bigint): readonly Relocation[] {
    const rounded = Number(address);
    const found: Relocation[] = [];
    let done = 0;
    for (const entries of this.pieces()) {
      for (let at = 0; at < entries.count; at++) {
        if (entries.address(at) !== rounded) continue;
        const entry = this.#entry(done + at);
        if (entry.address === address && found.push(entry) > 1) return found;
      }
      done += entries.count;
    }
    return found;
  }

  #makeIndex(): AddressIndex {
    if (this.count > KEPT_ENTRIES) return new AddressIndex(this.#addresses());
    const { encoding, machine, explicit } = this.shape;
    const bytes = this.#read();
    const form = `${machine} ${encoding.bits} ${encoding.endian} ${explicit}`;
    const forms = indices.get(bytes) ?? new Map<string, AddressIndex>();
    indices.set(bytes, forms);
    const index = forms.get(form) ?? new AddressIndex(this.#addresses());
    forms.set(form, index);
    return index;
  }

  #addresses(): Float64Array {
    const addresses = new Float64Array(this.count);
    let done = 0;
    for (const entries of this.pieces())
      for (let at = 0; at < entries.count; at++) addresses[done++] = entries.address(at);
    return addresses;
  }

  #read(): Buffer {
    const { range } = this.shape;
    return (this.#bytes ??= readTable(range.source, range.offset, this.count * this.entrySize, range.what));
  }

  #chunks(): Generator<Buffer, void, undefined> {
    return readChunks(this.shape.range, KEPT_ENTRIES * this.entrySize);
  }

  #entriesOf(bytes: Buffer): RelocationEntries {
    return new RelocationEntries(bytes, this.shape.encoding, this.shape.machine, this.entrySize);
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

import { SHN_UNDEF } from "./constants.ts";
import type { Encoding, TableView } from "./encoding.ts";
import { bloomWord, hasBits, type GnuHashHeader } from "./hash-table.ts";
import { SYMBOL } from "./layout.ts";

/** Names may share bytes, so that to read all of them could take forever; only mangled C++ names come near. */
const LONGEST_NAME = 2 ** 12;

const bits = (...values: readonly number[]): number => values.reduce((sum, each) => sum | (1 << each), 0);

/** STB_* that others may bind to: global, weak, STB_GNU_UNIQUE. */
const BINDINGS = bits(1, 2, 10);

/** STT_* of an ordinary definition: nothing said, object, function, STT_COMMON, and functions that choose others. */
const TYPES = bits(0, 1, 2, 5, 10);

/** STV_DEFAULT, STV_PROTECTED. */
const VISIBILITIES = bits(0, 3);

/** A file's tables, all of them in memory. */
export interface OwnTables {
  readonly encoding: Encoding;
  /** The null symbol included. */
  readonly count: number;
  readonly symbols: Buffer;
  readonly strings: Buffer;
  /** DT_GNU_HASH. */
  readonly hash: Buffer;
  readonly header: GnuHashHeader;
  /** DT_VERSYM; undefined if there is none. */
  readonly versions: Buffer | undefined;
}

/**
 * A loader's search in a file for a symbol of its own, by DT_GNU_HASH. A library refers to thousands of symbols that it defines itself, so
 * that nothing is made of a symbol here but numbers.
 */
export class OwnSearch {
  readonly #count: number;
  readonly #symbolBytes: Buffer;
  readonly #symbols: TableView;
  readonly #layout: (typeof SYMBOL)[32 | 64];
  readonly #strings: Buffer;
  readonly #hash: TableView;
  readonly #hashLength: number;
  readonly #versions: TableView | undefined;

  constructor(private readonly tables: OwnTables) {
    const { encoding, symbols, strings, hash, versions } = tables;
    this.#layout = SYMBOL[encoding.bits];
    // Also of tables that are shorter than they should be.
    const versioned = versions === undefined ? Infinity : Math.floor(versions.length / 2);
    this.#count = Math.min(tables.count, Math.floor(symbols.length / this.#layout.size), versioned);
    this.#symbolBytes = symbols;
    this.#symbols = encoding.view(symbols);
    this.#strings = strings;
    this.#hash = encoding.view(hash);
    this.#hashLength = hash.length;
    this.#versions = versions === undefined ? undefined : encoding.view(versions);
  }

  /** As `ElfFile.isFoundByName`. */
  isFound(index: number): boolean {
    if (index <= 0 || index >= this.#count || !this.#isOrdinary(index)) return false;
    // VER_NDX_LOCAL and VER_NDX_GLOBAL are not versions.
    if (this.#versions !== undefined && this.#versions.u16(index * 2) > 1) return false;
    const name = this.#symbols.u32(index * this.#layout.size);
    const nameHash = this.#hashAt(name);
    return nameHash !== undefined && this.#first(index, name, nameHash);
  }

  /** Whether the symbol is the first of its name in the chain of its hash. */
  #first(index: number, name: number, nameHash: number): boolean {
    const { encoding, header } = this.tables;
    const { first, buckets, bucketsAt, chainsAt } = header;
    if (buckets === 0) return false;
    if (!hasBits(this.#hash, bloomWord(header, encoding, nameHash), header, encoding, nameHash)) return false;
    const start = this.#hash.u32(bucketsAt + (nameHash % buckets) * 4);
    if (start < first || index < start || chainsAt + (index - first + 1) * 4 > this.#hashLength) return false;
    const wanted = nameHash | 1;
    for (let symbol = start, at = chainsAt + (start - first) * 4; symbol <= index; symbol++, at += 4) {
      const entry = this.#hash.u32(at);
      if ((entry | 1) === wanted && (symbol === index || this.#isDefinedAs(symbol, name)))
        return symbol === index;
      if ((entry & 1) !== 0) return false;
    }
    return false;
  }

  #isOrdinary(index: number): boolean {
    const layout = this.#layout;
    const at = index * layout.size;
    const info = this.#symbolBytes[at + layout.info] ?? 0;
    const other = this.#symbolBytes[at + layout.other] ?? 0;
    return (
      (TYPES & (1 << (info & 15))) !== 0 &&
      (BINDINGS & (1 << (info >> 4))) !== 0 &&
      (VISIBILITIES & (1 << (other & 3))) !== 0 &&
      this.#symbols.u16(at + layout.shndx) !== SHN_UNDEF &&
      this.#symbols.roundedWord(at + layout.value) !== 0
    );
  }

  /** Whether a symbol is defined, and has the name that stands at an offset, and ends there. */
  #isDefinedAs(index: number, name: number): boolean {
    const strings = this.#strings;
    const entry = index * this.#layout.size;
    if (this.#symbols.u16(entry + this.#layout.shndx) === SHN_UNDEF) return false;
    let at = this.#symbols.u32(entry);
    for (let place = name; at < strings.length; place++, at++) {
      if (strings[place] !== strings[at]) return false;
      if (strings[place] === 0) return true;
    }
    return false;
  }

  /** glibc elf/dl-lookup.c, `dl_new_hash`; undefined if the name is very long, or has no end in its table. */
  #hashAt(offset: number): number | undefined {
    const strings = this.#strings;
    const end = Math.min(strings.length, offset + LONGEST_NAME);
    let hash = 5381;
    for (let at = offset; at < end; at++) {
      const byte = strings[at] ?? 0;
      if (byte === 0) return hash >>> 0;
      hash = (Math.imul(hash, 33) + byte) | 0;
    }
    return undefined;
  }
}

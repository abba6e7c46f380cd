import { FormatError } from "../format-error.ts";
import type { FileRange } from "./address-map.ts";
import { EM_ALPHA, EM_S390 } from "./constants.ts";
import type { Encoding, TableView } from "./encoding.ts";
import { readTable } from "./table.ts";

/** Symbols of equal hash that are looked at before the table is called broken. */
const LONGEST_CHAIN = 2 ** 16;
/** Chain words that are read at first. */
const CHUNK = 64;
/** Words that are read at a time of what is long. */
const LONG_CHUNK = 2 ** 14;

/** A loader's index from symbol names to places in the dynamic symbol table. */
export interface HashTable {
  /**
   * The number of dynamic symbols, the null symbol included; undefined if the table does not tell, because no symbol
   * is in it.
   */
  symbolCount(): number | undefined;
  /** Reads the table once, for callers that will look up many names, also when the file is closed. */
  load(): void;
  /** Places of symbols that may have the name: their hash is equal, or they share a bucket. */
  candidates(name: string): Iterable<number>;
  /** Whether a look-up of the name goes on to the buckets, and there are none: a loader that does not check divides by zero. */
  lacksBuckets(name: string): boolean;
}

/**
 * DT_HASH (gABI 5, "Hash Table"): nbucket, nchain, then a bucket for each hash modulo nbucket with the first symbol, then for
 * each symbol the next one of its bucket; 0 ends a chain. There are as many chain words as symbols.
 */
export class SysvHashTable implements HashTable {
  readonly #entrySize: 4 | 8;
  #kept: Buffer | undefined;

  constructor(
    private readonly encoding: Encoding,
    private readonly range: FileRange,
    machine: number,
  ) {
    this.#entrySize = isWide(encoding, range, machine) ? 8 : 4;
  }

  symbolCount(): number {
    return this.#counts().chains;
  }

  load(): void {
    const { buckets, chains } = this.#counts();
    const size = (2 + buckets + chains) * this.#entrySize;
    this.#kept ??= readTable(this.range.source, this.range.offset, size, "hash table");
  }

  *candidates(name: string): Generator<number, void, undefined> {
    const { buckets, chains } = this.#counts();
    if (buckets === 0) return;
    let symbol = this.#word(2 + (sysvHash(name) % buckets));
    for (let steps = 0; symbol !== 0; steps++) {
      if (symbol >= chains || steps > Math.min(chains, LONGEST_CHAIN)) {
        throw new FormatError({
          what: symbol >= chains ? "hash chain leads outside the table" : "hash chain has no end",
          offset: this.range.source.origin + this.range.offset,
          found: symbol,
          expected: `a symbol below ${chains}`,
        });
      }
      yield symbol;
      symbol = this.#word(2 + buckets + symbol);
    }
  }

  lacksBuckets(): boolean {
    return this.#counts().buckets === 0;
  }

  #counts(): { buckets: number; chains: number } {
    const [buckets, chains] = [this.#word(0), this.#word(1)];
    const size = (2 + buckets + chains) * this.#entrySize;
    if (size <= this.range.size) return { buckets, chains };
    throw new FormatError({
      what: "hash table leaves its segment",
      offset: this.range.source.origin + this.range.offset,
      found: `${buckets} buckets and ${chains} chain words`,
      expected: `at most ${this.range.size} bytes`,
    });
  }

  #word(index: number): number {
    const at = index * this.#entrySize;
    if (at + this.#entrySize > this.range.size) return 0;
    const bytes =
      this.#kept?.subarray(at, at + this.#entrySize) ??
      this.range.source.read(this.range.offset + at, this.#entrySize, "hash table");
    return this.#entrySize === 8 ? Number(this.encoding.u64(bytes, 0)) : this.encoding.u32(bytes, 0);
  }
}

/**
 * Elf_Symndx has 64 bits on s390x and Alpha alone (glibc sysdeps/s390/s390-64/bits/elfclass.h, sysdeps/alpha), but lld writes 32
 * there too. Which it is shows in the upper half of the first 8 bytes: read as 32-bit words it would be a count of buckets
 * or of symbols, neither of which is ever 0.
 */
function isWide(encoding: Encoding, range: FileRange, machine: number): boolean {
  if (encoding.bits === 32 || (machine !== EM_S390 && machine !== EM_ALPHA) || range.size < 8) return false;
  return encoding.u64(range.source.read(range.offset, 8, "hash table"), 0) < 2n ** 32n;
}

/** The beginning of DT_GNU_HASH, and where in it what follows lies. */
export interface GnuHashHeader {
  readonly buckets: number;
  /** symoffset. */
  readonly first: number;
  readonly bloomSize: number;
  readonly shift: number;
  readonly bucketsAt: number;
  readonly chainsAt: number;
}

/**
 * DT_GNU_HASH (no document of its own; binutils bfd/elflink.c and glibc elf/dl-lookup.c): nbuckets, symoffset, bloom_size,
 * bloom_shift; bloom_size address-sized words; a bucket for each hash modulo nbuckets with its first symbol; and for every
 * symbol from symoffset on its hash, whose bit 0 says instead that the bucket ends there.
 */
export class GnuHashTable implements HashTable {
  #counts: GnuHashHeader | undefined;
  #kept: Buffer | undefined;
  #view: TableView | undefined;

  constructor(
    private readonly encoding: Encoding,
    private readonly range: FileRange,
  ) {}

  symbolCount(): number | undefined {
    const header = this.#header();
    let last = 0;
    const chunk = LONG_CHUNK;
    for (let done = 0; done < header.buckets; done += chunk) {
      const bytes = this.#read(header.bucketsAt + done * 4, Math.min(chunk, header.buckets - done) * 4);
      const view = this.encoding.view(bytes);
      for (let at = 0; at < bytes.length; at += 4) {
        const symbol = view.u32(at);
        if (symbol > last) last = symbol;
      }
    }
    if (last === 0) return undefined;
    let end = last;
    this.#walk(header, last, (symbol) => (end = symbol + 1));
    return end;
  }

  load(): void {
    const { first, chainsAt } = this.#header();
    const count = this.symbolCount() ?? first;
    this.#kept ??= readTable(
      this.range.source,
      this.range.offset,
      chainsAt + Math.max(0, count - first) * 4,
      "GNU hash table",
    );
  }

  candidates(name: string): readonly number[] {
    const header = this.#header();
    const hash = gnuHash(name);
    if (header.buckets === 0) return [];
    if (this.#kept !== undefined) return this.#inMemory(this.#kept, header, hash);
    if (!this.#bloomHas(header, hash)) return [];
    const first = this.encoding.u32(this.#read(header.bucketsAt + (hash % header.buckets) * 4, 4), 0);
    return first === 0 ? [] : this.#ofHash(header, first, hash);
  }

  /** The whole table once it is loaded. */
  get loaded(): { readonly hash: Buffer; readonly header: GnuHashHeader } | undefined {
    return this.#kept && { hash: this.#kept, header: this.#header() };
  }

  lacksBuckets(name: string): boolean {
    const header = this.#header();
    return header.buckets === 0 && this.#bloomHas(header, gnuHash(name));
  }

  /** The same if the table is in memory: a library that is relocated looks up tens of thousands, mostly in vain. */
  #inMemory(bytes: Buffer, header: GnuHashHeader, hash: number): readonly number[] {
    const { encoding } = this;
    const { buckets, bucketsAt, chainsAt, first } = header;
    const view = (this.#view ??= encoding.view(bytes));
    if (!hasBits(view, bloomWord(header, encoding, hash), header, encoding, hash)) return [];
    const start = view.u32(bucketsAt + (hash % buckets) * 4);
    if (start === 0) return [];
    if (start < first) throw this.#beforeFirst(header, start);
    const found: number[] = [];
    for (let symbol = start, at = chainsAt + (start - first) * 4; at + 4 <= bytes.length; symbol++, at += 4) {
      const entry = view.u32(at);
      if ((entry | 1) === (hash | 1) && found.push(symbol) > LONGEST_CHAIN) break;
      if ((entry & 1) !== 0) return found;
    }
    throw this.#endless(start);
  }

  #ofHash(header: GnuHashHeader, first: number, hash: number): readonly number[] {
    const found: number[] = [];
    this.#walk(header, first, (symbol, entry) => {
      if ((entry | 1) === (hash | 1) && found.push(symbol) > LONGEST_CHAIN) throw this.#endless(first);
    });
    return found;
  }

  #header(): GnuHashHeader {
    return (this.#counts ??= this.#readHeader());
  }

  #readHeader(): GnuHashHeader {
    const bytes = this.#read(0, 16);
    const buckets = this.encoding.u32(bytes, 0);
    const first = this.encoding.u32(bytes, 4);
    const bloomSize = this.encoding.u32(bytes, 8);
    const shift = this.encoding.u32(bytes, 12);
    const bucketsAt = 16 + bloomSize * this.encoding.wordSize;
    const chainsAt = bucketsAt + buckets * 4;
    // glibc asserts the power of two (elf/dl-setup_hash.c) and so ends the process.
    const sound = bloomSize !== 0 && (bloomSize & (bloomSize - 1)) === 0;
    if (sound && chainsAt <= this.range.size)
      return { buckets, first, bloomSize, shift, bucketsAt, chainsAt };
    throw new FormatError({
      what: sound
        ? "GNU hash table leaves its segment"
        : "bloom filter of the GNU hash table has an impossible size",
      offset: this.range.source.origin + this.range.offset,
      found: sound ? `${buckets} buckets after ${bloomSize} bloom words` : bloomSize,
      expected: sound ? `at most ${this.range.size} bytes` : "a power of two",
    });
  }

  #bloomHas(header: GnuHashHeader, hash: number): boolean {
    const { encoding } = this;
    const word = this.#read(bloomWord(header, encoding, hash), encoding.wordSize);
    return hasBits(encoding.view(word), 0, header, encoding, hash);
  }

  /** Shows the symbols of the chain that begins with `start`, and their hashes. */
  #walk(header: GnuHashHeader, start: number, visit: (symbol: number, hash: number) => void): void {
    if (start < header.first) throw this.#beforeFirst(header, start);
    const end = this.#kept?.length ?? this.range.size;
    let at = header.chainsAt + (start - header.first) * 4;
    // A chain has few words; one that has many is read in ever longer pieces.
    for (let symbol = start, chunk = CHUNK; at + 4 <= end; chunk = Math.min(chunk * 4, LONG_CHUNK)) {
      const words = Math.min(chunk, Math.floor((end - at) / 4));
      const bytes = this.#read(at, words * 4);
      for (let word = 0; word < words; word++) {
        const hash = this.encoding.u32(bytes, word * 4);
        visit(symbol++, hash);
        if ((hash & 1) !== 0) return;
      }
      at += words * 4;
    }
    throw this.#endless(start);
  }

  #read(at: number, length: number): Buffer {
    if (this.#kept !== undefined && at + length <= this.#kept.length)
      return this.#kept.subarray(at, at + length);
    if (at + length <= this.range.size)
      return this.range.source.read(this.range.offset + at, length, "GNU hash table");
    throw new FormatError({
      what: "GNU hash table leaves its segment",
      offset: this.range.source.origin + this.range.offset,
      found: `${length} bytes at +0x${at.toString(16)}`,
      expected: `at most ${this.range.size} bytes`,
    });
  }

  #beforeFirst({ first }: GnuHashHeader, symbol: number): FormatError {
    return new FormatError({
      what: "bucket of the GNU hash table leads before its first symbol",
      offset: this.range.source.origin + this.range.offset,
      found: symbol,
      expected: `at least ${first}`,
    });
  }

  #endless(symbol: number): FormatError {
    return new FormatError({
      what: "chain of the GNU hash table has no end",
      offset: this.range.source.origin + this.range.offset,
      found: `the chain of symbol ${symbol}`,
      expected: "a last entry with bit 0 set",
    });
  }
}

/** Where in DT_GNU_HASH the word of the Bloom filter is that a hash is looked up in. */
export function bloomWord({ bloomSize }: GnuHashHeader, { bits, wordSize }: Encoding, hash: number): number {
  return 16 + ((Math.floor(hash / bits) & (bloomSize - 1)) >>> 0) * wordSize;
}

/** Whether the word at `at` has both bits of a hash: if not, no symbol of the table has it. */
export function hasBits(
  table: TableView,
  at: number,
  { shift }: GnuHashHeader,
  { bits, wordSize, endian }: Encoding,
  hash: number,
): boolean {
  // 32-bit halves of a word, the low one first in little endian.
  const halves = wordSize / 4 - 1;
  const low = hash % bits;
  // A shift of 32 and more is undefined in C; the x86 and Arm loaders take it modulo 32, as JavaScript does.
  const high = (hash >>> shift) % bits;
  const half = (bit: number): number =>
    table.u32(at + (endian === "little" ? bit >>> 5 : halves - (bit >>> 5)) * 4);
  return ((half(low) >>> (low & 31)) & (half(high) >>> (high & 31)) & 1) === 1;
}

/** gABI 5, "Hash Table": the function `elf_hash`, over the name's bytes. */
function sysvHash(name: string): number {
  let hash = 0;
  for (const byte of Buffer.from(name, "utf8")) {
    hash = ((hash << 4) + byte) >>> 0;
    const high = hash & 0xf0000000;
    hash = ((hash ^ (high >>> 24)) & ~high) >>> 0;
  }
  return hash;
}

/** Hashes of names: one object after another is asked for the same ones. */
const hashes = new Map<string, number>();
const MOST_HASHES = 2 ** 12;

function gnuHash(name: string): number {
  let hash = hashes.get(name);
  if (hash === undefined) {
    if (hashes.size >= MOST_HASHES) hashes.clear();
    hashes.set(name, (hash = newHash(name)));
  }
  return hash;
}

/** glibc elf/dl-lookup.c, `dl_new_hash`: Bernstein's hash, times 33 from 5381. */
function newHash(name: string): number {
  let hash = 5381;
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at);
    if (code > 0x7f) return gnuHashOf(Buffer.from(name, "utf8"));
    hash = (Math.imul(hash, 33) + code) >>> 0;
  }
  return hash;
}

/** Of a name that is not all ASCII. */
function gnuHashOf(bytes: Buffer): number {
  let hash = 5381;
  for (const byte of bytes) hash = (Math.imul(hash, 33) + byte) >>> 0;
  return hash;
}

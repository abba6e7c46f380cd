import { FormatError } from "../format-error.ts";
import type { FileRange } from "./address-map.ts";
import { DT_RELR, DT_RELRENT, DT_RELRSZ } from "./constants.ts";
import type { DynamicTable } from "./dynamic.ts";
import type { Encoding } from "./encoding.ts";

/** A longer table is refused; this length stands for up to 4 GiB of pointers. */
const MOST_BYTES = 2 ** 26;

/**
 * DT_RELR (gABI 5, "Relative Relocation Table"): relative relocations without types. An even word is the address of one. An odd
 * word is a bitmap over the words that follow: its bit j, from 1 on, stands for the word j - 1; it covers as many words as
 * it has bits, less one.
 */
export class RelrTable {
  #words: Buffer | undefined;
  #spans: Spans | undefined;

  constructor(
    private readonly encoding: Encoding,
    private readonly range: FileRange,
  ) {}

  /** The table that the dynamic section names; undefined if there is none. */
  static of(encoding: Encoding, dynamic: DynamicTable): RelrTable | undefined {
    const address = dynamic.get(DT_RELR);
    if (address === undefined) return undefined;
    const entrySize = dynamic.get(DT_RELRENT);
    const size = dynamic.require(DT_RELRSZ, "DT_RELRSZ");
    const range = dynamic.map.range(address, size, "RELR table");
    const fits = entrySize === undefined || entrySize === BigInt(encoding.wordSize);
    if (fits && range.size <= MOST_BYTES && range.size % encoding.wordSize === 0) {
      return new RelrTable(encoding, range);
    }
    throw new FormatError({
      what: fits ? "RELR table has an impossible size" : "size of a RELR entry (DT_RELRENT) is wrong",
      offset: range.source.origin + range.offset,
      found: fits ? range.size : entrySize,
      expected: fits
        ? `a multiple of ${encoding.wordSize}, at most ${MOST_BYTES}`
        : String(encoding.wordSize),
    });
  }

  /** The addresses of all its relocations, expanded as they are asked for. */
  *addresses(): Generator<bigint, void, undefined> {
    const { wordSize, bits } = this.encoding;
    for (const { start, bitmap } of this.#spansOf()) {
      if (bitmap === undefined) yield start;
      else
        for (let bit = 1; bit < bits; bit++)
          if (((bitmap >> BigInt(bit)) & 1n) !== 0n)
            yield this.encoding.wrap(start + BigInt((bit - 1) * wordSize));
    }
  }

  has(address: bigint): boolean {
    const spans = (this.#spans ??= this.#index());
    // Linkers write the table in ascending order; the format does not ask for it.
    if (!spans.ascending) {
      for (let at = 0; at < spans.starts.length; at++) if (this.#covers(spans, at, address)) return true;
      return false;
    }
    let [low, high] = [0, spans.starts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((spans.starts[middle] ?? 0n) <= address) low = middle + 1;
      else high = middle;
    }
    return this.#covers(spans, low - 1, address);
  }

  #covers(spans: Spans, index: number, address: bigint): boolean {
    const start = spans.starts[index];
    if (start === undefined || address < start) return false;
    const word = this.encoding.word(this.#load(), index * this.encoding.wordSize);
    if ((word & 1n) === 0n) return address === start;
    const into = address - start;
    const step = BigInt(this.encoding.wordSize);
    const bit = into / step + 1n;
    return into % step === 0n && bit < this.encoding.bits && ((word >> bit) & 1n) !== 0n;
  }

  #index(): Spans {
    const starts = new BigUint64Array(this.range.size / this.encoding.wordSize);
    let ascending = true;
    let [index, before] = [0, 0n];
    for (const { start } of this.#spansOf()) {
      ascending &&= index === 0 || start > before;
      starts[index++] = start;
      before = start;
    }
    return { starts, ascending };
  }

  /** For every word the address it begins at, and its bits if it is a bitmap. */
  *#spansOf(): Generator<{ start: bigint; bitmap: bigint | undefined }, void, undefined> {
    const { encoding } = this;
    const bytes = this.#load();
    const step = BigInt(encoding.wordSize);
    const covered = BigInt(encoding.bits - 1) * step;
    let next = 0n;
    for (let at = 0; at < bytes.length; at += encoding.wordSize) {
      const word = encoding.word(bytes, at);
      const isBitmap = (word & 1n) !== 0n;
      const start = isBitmap ? next : word;
      yield { start, bitmap: isBitmap ? word : undefined };
      next = encoding.wrap(start + (isBitmap ? covered : step));
    }
  }

  #load(): Buffer {
    return (this.#words ??= this.range.source.read(this.range.offset, this.range.size, this.range.what));
  }
}

interface Spans {
  readonly starts: BigUint64Array;
  readonly ascending: boolean;
}

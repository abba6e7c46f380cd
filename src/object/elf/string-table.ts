import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";
import { readTable } from "./table.ts";
import { TextSearch } from "./text-search.ts";

/** First read for a single name in a table that is not in memory. */
const FIRST_READ = 256;
/** No name is longer: mangled C++ names of some 100 KB are the longest known. */
const LONGEST_NAME = 2 ** 20;
/** A table up to this length is kept once names were taken from it. */
const KEPT = 2 ** 26;
const CHUNK = 2 ** 20;

/** So much of the next piece is looked through with one, for what begins in it and ends there. */
const OVERLAP = 2 ** 12;

/** For a piece of a table that is only looked through, and what it holds. */
const scratch = Buffer.allocUnsafeSlow(CHUNK + OVERLAP);
let held: { readonly source: ByteSource; readonly start: number; readonly length: number } | undefined;

/** What has the name, for the error message: "dynamic symbol" 7. */
export interface NameOwner {
  readonly what: string;
  readonly index: number;
}

/** A string table: NUL-terminated strings, named by the offset of their first byte (gABI 4, "String Table"). */
export class StringTable {
  #bytes: Buffer | undefined;

  constructor(
    readonly source: ByteSource,
    readonly offset: number,
    /** In bytes; not yet checked against the file. */
    readonly size: number,
    readonly what: string,
  ) {}

  /** The whole table, read once. */
  load(): Buffer {
    return (this.#bytes ??= readTable(this.source, this.offset, this.size, this.what));
  }

  /**
   * The bytes of one string without its NUL, read with as little of the table as holds them.
   * @throws FormatError when it begins outside the table or does not end in it.
   */
  bytesAt(at: number, owner: NameOwner): Buffer {
    if (at >= this.size) throw this.#outside(at, owner);
    if (this.#bytes !== undefined) {
      const end = this.#bytes.indexOf(0, at);
      if (end === -1 || end - at > LONGEST_NAME) throw this.#endless(at, owner);
      return this.#bytes.subarray(at, end);
    }
    const most = Math.min(this.size - at, LONGEST_NAME + 1);
    for (let length = Math.min(FIRST_READ, most); ; length = Math.min(length * 8, most)) {
      const bytes = this.source.read(this.offset + at, length, this.what);
      const end = bytes.indexOf(0);
      if (end !== -1) return bytes.subarray(0, end);
      if (length === most) throw this.#endless(at, owner);
    }
  }

  /** One string, as `bytesAt`; bytes that are not UTF-8 become U+FFFD. */
  at(at: number, owner: NameOwner): string {
    return this.bytesAt(at, owner).toString("utf8");
  }

  /** Whether the string at `at` is `name`, a name with its NUL. Reads no more than that many bytes. */
  isAt(at: number, name: Buffer): boolean {
    if (at + name.length > this.size) return false;
    if (this.#bytes !== undefined)
      return this.#bytes.compare(name, 0, name.length, at, at + name.length) === 0;
    return this.source.read(this.offset + at, name.length, this.what).equals(name);
  }

  /**
   * Strings, and ends of strings, that begin with `start`; one may come twice.
   * @param longest longer ones are left out, in bytes.
   */
  *beginning(start: string, longest: number): Generator<string, void, undefined> {
    const search = new TextSearch([start]);
    for (const { bytes, end } of this.#pieces(longest)) {
      for (let found = search.find(bytes); found !== undefined && found.at < end;) {
        const { at } = found;
        const stop = bytes.indexOf(0, at);
        if (stop !== -1 && stop - at <= longest) yield bytes.toString("utf8", at, stop);
        found = search.find(bytes, at + 1);
      }
    }
  }

  /** The table in pieces, each with `more` bytes of the next behind its `end`; a short one in one piece, which is kept. */
  *#pieces(more: number): Generator<{ bytes: Buffer; end: number }, void, undefined> {
    if (this.#bytes !== undefined || this.size <= KEPT) {
      yield { bytes: this.load(), end: this.size };
      return;
    }
    for (let done = 0; done < this.size; done += CHUNK) {
      const left = this.size - done;
      const bytes = this.source.read(this.offset + done, Math.min(CHUNK + more, left), this.what);
      yield { bytes, end: Math.min(CHUNK, left) };
    }
  }

  /** Whether one of the texts stands anywhere in the table. `"foo\0"` asks for a name that ends in foo. */
  contains(search: TextSearch): boolean {
    const { source, size } = this;
    if (this.#bytes !== undefined || source.fill === undefined || search.longest > OVERLAP) {
      for (const { bytes } of this.#pieces(search.longest)) if (search.isIn(bytes)) return true;
      return false;
    }
    for (let done = 0; done < size; done += CHUNK) {
      if (search.isIn(this.#lookedThrough(done, Math.min(CHUNK + OVERLAP, size - done)))) return true;
    }
    return false;
  }

  /** Bytes of the table that are of use until others are asked for: a folder of plugins has gigabytes of names. */
  #lookedThrough(at: number, length: number): Buffer {
    const { source, offset, what } = this;
    const start = offset + at;
    if (held?.source !== source || held.start !== start || held.length !== length) {
      held = undefined;
      source.fill?.(scratch, start, length, what);
      held = { source, start, length };
    }
    return scratch.subarray(0, length);
  }

  /** All places at which a symbol's name may begin that is `name`: as a whole string, or as the end of longer ones. */
  offsetsOf(name: string): ReadonlySet<number> {
    const bytes = this.load();
    const needle = Buffer.from(`${name}\0`, "utf8");
    const offsets = new Set<number>();
    for (let at = bytes.indexOf(needle); at !== -1; at = bytes.indexOf(needle, at + 1)) offsets.add(at);
    return offsets;
  }

  #outside(at: number, owner: NameOwner): FormatError {
    return new FormatError({
      what: `name of ${owner.what} ${owner.index} lies outside ${this.what}`,
      offset: this.source.origin + this.offset,
      found: `offset 0x${at.toString(16)}`,
      expected: `less than 0x${this.size.toString(16)}`,
    });
  }

  #endless(at: number, owner: NameOwner): FormatError {
    return new FormatError({
      what: `name of ${owner.what} ${owner.index} has no end in ${this.what}`,
      offset: this.source.origin + this.offset + at,
      expected: `a NUL within ${Math.min(this.size - at, LONGEST_NAME)} bytes`,
    });
  }
}

/**
 * The string table at a place that the file claims.
 * @throws FormatError when it is not all inside the file.
 */
export function stringTableAt(
  source: ByteSource,
  { offset, size, what }: { readonly offset: bigint; readonly size: bigint; readonly what: string },
): StringTable {
  if (offset + size <= BigInt(source.size))
    return new StringTable(source, Number(offset), Number(size), what);
  throw new FormatError({
    what: `${what} is cut off or points outside the file`,
    offset: source.origin + (offset <= BigInt(source.size) ? Number(offset) : 0),
    found: `0x${size.toString(16)} bytes at 0x${offset.toString(16)}`,
    expected: `a place inside 0x${source.size.toString(16)} bytes`,
  });
}

/**
 * Reads many names of one table. Names may share bytes (linkers merge equal endings), so a small table can claim any
 * amount of text: what is handed out stays within a multiple of the table and the number of names.
 */
export class NameReader {
  #left: number;

  constructor(
    private readonly table: StringTable,
    count: number,
  ) {
    this.#left = table.size * 8 + count * 256;
  }

  /** @throws FormatError as `StringTable.at`, and when the names overlap beyond all reason. */
  at(at: number, owner: NameOwner): string {
    const bytes = this.table.bytesAt(at, owner);
    const { length } = bytes;
    this.#left -= length;
    if (this.#left >= 0) return bytes.toString("utf8");
    throw new FormatError({
      what: `names in ${this.table.what} overlap`,
      offset: this.table.source.origin + this.table.offset,
      found: `the name of ${owner.what} ${owner.index}, ${length} bytes`,
      expected: "names that together are not much longer than their table",
    });
  }
}

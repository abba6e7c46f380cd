import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";
import {
  DT_VERDEF,
  DT_VERDEFNUM,
  DT_VERNEED,
  DT_VERNEEDNUM,
  DT_VERSYM,
  VERSYM_HIDDEN,
  VER_FLG_BASE,
} from "./constants.ts";
import type { DynamicTable } from "./dynamic.ts";
import type { Encoding } from "./encoding.ts";
import { NameReader } from "./string-table.ts";
import { readTable } from "./table.ts";
import type { FileRange } from "./address-map.ts";

/*
 * GNU symbol versioning (Linux Standard Base, "Symbol Versioning"; elf.h Elf64_Verneed, Elf64_Vernaux, Elf64_Verdef,
 * Elf64_Verdaux). The structures are the same in both classes.
 */

/** Versions that this file wants of one library (Verneed). */
export interface VersionNeed {
  /** vn_version: 1, VER_NEED_CURRENT. */
  readonly revision: number;
  /** vn_file: the library, spelled as in DT_NEEDED. */
  readonly file: string;
  readonly versions: readonly NeededVersion[];
}

/** Vernaux. */
export interface NeededVersion {
  readonly name: string;
  /** vna_hash: SysV hash of the name. */
  readonly hash: number;
  /** vna_flags: 2 is VER_FLG_WEAK, whose absence a loader forgives. */
  readonly flags: number;
  /** vna_other: the index symbols use, with VERSYM_HIDDEN in bit 15. */
  readonly other: number;
}

/** A version that this file defines (Verdef). */
export interface VersionDefinition {
  /** vd_ndx: the index symbols use. */
  readonly index: number;
  /** vd_flags: 1 is VER_FLG_BASE, the file's own name and no version; 2 is VER_FLG_WEAK. */
  readonly flags: number;
  /** vd_hash. */
  readonly hash: number;
  readonly name: string;
  /** The versions it inherits. */
  readonly parents: readonly string[];
}

export interface SymbolVersion {
  readonly name: string;
  readonly hidden: boolean;
}

/** Version indices have 15 bits, so an honest file has no more versions, nor more libraries that it wants them of. */
const MOST_RECORDS = 2 ** 15;

/** Version tables of the dynamic section. */
export class Versions {
  #needs: readonly VersionNeed[] | undefined;
  #definitions: readonly VersionDefinition[] | undefined;
  #names: ReadonlyMap<number, string> | undefined;
  #symbols: Buffer | undefined;

  constructor(
    private readonly source: ByteSource,
    private readonly encoding: Encoding,
    private readonly dynamic: DynamicTable,
  ) {}

  /** DT_VERNEED in order; empty if there is none. */
  get needs(): readonly VersionNeed[] {
    return (this.#needs ??= this.#readNeeds());
  }

  /** DT_VERDEF in order; empty if there is none. */
  get definitions(): readonly VersionDefinition[] {
    return (this.#definitions ??= this.#readDefinitions());
  }

  /** Reads the whole of DT_VERSYM once, for callers that will ask for every one of `count` symbols. */
  load(count: number): void {
    if (this.#symbols !== undefined) return;
    const range = this.#symbolRange(BigInt(count) * 2n);
    if (range !== undefined) this.#symbols = readTable(range.source, range.offset, range.size, range.what);
  }

  /** DT_VERSYM once it is loaded; undefined if there is none. */
  get loaded(): Buffer | undefined {
    return this.#symbols;
  }

  /** The greatest index that one of `count` symbols has in DT_VERSYM, without VERSYM_HIDDEN; 0 if there is no such table. */
  highest(count: number): number {
    const range = this.#symbolRange(BigInt(count) * 2n);
    if (range === undefined) return 0;
    this.load(count);
    let highest = 0;
    for (let index = 0; index < count; index++) {
      const number = (this.#numberOf(index) ?? 0) & ~VERSYM_HIDDEN;
      if (number > highest) highest = number;
    }
    return highest;
  }

  /** The version of a dynamic symbol; undefined for none (VER_NDX_LOCAL, VER_NDX_GLOBAL) and for an index nobody defines. */
  of(index: number): SymbolVersion | undefined {
    const number = this.#numberOf(index);
    if (number === undefined || (number & ~VERSYM_HIDDEN) < 2) return undefined;
    const name = (this.#names ??= this.#collectNames()).get(number & ~VERSYM_HIDDEN);
    return name === undefined ? undefined : { name, hidden: (number & VERSYM_HIDDEN) !== 0 };
  }

  #numberOf(index: number): number | undefined {
    const at = index * 2;
    if (this.#symbols !== undefined && at + 2 <= this.#symbols.length)
      return this.encoding.u16(this.#symbols, at);
    const range = this.#symbolRange(BigInt(at) + 2n);
    return range && this.encoding.u16(range.source.read(range.offset + at, 2, range.what), 0);
  }

  #symbolRange(size: bigint): FileRange | undefined {
    const address = this.dynamic.get(DT_VERSYM);
    return address === undefined ? undefined : this.dynamic.map.range(address, size, "symbol version table");
  }

  #collectNames(): ReadonlyMap<number, string> {
    const names = new Map<number, string>();
    for (const { index, flags, name } of this.definitions)
      if ((flags & VER_FLG_BASE) === 0) names.set(index, name);
    for (const need of this.needs)
      for (const { other, name } of need.versions) names.set(other & ~VERSYM_HIDDEN, name);
    return names;
  }

  #readNeeds(): readonly VersionNeed[] {
    const records = this.#records(DT_VERNEED, DT_VERNEEDNUM, "DT_VERNEEDNUM", "version needs");
    if (records === undefined) return [];
    // Verneed: vn_version, vn_cnt, vn_file, vn_aux, vn_next. Vernaux: vna_hash, vna_flags, vna_other, vna_name, vna_next.
    return records.list(0, records.count, 16, 12).map(({ at, bytes }, index) => ({
      revision: this.encoding.u16(bytes, 0),
      file: records.name(this.encoding.u32(bytes, 4), index),
      versions: records
        .list(at + this.encoding.u32(bytes, 8), this.encoding.u16(bytes, 2), 16, 12)
        .map(({ bytes: aux }) => ({
          name: records.name(this.encoding.u32(aux, 8), index),
          hash: this.encoding.u32(aux, 0),
          flags: this.encoding.u16(aux, 4),
          other: this.encoding.u16(aux, 6),
        })),
    }));
  }

  #readDefinitions(): readonly VersionDefinition[] {
    const records = this.#records(DT_VERDEF, DT_VERDEFNUM, "DT_VERDEFNUM", "version definitions");
    if (records === undefined) return [];
    // Verdef: vd_version, vd_flags, vd_ndx, vd_cnt, vd_hash, vd_aux, vd_next. Verdaux: vda_name, vda_next.
    return records.list(0, records.count, 20, 16).map(({ at, bytes }, index) => {
      const [name = "", ...parents] = records
        .list(at + this.encoding.u32(bytes, 12), this.encoding.u16(bytes, 6), 8, 4)
        .map(({ bytes: aux }) => records.name(this.encoding.u32(aux, 0), index));
      const flags = this.encoding.u16(bytes, 2);
      return { index: this.encoding.u16(bytes, 4), flags, hash: this.encoding.u32(bytes, 8), name, parents };
    });
  }

  #records(tag: bigint, countTag: bigint, countName: string, what: string): RecordReader | undefined {
    const address = this.dynamic.get(tag);
    if (address === undefined) return undefined;
    const count = this.dynamic.require(countTag, countName);
    if (count === 0n) return undefined;
    const range = this.dynamic.map.range(address, undefined, what);
    const names = new NameReader(this.dynamic.strings, MOST_RECORDS);
    return new RecordReader(this.encoding, range, Number(count), names);
  }
}

/** Walks linked records: each says how many bytes on the next one lies, so a walk only ever goes forward. */
class RecordReader {
  #left = MOST_RECORDS;

  constructor(
    private readonly encoding: Encoding,
    private readonly range: FileRange,
    readonly count: number,
    private readonly names: NameReader,
  ) {}

  /** `count` records of `size` bytes from `at` on, whose link to the next is at `next`. A link of 0 ends them early. */
  list(at: number, count: number, size: number, next: number): readonly { at: number; bytes: Buffer }[] {
    const records: { at: number; bytes: Buffer }[] = [];
    for (let place = at; records.length < count;) {
      const bytes = this.#read(place, size);
      records.push({ at: place, bytes });
      const step = this.encoding.u32(bytes, next);
      if (step === 0) break;
      place += step;
    }
    return records;
  }

  name(offset: number, index: number): string {
    return this.names.at(offset, { what: this.range.what, index });
  }

  #read(at: number, size: number): Buffer {
    const { source, offset, size: available, what } = this.range;
    if (at + size <= available && this.#left-- > 0) return source.read(offset + at, size, what);
    throw new FormatError({
      what: at + size <= available ? `${what} overlap` : `${what} leave their segment`,
      offset: source.origin + offset,
      found: `a record at +0x${at.toString(16)}`,
      expected: `records within 0x${available.toString(16)} bytes, at most ${MOST_RECORDS}`,
    });
  }
}

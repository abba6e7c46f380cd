import { importFormats } from "./constants.ts";
import type { BindTarget } from "./bind-target.ts";
import { NameBudget } from "./name-budget.ts";
import type { Region } from "./region.ts";

/*
 * mach-o/fixup-chains.h, dyld_chained_fixups_header.imports_format:
 *   1  DYLD_CHAINED_IMPORT           u32 lib_ordinal:8, weak_import:1, name_offset:23
 *   2  DYLD_CHAINED_IMPORT_ADDEND    the same, then i32 addend
 *   3  DYLD_CHAINED_IMPORT_ADDEND64  u64 lib_ordinal:16, weak_import:1, reserved:15, name_offset:32, then u64 addend
 */
const entrySizes = new Map<number, number>([
  [importFormats.plain, 4],
  [importFormats.addend, 8],
  [importFormats.addend64, 16],
]);

/** Where the table lies in LC_DYLD_CHAINED_FIXUPS, as its header says. */
export interface ImportTable {
  readonly offset: number;
  readonly count: number;
  readonly format: number;
  /** Start of the names, which go on to the end. */
  readonly namesOffset: number;
}

/** The symbols that chained binds name by their number. */
export class ChainedImports {
  readonly #entrySize: number;

  constructor(
    private readonly region: Region,
    private readonly table: ImportTable,
  ) {
    const { offset, count, format, namesOffset } = table;
    const size = entrySizes.get(format);
    if (size === undefined) throw region.problem("unknown imports format", 0, format, "1, 2 or 3");
    this.#entrySize = size;
    if (namesOffset > region.size) {
      throw region.problem("names are outside", 0, namesOffset, `at most ${region.size}`);
    }
    if (offset + count * size > region.size) {
      throw region.problem("imports are cut off", Math.min(offset, region.size), count);
    }
  }

  /** @throws FormatError for a number that the table does not have. */
  at(ordinal: number, place: Region, placeAt: number): BindTarget {
    if (ordinal >= this.table.count) {
      throw place.problem("no such import", placeAt, ordinal, `below ${this.table.count}`);
    }
    return this.#read(ordinal).target;
  }

  /** All imports, in table order. */
  all(): readonly BindTarget[] {
    const budget = new NameBudget(this.region);
    return Array.from({ length: this.table.count }, (_, ordinal) => {
      const { target, nameAt, nameLength } = this.#read(ordinal);
      budget.spend(nameLength, nameAt);
      return target;
    });
  }

  #read(ordinal: number): { target: BindTarget; nameAt: number; nameLength: number } {
    const at = this.table.offset + ordinal * this.#entrySize;
    const word = this.region.u32(at);
    const isWide = this.table.format === importFormats.addend64;
    const nameOffset = isWide ? this.region.u32(at + 4) : word >>> 9;
    const nameAt = this.table.namesOffset + nameOffset;
    const name = this.region.cString(nameAt);
    const target = {
      symbol: name.toString("utf8"),
      ordinal: isWide ? libraryOrdinal(word & 0xffff, 16) : libraryOrdinal(word & 0xff, 8),
      addend: this.#addend(at),
      weak: ((word >>> (isWide ? 16 : 8)) & 1) === 1,
      lazy: false,
    };
    return { target, nameAt, nameLength: name.length };
  }

  #addend(at: number): bigint {
    switch (this.table.format) {
      case importFormats.addend:
        return BigInt.asIntN(32, BigInt(this.region.u32(at + 4)));
      case importFormats.addend64:
        return BigInt.asIntN(64, this.region.u64(at + 8));
      default:
        return 0n;
    }
  }
}

/** The 15 highest values stand for negative, special ordinals. */
function libraryOrdinal(value: number, bits: 8 | 16): number {
  const wrap = 1 << bits;
  return value > wrap - 16 ? value - wrap : value;
}

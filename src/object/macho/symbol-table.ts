import { N_WEAK_DEF, N_WEAK_REF, symbolTypeMasks, symbolTypes } from "./constants.ts";
import type { LibrarySymtab } from "./library-command.ts";
import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";
import { rangeContains } from "./byte-search.ts";
import type { FileRange } from "./command.ts";
import type { MachoHeader } from "./header.ts";
import { NameBudget } from "./name-budget.ts";
import { Region } from "./region.ts";

/*
 * struct nlist_64 {               mach-o/nlist.h; in struct nlist n_value has 32 bits
 *   0  u32 n_strx;                offset of the name in the string table; 0 for none
 *   4  u8  n_type;
 *   5  u8  n_sect;                section it lies in, from 1
 *   6  u16 n_desc;
 *   8  u64 n_value;
 * };
 */

const strings = "string table";

/**
 * The largest programs have about a million. A symbol takes hundreds of bytes of memory, and a file with holes can
 * claim any number of them without taking any room on disk.
 */
const mostSymbols = 4_000_000;

/** An entry of LC_SYMTAB's table. */
export interface Nlist {
  /** Place in the table, by which relocations name it. */
  readonly index: number;
  readonly nameOffset: number;
  /** N_STAB: a debugger's note, no symbol of the program. */
  readonly debug: boolean;
  readonly external: boolean;
  /** Visible within the image alone. */
  readonly privateExternal: boolean;
  /** symbolTypes, or another number. */
  readonly type: number;
  readonly section: number;
  readonly weak: boolean;
  /** In the library that is looked in first (GET_LIBRARY_ORDINAL), for an import of a two-level image. */
  readonly libraryOrdinal: number;
  readonly value: bigint;
}

/** Whether it is named here and defined nowhere in the file. */
export function isUndefined({ type }: Pick<Nlist, "type">): boolean {
  return type === symbolTypes.undefined || type === symbolTypes.preboundUndefined;
}

/** Whether another image is to define it. */
export function isImport(entry: Nlist): boolean {
  return !entry.debug && entry.external && isUndefined(entry);
}

/** Whether other images can see it, if no export trie says so. */
export function isExternal(entry: Nlist): boolean {
  return !entry.debug && entry.external && !entry.privateExternal && !isUndefined(entry);
}

/** LC_SYMTAB: entries and names, read when they are first asked for. */
export class SymbolTable {
  #table: Region | undefined;
  #strings: Region | undefined;
  #budget: NameBudget | undefined;
  readonly #names = new Map<number, string>();

  constructor(
    private readonly source: ByteSource,
    private readonly header: MachoHeader,
    private readonly symtab: LibrarySymtab,
  ) {}

  /** All entries, in table order; they are not kept. */
  *entries(): Generator<Nlist> {
    const table = this.#entryTable();
    for (let index = 0; index < this.symtab.nsyms; index++) yield readEntry(table, index, this.header.bits);
  }

  /** The entry of that number, if there is one. */
  at(index: number): Nlist | undefined {
    return index < this.symtab.nsyms ? readEntry(this.#entryTable(), index, this.header.bits) : undefined;
  }

  /**
   * The name of an entry.
   * @throws FormatError for one that leaves the string table, or for names that overlap without end.
   */
  nameOf({ nameOffset, index }: Nlist): string {
    if (nameOffset === 0) return "";
    const kept = this.#names.get(nameOffset);
    if (kept !== undefined) return kept;
    const table = this.#stringTable();
    if (nameOffset >= table.size) {
      throw table.problem(`name of symbol ${index} is outside`, 0, nameOffset, `below ${table.size}`);
    }
    const bytes = table.cString(nameOffset);
    this.#budget ??= new NameBudget(table);
    this.#budget.spend(bytes.length, nameOffset);
    const name = bytes.toString("utf8");
    this.#names.set(nameOffset, name);
    return name;
  }

  /** The first entry of that name that `fits`, found without decoding any name. */
  find(name: string, fits: (entry: Nlist) => boolean): Nlist | undefined {
    const wanted = Buffer.from(`${name}\0`);
    const table = this.#stringTable().bytes;
    if (!table.includes(wanted)) return undefined;
    for (const entry of this.entries()) {
      const { nameOffset } = entry;
      if (fits(entry) && table.subarray(nameOffset, nameOffset + wanted.length).equals(wanted)) return entry;
    }
    return undefined;
  }

  /** Whether the string table holds `text`, in a symbol's name or a debugger's note. */
  stringsContain(text: string): boolean {
    if (this.#strings !== undefined) return this.#strings.bytes.includes(text);
    return rangeContains(this.source, this.#stringRange(), text, strings);
  }

  #stringRange(): FileRange {
    return { offset: this.symtab.stroff, size: this.symtab.strsize };
  }

  #stringTable(): Region {
    const { offset, size } = this.#stringRange();
    return (this.#strings ??= Region.read(this.source, offset, size, strings, this.header.endian));
  }

  #entryTable(): Region {
    if (this.#table !== undefined) return this.#table;
    const { bits, endian } = this.header;
    const { symoff, nsyms } = this.symtab;
    const what = "symbol table";
    if (nsyms > mostSymbols) {
      throw new FormatError({
        what: `${what} is too long`,
        offset: this.source.origin + Math.min(symoff, this.source.size),
        found: nsyms,
        expected: `at most ${mostSymbols} symbols`,
      });
    }
    return (this.#table = Region.read(this.source, symoff, nsyms * entrySize(bits), what, endian));
  }
}

function entrySize(bits: 32 | 64): number {
  return bits === 64 ? 16 : 12;
}

function readEntry(table: Region, index: number, bits: 32 | 64): Nlist {
  const at = index * entrySize(bits);
  const type = table.u8(at + 4);
  const description = table.u16(at + 6);
  const kind = type & symbolTypeMasks.type;
  return {
    index,
    nameOffset: table.u32(at),
    debug: (type & symbolTypeMasks.debug) !== 0,
    external: (type & symbolTypeMasks.external) !== 0,
    privateExternal: (type & symbolTypeMasks.privateExternal) !== 0,
    type: kind,
    section: table.u8(at + 5),
    weak: (description & (isUndefined({ type: kind }) ? N_WEAK_REF : N_WEAK_DEF)) !== 0,
    libraryOrdinal: description >>> 8,
    value: table.word(at + 8, bits),
  };
}

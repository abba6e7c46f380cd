import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";
import { DT_GNU_HASH, DT_HASH, DT_SYMENT, DT_SYMTAB, SHN_UNDEF, SHT_DYNSYM, STB_LOCAL } from "./constants.ts";
import type { DynamicTable } from "./dynamic.ts";
import type { Encoding } from "./encoding.ts";
import { GnuHashTable, SysvHashTable } from "./hash-table.ts";
import type { HashTable } from "./hash-table.ts";
import { OwnSearch } from "./own-search.ts";
import type { RelocationTable } from "./relocation.ts";
import type { ElfSection } from "./section.ts";
import { symbolsOfSection } from "./section-table.ts";
import type { CountedSymbols } from "./section-table.ts";
import type { StringTable } from "./string-table.ts";
import { SymbolTable, symbolSize } from "./symbol.ts";
import type { ElfSymbol } from "./symbol.ts";
import type { Versions } from "./version.ts";

/** What the dynamic symbols are found by. */
interface Parts {
  readonly source: ByteSource;
  readonly encoding: Encoding;
  readonly machine: number;
  readonly dynamic: DynamicTable;
  readonly versions: Versions;
  readonly sections: () => readonly ElfSection[];
  readonly relocationTables: () => readonly RelocationTable[];
  /** Whether only what a loader finds counts. */
  readonly asLoader: boolean;
}

/**
 * The dynamic symbol table as a loader finds it, by DT_SYMTAB and the hash tables; section headers are asked only for what
 * those do not tell.
 */
export class DynamicSymbols {
  readonly #table: SymbolTable | undefined;
  readonly #bySection: CountedSymbols | undefined;
  readonly #hashes: readonly HashTable[];
  #all: readonly ElfSymbol[] | undefined;
  #known: number | undefined;
  #isLoaded = false;
  #ownSearch: { readonly search: OwnSearch | undefined } | undefined;

  constructor(private readonly parts: Parts) {
    const { source, encoding, dynamic, versions } = parts;
    const what = "dynamic symbol";
    const address = dynamic.get(DT_SYMTAB);
    const entrySize = dynamic.get(DT_SYMENT);
    if (entrySize !== undefined && entrySize !== BigInt(symbolSize(encoding))) {
      throw new FormatError({
        what: "size of a dynamic symbol (DT_SYMENT) is wrong",
        offset: source.origin,
        found: entrySize,
        expected: String(symbolSize(encoding)),
      });
    }
    if (address === undefined) {
      this.#bySection = symbolsOfSection(source, encoding, parts.sections(), SHT_DYNSYM, what);
      this.#table = this.#bySection?.table;
    } else {
      const { source, offset } = dynamic.map.range(address, undefined, "dynamic symbol table");
      const versionOf = (index: number) => versions.of(index);
      this.#table = new SymbolTable({ source, encoding, offset, strings: dynamic.strings, what, versionOf });
    }
    this.#hashes = address === undefined ? [] : hashTables(parts);
  }

  get strings(): StringTable {
    return this.#bySection?.strings ?? this.parts.dynamic.strings;
  }

  /** All but the null symbol, in table order. */
  get all(): readonly ElfSymbol[] {
    return (this.#all ??= this.#readAll());
  }

  /** One symbol by its index, read on its own. */
  at(index: number): ElfSymbol {
    const known = this.#all?.[index - 1];
    if (known !== undefined) return known;
    if (this.#table !== undefined) return this.#table.complete(this.#table.raw(index));
    throw new FormatError({
      what: "a relocation names a symbol, but there is no dynamic symbol table",
      offset: this.parts.source.origin,
      found: index,
    });
  }

  /** The same for callers that will ask for many: the whole table is read first. */
  loaded(index: number): ElfSymbol {
    this.load();
    return this.at(index);
  }

  /** One symbol by its index; undefined if the table does not have it. */
  within(index: number): ElfSymbol | undefined {
    return index > 0 && index < this.count ? this.at(index) : undefined;
  }

  /** The greatest version index of a symbol; 0 if there are none. */
  get highestVersion(): number {
    return this.parts.versions.highest(this.count);
  }

  /** The null symbol included. */
  get count(): number {
    return (this.#known ??= this.#table === undefined ? 0 : (this.#bySection?.count ?? this.#count()));
  }

  /**
   * Reads all that symbols are found by, for callers that will ask for many, also when the file is closed; decoded are only those
   * that are asked for.
   * @throws FormatError when a table leaves the file.
   */
  load(): void {
    if (this.#table === undefined || this.#isLoaded) return;
    this.#checkRange();
    this.#table.load(this.count);
    for (const hash of this.#hashes) hash.load();
    this.#isLoaded = true;
  }

  /**
   * The defined symbols of that name that a loader finds, of all versions, in table order; none if there is no hash table
   * (glibc: elf/dl-lookup.c, do_lookup_x).
   */
  named(name: string): readonly ElfSymbol[] {
    const table = this.#table;
    const hash = this.#hashes[0];
    if (table === undefined || hash === undefined) return [];
    let bytes: Buffer | undefined;
    const found: ElfSymbol[] = [];
    for (const index of hash.candidates(name)) {
      bytes ??= Buffer.from(`${name}\0`, "utf8");
      const raw = table.raw(index);
      if (raw.sectionIndex !== SHN_UNDEF && table.isNamed(raw, bytes)) found.push(table.complete(raw, name));
    }
    return found.length < 2 ? found : found.sort((one, other) => one.index - other.index);
  }

  /** As `ElfFile.isFoundByName`. */
  isFoundByName(index: number): boolean {
    return (this.#ownSearch ??= { search: this.#openOwnSearch() }).search?.isFound(index) ?? false;
  }

  #openOwnSearch(): OwnSearch | undefined {
    this.load();
    const [hash] = this.#hashes;
    if (this.#table === undefined || !(hash instanceof GnuHashTable) || hash.loaded === undefined)
      return undefined;
    const { encoding, versions } = this.parts;
    const { count } = this;
    return new OwnSearch({
      encoding,
      count,
      symbols: this.#table.load(count),
      strings: this.strings.load(),
      ...hash.loaded,
      versions: versions.loaded,
    });
  }

  /** Why a loader that does not check crashes when it looks up the name; undefined if it does not. */
  searchFault(name: string): "no-table" | "no-buckets" | undefined {
    const [hash] = this.#hashes;
    if (hash === undefined) return "no-table";
    return hash.lacksBuckets(name) ? "no-buckets" : undefined;
  }

  /** The indices of the symbols with a given name, imports among them. */
  indicesOf(name: string): ReadonlySet<number> {
    return this.#table?.indicesOf(name, this.count) ?? new Set();
  }

  /**
   * The defined symbol of that name. Of several versions the default one, else the first of the hidden ones: a name that
   * only has a hidden version is defined all the same.
   */
  find(name: string): ElfSymbol | undefined {
    const table = this.#table;
    const hash = this.#hashes[0];
    if (table === undefined || name.includes("\0")) return undefined;
    if (hash === undefined) {
      const named = this.all.filter(
        (symbol) => symbol.name === name && symbol.defined && symbol.binding !== "local",
      );
      return named.find(({ versionHidden }) => !versionHidden) ?? named[0];
    }
    let bytes: Buffer | undefined;
    let hidden: ElfSymbol | undefined;
    for (const index of hash.candidates(name)) {
      bytes ??= Buffer.from(`${name}\0`, "utf8");
      const raw = table.raw(index);
      if (raw.sectionIndex === SHN_UNDEF || raw.binding === STB_LOCAL || !table.isNamed(raw, bytes)) continue;
      const symbol = table.complete(raw, name);
      if (!symbol.versionHidden) return symbol;
      hidden ??= symbol;
    }
    return hidden;
  }

  #readAll(): readonly ElfSymbol[] {
    return [...this.each()];
  }

  /** The same, none of which is kept. */
  *each(): Generator<ElfSymbol, void, undefined> {
    if (this.#table === undefined) return;
    this.#checkRange();
    yield* this.#table.each(this.count);
  }

  /** Checked before anything of that length is read. */
  #checkRange(): void {
    const { dynamic, encoding, versions } = this.parts;
    const address = dynamic.get(DT_SYMTAB);
    if (address === undefined) return;
    dynamic.map.range(address, BigInt(this.count * symbolSize(encoding)), "dynamic symbol table");
    versions.load(this.count);
  }

  /**
   * The dynamic section does not say how many symbols there are: the hash tables and the section header do, and the one that tells
   * of the most is right, for a loader finds by DT_GNU_HASH what is beyond the end of DT_HASH. If they are silent, relocations
   * name some.
   */
  #count(): number {
    const told = [...this.#hashes.map((hash) => hash.symbolCount()), this.#countOfSection()].filter(
      (count) => count !== undefined,
    );
    if (told.length > 0) return Math.max(...told);
    const { source, relocationTables } = this.parts;
    if (this.#hashes.length > 0 || this.parts.asLoader) {
      // Without symbols in a hash table the file exports none. Its imports are those that relocations name.
      return relocationTables().reduce((last, table) => Math.max(last, table.lastSymbol()), 0) + 1;
    }
    throw new FormatError({
      what: "nothing tells how many dynamic symbols there are",
      offset: source.origin,
      expected: "DT_HASH, DT_GNU_HASH or a section header of type SHT_DYNSYM",
    });
  }

  /** By the header of the section that is the table; undefined if there is none, or the headers lie: no loader looks at them. */
  #countOfSection(): number | undefined {
    const { encoding, dynamic, sections } = this.parts;
    const address = dynamic.get(DT_SYMTAB);
    if (address === undefined) return undefined;
    try {
      const section = sections().find((each) => each.type === SHT_DYNSYM && each.address === address);
      if (section === undefined) return undefined;
      const { size } = dynamic.map.range(address, section.size, "dynamic symbol table");
      return Math.floor(size / symbolSize(encoding));
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      return undefined;
    }
  }
}

/** The quicker one to find a symbol first. */
function hashTables({ encoding, machine, dynamic }: Parts): readonly HashTable[] {
  const tables: HashTable[] = [];
  const gnu = dynamic.get(DT_GNU_HASH);
  if (gnu !== undefined) {
    tables.push(new GnuHashTable(encoding, dynamic.map.range(gnu, undefined, "GNU hash table")));
  }
  const sysv = dynamic.get(DT_HASH);
  if (sysv !== undefined) {
    tables.push(new SysvHashTable(encoding, dynamic.map.range(sysv, undefined, "hash table"), machine));
  }
  return tables;
}

import type { ByteSource } from "../image.ts";
import { AddressMap } from "./address-map.ts";
import { SHT_SYMTAB } from "./constants.ts";
import { DynamicTable } from "./dynamic.ts";
import { DynamicRelocations } from "./dynamic-relocations.ts";
import { DynamicSymbols } from "./dynamic-symbols.ts";
import { readHeader } from "./header.ts";
import type { ElfHeader } from "./header.ts";
import { relocationTables } from "./relocation.ts";
import type { IgnoredTables, RelocationTable } from "./relocation.ts";
import { SectionTable } from "./section.ts";
import { symbolsOfSection } from "./section-table.ts";
import type { CountedSymbols } from "./section-table.ts";
import { ProgramTable } from "./segment.ts";
import { Versions } from "./version.ts";

const NONE: IgnoredTables = new Set();

/** The tables of an ELF file. The header and the program headers are read at once, each other one when it is first asked for. */
export class ElfParts {
  readonly header: ElfHeader;
  readonly programs: ProgramTable;
  readonly map: AddressMap;
  readonly #source: ByteSource;
  readonly #read: {
    sectionTable?: SectionTable;
    dynamic?: DynamicTable;
    versions?: Versions;
    dynamicSymbols?: DynamicSymbols;
    staticTable?: CountedSymbols | undefined;
    relocationTables?: readonly RelocationTable[];
    relocations?: DynamicRelocations;
  } = {};

  /** @throws FormatError when the header lies, or when a header table or a loadable segment is cut off. */
  constructor(
    source: ByteSource,
    /** As a loader sees it, which passes over these tables; undefined if all in the file counts. */
    private readonly ignored: IgnoredTables | undefined,
  ) {
    this.#source = source;
    this.header = readHeader(source);
    this.programs = new ProgramTable(source, this.header);
    this.map = new AddressMap(source, this.programs.loads);
  }

  get sectionTable(): SectionTable {
    return (this.#read.sectionTable ??= SectionTable.read(this.#source, this.header));
  }

  get dynamic(): DynamicTable {
    return (this.#read.dynamic ??= DynamicTable.read(
      this.#source,
      this.header.encoding,
      this.map,
      this.programs,
    ));
  }

  get versions(): Versions {
    return (this.#read.versions ??= new Versions(this.#source, this.header.encoding, this.dynamic));
  }

  get dynamicSymbols(): DynamicSymbols {
    return (this.#read.dynamicSymbols ??= new DynamicSymbols({
      source: this.#source,
      encoding: this.header.encoding,
      machine: this.header.machine,
      dynamic: this.dynamic,
      versions: this.versions,
      sections: () => this.sectionTable.all,
      relocationTables: () => this.#relocationTables,
      asLoader: this.ignored !== undefined,
    }));
  }

  /** .symtab; undefined in a stripped file. */
  get staticTable(): CountedSymbols | undefined {
    return (this.#read.staticTable ??= symbolsOfSection(
      this.#source,
      this.header.encoding,
      this.sectionTable.all,
      SHT_SYMTAB,
      "symbol",
    ));
  }

  get relocations(): DynamicRelocations {
    return (this.#read.relocations ??= new DynamicRelocations({
      source: this.#source,
      encoding: this.header.encoding,
      machine: this.header.machine,
      dynamic: this.dynamic,
      tables: this.#relocationTables,
      ignored: this.ignored ?? NONE,
      symbols: () => this.dynamicSymbols,
    }));
  }

  get #relocationTables(): readonly RelocationTable[] {
    return (this.#read.relocationTables ??= relocationTables(
      this.#source,
      this.header.encoding,
      this.header.machine,
      this.dynamic,
      this.ignored ?? NONE,
    ));
  }
}

import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";
import type { AddressPlace, ObjectFile, ObjectKind, Pointer, Section, Segment } from "../object-file.ts";
import {
  DF_1_PIE,
  DT_DEBUG,
  DT_FLAGS,
  DT_FLAGS_1,
  DT_RPATH,
  DT_RUNPATH,
  DT_SONAME,
  ET_CORE,
  ET_DYN,
  ET_EXEC,
  ET_REL,
  PT_INTERP,
  SHT_NULL,
} from "./constants.ts";
import type { DynamicEntry } from "./dynamic.ts";
import type { NamedRelocation, RelocationRun } from "./dynamic-relocations.ts";
import { archOf } from "./machine.ts";
import { readNotes } from "./note.ts";
import type { Note } from "./note.ts";
import { ElfParts } from "./parts.ts";
import type { IgnoredTables } from "./relocation.ts";
import { readContent, readPieces, type SectionPiece } from "./section-content.ts";
import type { ElfSection } from "./section.ts";
import { asSegment } from "./segment.ts";
import type { ProgramHeader } from "./segment.ts";
import type { ElfSymbol } from "./symbol.ts";
import { textSearch } from "./text-search.ts";
import type { VersionDefinition, VersionNeed } from "./version.ts";

export { isElf } from "./header.ts";

/** An interpreter's path is no longer (PATH_MAX of Linux). */
const LONGEST_PATH = 4096;

/**
 * Opens an ELF file. Read here: the header and the program headers; everything else when it is asked for.
 * @throws FormatError when the header lies, or when a header table or a loadable segment is cut off.
 */
export function openElf(source: ByteSource): ElfFile {
  return new ElfFile(source);
}

/** An ELF file (System V gABI, chapters 4 and 5). What stands here beside ObjectFile only ELF has. */
export class ElfFile implements ObjectFile {
  readonly format = "elf";
  readonly #source: ByteSource;
  readonly #parts: ElfParts;
  readonly #lazy: {
    segments?: readonly Segment[];
    sections?: readonly ElfSection[];
    needed?: readonly string[];
    staticSymbols?: readonly ElfSymbol[];
    notes?: readonly Note[];
  } = {};

  /** @param ignored if the file is to be seen as a loader sees it: tags of relocation tables that it passes over. */
  constructor(source: ByteSource, ignored?: IgnoredTables) {
    this.#source = source;
    this.#parts = new ElfParts(source, ignored);
  }

  /** All program headers, as they are in the file. */
  get programHeaders(): readonly ProgramHeader[] {
    return this.#parts.programs.all;
  }

  get segments(): readonly Segment[] {
    return (this.#lazy.segments ??= this.#parts.programs.loads.map(asSegment));
  }

  get bits(): 32 | 64 {
    return this.#parts.header.encoding.bits;
  }

  get endian(): "little" | "big" {
    return this.#parts.header.encoding.endian;
  }

  get machine(): number {
    return this.#parts.header.machine;
  }

  get arch(): string {
    return archOf(this.machine, this.#parts.header.encoding);
  }

  get size(): number {
    return this.#source.size;
  }

  /** e_type. */
  get type(): number {
    return this.#parts.header.type;
  }

  /** e_ident[EI_OSABI]: 0 System V, 3 GNU. */
  get osAbi(): number {
    return this.#parts.header.osAbi;
  }

  /** e_ident[EI_ABIVERSION]. */
  get abiVersion(): number {
    return this.#parts.header.abiVersion;
  }

  /** e_entry. */
  get entry(): bigint {
    return this.#parts.header.entry;
  }

  /** e_flags: the machine's own bits. */
  get machineFlags(): number {
    return this.#parts.header.machineFlags;
  }

  /**
   * A position-independent executable is ET_DYN like a library. DF_1_PIE tells them apart; before binutils 2.26 nothing
   * set it, but executables alone have DT_DEBUG, the debugger's hook into the loader. (PT_INTERP does not tell: libc.so.6
   * has one, a static PIE has none.)
   */
  get kind(): ObjectKind {
    switch (this.type) {
      case ET_REL:
        return "relocatable";
      case ET_EXEC:
        return "executable";
      case ET_CORE:
        return "core";
      case ET_DYN: {
        if ((this.flags1 & DF_1_PIE) !== 0n) return "executable";
        const started = this.#parts.programs.ofType(PT_INTERP).length > 0;
        return started && this.#parts.dynamic.get(DT_DEBUG) !== undefined ? "executable" : "shared-library";
      }
      default:
        return "other";
    }
  }

  get sections(): readonly ElfSection[] {
    return (this.#lazy.sections ??= this.#parts.sectionTable.all.filter(({ type }) => type !== SHT_NULL));
  }

  sectionsNamed(names: readonly string[]): readonly ElfSection[] {
    return this.#parts.sectionTable.named(names).filter(({ type }) => type !== SHT_NULL);
  }

  /** The dynamic section's entries without the DT_NULL at its end. */
  get dynamic(): readonly DynamicEntry[] {
    return this.#parts.dynamic.entries;
  }

  get neededLibraries(): readonly string[] {
    return (this.#lazy.needed ??= this.#parts.dynamic.needed());
  }

  get soname(): string | undefined {
    return this.#parts.dynamic.string(DT_SONAME, "DT_SONAME");
  }

  /** DT_RUNPATH as it stands there, with $ORIGIN and colons. */
  get runpath(): string | undefined {
    return this.#parts.dynamic.string(DT_RUNPATH, "DT_RUNPATH");
  }

  /** DT_RPATH, which a loader heeds only if there is no DT_RUNPATH. */
  get rpath(): string | undefined {
    return this.#parts.dynamic.string(DT_RPATH, "DT_RPATH");
  }

  /** DT_FLAGS: DF_BIND_NOW 8, DF_STATIC_TLS 16, …; 0 if it is missing. */
  get flags(): bigint {
    return this.#parts.dynamic.flags(DT_FLAGS);
  }

  /** DT_FLAGS_1: DF_1_NOW 1, DF_1_NOOPEN 0x40, DF_1_PIE 0x08000000, …; 0 if it is missing. */
  get flags1(): bigint {
    return this.#parts.dynamic.flags(DT_FLAGS_1);
  }

  /** PT_INTERP: the path of the loader this program asks for. */
  get interpreter(): string | undefined {
    const [program] = this.#parts.programs.ofType(PT_INTERP);
    if (program === undefined) return undefined;
    if (program.fileSize > BigInt(LONGEST_PATH)) {
      throw new FormatError({
        what: "interpreter's path is too long",
        offset: this.#source.origin,
        found: program.fileSize,
        expected: `at most ${LONGEST_PATH} bytes`,
      });
    }
    const bytes = this.#source.read(program.offset, program.fileSize, "interpreter's path");
    const end = bytes.indexOf(0);
    return bytes.toString("utf8", 0, end === -1 ? bytes.length : end);
  }

  get versionNeeds(): readonly VersionNeed[] {
    return this.#parts.versions.needs;
  }

  get versionDefinitions(): readonly VersionDefinition[] {
    return this.#parts.versions.definitions;
  }

  /** The greatest index of a version that a dynamic symbol has (DT_VERSYM); 0 if there are none. */
  get highestVersion(): number {
    return this.#parts.dynamicSymbols.highestVersion;
  }

  get dynamicSymbols(): readonly ElfSymbol[] {
    return this.#parts.dynamicSymbols.all;
  }

  eachDynamicSymbol(): Iterable<ElfSymbol> {
    return this.#parts.dynamicSymbols.each();
  }

  get staticSymbols(): readonly ElfSymbol[] {
    const found = this.#parts.staticTable;
    return (this.#lazy.staticSymbols ??= found === undefined ? [] : found.table.all(found.count));
  }

  findDynamicSymbol(name: string): ElfSymbol | undefined {
    return this.#parts.dynamicSymbols.find(name);
  }

  /** The dynamic symbol with that index; undefined if the table does not have it. */
  dynamicSymbol(index: number): ElfSymbol | undefined {
    return this.#parts.dynamicSymbols.within(index);
  }

  /** The null symbol included. */
  get dynamicSymbolCount(): number {
    return this.#parts.dynamicSymbols.count;
  }

  /**
   * Whether the dynamic symbol with that index is a definition, without a version and neither local nor hidden nor thread-local, that a
   * loader comes to first when it searches this file for its name. False may also be said of one that it would have to search without
   * DT_GNU_HASH.
   */
  isFoundByName(index: number): boolean {
    return this.#parts.dynamicSymbols.isFoundByName(index);
  }

  /** The definitions of that name that a loader finds, of all versions, in table order. */
  definitionsNamed(name: string): readonly ElfSymbol[] {
    return this.#parts.dynamicSymbols.named(name);
  }

  /** Why a loader that does not check its hash tables crashes when it looks up the name; undefined if it does not. */
  searchFault(name: string): "no-table" | "no-buckets" | undefined {
    return this.#parts.dynamicSymbols.searchFault(name);
  }

  /**
   * Reads the dynamic symbols' tables, so that `dynamicSymbol` and `definitionsNamed` need the file no more.
   * @throws FormatError when one leaves the file.
   */
  loadDynamicSymbols(): void {
    this.#parts.dynamicSymbols.load();
  }

  /**
   * Whether the dynamic string table holds one of the texts: one read of it, and no symbol is decoded. `".Name\0"` asks for a name
   * that ends so.
   */
  dynamicStringsContain(...texts: readonly string[]): boolean {
    return this.#parts.dynamicSymbols.strings.contains(textSearch(texts));
  }

  /**
   * The strings of the dynamic string table, or ends of them, that begin with `start`: what may be names of symbols.
   * @param longest longer ones are left out, in bytes.
   */
  dynamicStringsBeginning(start: string, longest: number): Iterable<string> {
    return this.#parts.dynamicSymbols.strings.beginning(start, longest);
  }

  /** As `dynamicStringsContain`, for the strings of .symtab; a long table is searched piece by piece. */
  staticStringsContain(...texts: readonly string[]): boolean {
    return this.#parts.staticTable?.strings.contains(textSearch(texts)) ?? false;
  }

  /**
   * All dynamic relocations in the order a loader applies them: RELR, REL, RELA, JMPREL. They are decoded while they are
   * asked for, so that a long table costs no memory.
   */
  relocations(): Iterable<NamedRelocation> {
    return this.#parts.relocations.all();
  }

  /** The same without DT_RELR, as numbers. */
  relocationRuns(): Iterable<RelocationRun> {
    return this.#parts.relocations.runs();
  }

  /** The addresses that DT_RELR relocates. */
  relativeAddresses(): Iterable<bigint> {
    return this.#parts.relocations.relative();
  }

  /** Whether a dynamic relocation refers to a symbol of that name. */
  relocatesBy(name: string): boolean {
    return this.#parts.relocations.name(name);
  }

  get notes(): readonly Note[] {
    return (this.#lazy.notes ??= readNotes(
      this.#source,
      this.#parts.header.encoding,
      this.#parts.programs,
      () => this.#parts.sectionTable.all,
    ));
  }

  /**
   * A note's content.
   * @param limit the most bytes wanted; a longer note is an error, not cut.
   */
  readNote(note: Note, limit: number): Buffer {
    if (note.size <= limit) return this.#source.read(note.offset, note.size, `note of ${note.name}`);
    throw new FormatError({
      what: `note of ${note.name} is too long`,
      offset: this.#source.origin + note.offset,
      found: note.size,
      expected: `at most ${limit} bytes`,
    });
  }

  readSection(section: Section, limit: number): Buffer {
    return readContent(this.#source, this.#parts.header.encoding, section, limit);
  }

  /** As `readSection`, a piece at a time, for what is only looked through. */
  sectionPieces(section: Section, limit: number): Iterable<SectionPiece> {
    return readPieces(this.#source, this.#parts.header.encoding, section, limit);
  }

  locate(address: bigint): AddressPlace {
    return this.#parts.map.locate(address);
  }

  readAddress(address: bigint, length: number, what: string): Buffer {
    return this.#parts.map.read(address, length, what);
  }

  pointerAt(address: bigint): Pointer {
    if (this.type === ET_REL) return { kind: "unknown", reason: "a relocatable file has no addresses yet" };
    return this.#parts.relocations.pointerAt(address);
  }
}

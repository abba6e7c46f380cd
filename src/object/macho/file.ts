import type { ByteSource } from "../image.ts";
import type { AddressPlace, ObjectFile, ObjectKind, ObjectSymbol, Section, Segment } from "../object-file.ts";
import { archName } from "./architecture.ts";
import type { BindTarget } from "./bind-target.ts";
import { checkPages, type PageCheck } from "./code-signature-pages.ts";
import { readCodeSignature, type CodeSignature } from "./code-signature.ts";
import { decodeCommands, type Commands, type FileRange } from "./command.ts";
import { ExportTrie, type MachoExport } from "./export-trie.ts";
import { objectKind, readHeader, type MachoHeader } from "./header.ts";
import type { LinkedLibrary } from "./linked-library.ts";
import { readLoadCommands, type LoadCommand } from "./load-command.ts";
import { PointerTable, type MachoPointer } from "./pointer-table.ts";
import { Region } from "./region.ts";
import { SegmentTable, type MachoSection } from "./segment-table.ts";
import { isExternal, isImport, SymbolTable, type Nlist } from "./symbol-table.ts";
import { symbolOfExport, symbolOfNlist } from "./symbol.ts";
import type { BuildVersion } from "./version.ts";

export { isMacho } from "./header.ts";

/**
 * Opens a thin Mach-O file, or a slice of a universal one: reads the header and the load commands, nothing else.
 * @throws FormatError when it is none, when a load command breaks its form, or when a segment is cut off.
 */
export function openMacho(source: ByteSource): MachoFile {
  return new MachoFile(source);
}

/** A thin Mach-O file of 32 or 64 bits and either byte order (mach-o/loader.h). */
export class MachoFile implements ObjectFile {
  readonly format = "macho";
  readonly bits: 32 | 64;
  readonly endian: "little" | "big";
  readonly arch: string;
  readonly machine: number;
  readonly kind: ObjectKind;
  readonly size: number;
  /** MH_*, as the number in the header. */
  readonly fileType: number;
  readonly cpuType: number;
  /** With its capability bits. */
  readonly cpuSubtype: number;
  /** MH_* flags of the header. */
  readonly flags: number;
  /** All load commands in file order, whether this reader looks into them or not. */
  readonly loadCommands: readonly LoadCommand[];

  readonly #source: ByteSource;
  readonly #header: MachoHeader;
  readonly #commands: Commands;
  readonly #segments: SegmentTable;
  readonly #symbolTable: SymbolTable | undefined;
  readonly #pointers: PointerTable;
  #trie: ExportTrie | undefined;
  #signature: CodeSignature | undefined;
  #exports: readonly MachoExport[] | undefined;
  #dynamicSymbols: readonly ObjectSymbol[] | undefined;
  #staticSymbols: readonly ObjectSymbol[] | undefined;

  constructor(source: ByteSource) {
    const header = readHeader(source);
    const commands = readLoadCommands(source, header);
    this.#source = source;
    this.#header = header;
    this.#commands = decodeCommands(header, commands);
    this.#segments = new SegmentTable(source, header, this.#commands.segments);
    const { symtab } = this.#commands;
    this.#symbolTable = symtab && new SymbolTable(source, header, symtab);
    this.#pointers = new PointerTable({
      source,
      header,
      commands: this.#commands,
      segments: this.#segments,
      symbols: this.#symbolTable,
      ownExport: (name) => this.#ownExport(name),
    });
    this.bits = header.bits;
    this.endian = header.endian;
    this.arch = archName(header.cpuType, header.cpuSubtype);
    this.machine = header.cpuType;
    this.kind = objectKind(header.fileType);
    this.size = source.size;
    this.fileType = header.fileType;
    this.cpuType = header.cpuType;
    this.cpuSubtype = header.cpuSubtype;
    this.flags = header.flags;
    this.loadCommands = commands.map(({ cmd, name, offset, size }) => ({ cmd, name, offset, size }));
  }

  get sections(): readonly MachoSection[] {
    return this.#segments.sections;
  }

  sectionsNamed(names: readonly string[]): readonly MachoSection[] {
    return this.sections.filter(({ name }) => names.includes(name));
  }

  get segments(): readonly Segment[] {
    return this.#segments.segments;
  }

  /** Address of the Mach-O header: vmaddr of `__TEXT`. */
  get imageBase(): bigint {
    return this.#segments.base;
  }

  /** In the form 01234567-89AB-CDEF-0123-456789ABCDEF. */
  get uuid(): string | undefined {
    return this.#commands.uuid;
  }

  /** What it was built for: the first of `buildVersions`. */
  get buildVersion(): BuildVersion | undefined {
    return this.#commands.buildVersions[0];
  }

  /** All that it was built for: a zippered library is for macOS and for Mac Catalyst. */
  get buildVersions(): readonly BuildVersion[] {
    return this.#commands.buildVersions;
  }

  /** LC_ID_DYLIB: the name that the linker writes into images that link this one. */
  get installName(): string | undefined {
    return this.#commands.installName;
  }

  get linkedLibraries(): readonly LinkedLibrary[] {
    return this.#commands.linkedLibraries;
  }

  get neededLibraries(): readonly string[] {
    return this.#commands.linkedLibraries.map(({ name }) => name);
  }

  /** LC_RPATH, in order: where `@rpath` is looked for. */
  get rpaths(): readonly string[] {
    return this.#commands.rpaths;
  }

  /** LC_CODE_SIGNATURE: where the signature lies in the file (in the slice); not checked. */
  get codeSignature(): FileRange | undefined {
    return this.#commands.codeSignature;
  }

  /** What LC_CODE_SIGNATURE points at; undefined in an unsigned file. Whether it still fits is for `checkPages`. */
  get signature(): CodeSignature | undefined {
    const range = this.#commands.codeSignature;
    if (range === undefined || range.size === 0) return undefined;
    return (this.#signature ??= readCodeSignature(this.#source, range));
  }

  /** Hashes all that is signed, and so reads nearly the whole file; undefined in an unsigned file. */
  checkPages(): PageCheck | undefined {
    return this.signature && checkPages(this.#source, this.signature.directory);
  }

  /** The export trie, in its order; empty if the file has none. */
  get exports(): readonly MachoExport[] {
    return (this.#exports ??= this.#exportTrie()?.all() ?? []);
  }

  /** The symbols that fixups bind, in the order of their tables; a classic one may be there twice. */
  get imports(): readonly BindTarget[] {
    return this.#pointers.imports();
  }

  /** Exports by the trie, or by the symbol table if there is none; then imports by the symbol table. */
  get dynamicSymbols(): readonly ObjectSymbol[] {
    return (this.#dynamicSymbols ??= [...this.#exportedSymbols(), ...this.#nlistSymbols(isImport)]);
  }

  /** LC_SYMTAB without debuggers' notes (stabs). */
  get staticSymbols(): readonly ObjectSymbol[] {
    return (this.#staticSymbols ??= this.#nlistSymbols(({ debug }) => !debug));
  }

  /** A name that is only re-exported is not defined here: see `exports`. */
  findDynamicSymbol(name: string): ObjectSymbol | undefined {
    const trie = this.#exportTrie();
    if (trie !== undefined) {
      const found = trie.find(name);
      return found === undefined || found.kind === "re-export"
        ? undefined
        : symbolOfExport(found, this.#segments);
    }
    const entry = this.#symbolTable?.find(name, isExternal);
    return entry && symbolOfNlist(entry, name, this.#segments);
  }

  /**
   * Exact. A trie cuts its names anywhere, so it is walked, though no name is kept; the symbol table is decoded only
   * where the bytes of the string table hold the text.
   */
  dynamicStringsContain(...texts: readonly string[]): boolean {
    return texts.some((text) => this.#dynamicStringsContain(text));
  }

  #dynamicStringsContain(text: string): boolean {
    const trie = this.#exportTrie();
    if (trie?.someNameContains(text) === true) return true;
    const table = this.#symbolTable;
    if (table?.stringsContain(text) !== true) return false;
    for (const entry of table.entries()) {
      const isDynamic = isImport(entry) || (trie === undefined && isExternal(entry));
      if (isDynamic && table.nameOf(entry).includes(text)) return true;
    }
    return false;
  }

  /** Whether the string table holds the text, in a symbol's name or a debugger's note. */
  staticStringsContain(...texts: readonly string[]): boolean {
    const table = this.#symbolTable;
    return table !== undefined && texts.some((text) => table.stringsContain(text));
  }

  readSection(section: Section, limit: number): Buffer {
    return this.#segments.readSection(section, limit);
  }

  locate(address: bigint): AddressPlace {
    return this.#segments.locate(address);
  }

  readAddress(address: bigint, length: number, what: string): Buffer {
    return this.#segments.readAddress(address, length, what);
  }

  pointerAt(address: bigint): MachoPointer {
    return this.#pointers.at(address);
  }

  #exportTrie(): ExportTrie | undefined {
    if (this.#trie !== undefined) return this.#trie;
    const range = this.#commands.exportsTrie ?? this.#commands.dyldInfo?.exports;
    // Go's linker writes LC_DYLD_INFO_ONLY with no trie in it; the symbol table then says what is exported.
    if (range === undefined || range.size === 0) return undefined;
    const region = Region.read(this.#source, range.offset, range.size, "export trie", this.#header.endian);
    return (this.#trie = new ExportTrie(region, this.imageBase, this.bits));
  }

  eachDynamicSymbol(): Iterable<ObjectSymbol> {
    return this.dynamicSymbols;
  }

  #exportedSymbols(): readonly ObjectSymbol[] {
    if (this.#exportTrie() === undefined) return this.#nlistSymbols(isExternal);
    return this.exports.map((entry) => symbolOfExport(entry, this.#segments));
  }

  #nlistSymbols(wanted: (entry: Nlist) => boolean): readonly ObjectSymbol[] {
    const table = this.#symbolTable;
    const found: ObjectSymbol[] = [];
    if (table === undefined) return found;
    for (const entry of table.entries()) {
      if (wanted(entry)) found.push(symbolOfNlist(entry, table.nameOf(entry), this.#segments));
    }
    return found;
  }

  #ownExport(name: string): bigint | undefined {
    const found = this.findDynamicSymbol(name);
    return found === undefined || found.absolute || found.type === "ifunc" ? undefined : found.address;
  }
}

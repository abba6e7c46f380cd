/** The formats of object files that are read here. */
export type ObjectFormat = "elf" | "macho";

/** What is the same in all files of a format. */
export const objectFormats = {
  elf: { name: "ELF", kindField: "e_type", symbolPrefix: "" },
  // A C name has an underscore before it (mach-o/nlist.h).
  macho: { name: "Mach-O", kindField: "filetype", symbolPrefix: "_" },
} as const satisfies Readonly<Record<ObjectFormat, FormatFacts>>;

interface FormatFacts {
  /** For people. */
  readonly name: string;
  /** The field of the header that says what kind of object it is. */
  readonly kindField: string;
  /** What a C or Go name has before it in the file's symbols. */
  readonly symbolPrefix: string;
}

/**
 * One view of an ELF file, a thin Mach-O file, or one slice of a universal Mach-O file. Names follow the formats:
 * an address is a virtual address as the linker wrote it (unslid), an offset is a place in the file.
 *
 * Everything is read on demand. Any member may throw FormatError when the structure it needs is broken; the
 * others still work.
 */
export interface ObjectFile {
  readonly format: ObjectFormat;
  readonly bits: 32 | 64;
  readonly endian: "little" | "big";
  /** Architecture as LLVM spells it in triples: x86_64, aarch64, i386, arm, riscv64, …; `unknown-<number>` else. */
  readonly arch: string;
  /** e_machine, or cputype. */
  readonly machine: number;
  readonly kind: ObjectKind;
  /** Length in bytes of the file, or of the slice. */
  readonly size: number;

  /** Sections in file order; empty if the file has no section header table. */
  readonly sections: readonly Section[];
  /** The sections with one of the names, in file order: the same as of `sections`, without decoding the others. */
  sectionsNamed(names: readonly string[]): readonly Section[];
  /** Loadable segments (PT_LOAD, LC_SEGMENT) in file order. */
  readonly segments: readonly Segment[];
  /**
   * Symbols the loader sees, in table order: .dynsym, or the export trie with undefined (imported) nlist symbols
   * after it. They survive stripping.
   */
  readonly dynamicSymbols: readonly ObjectSymbol[];
  /** The same one after another, for those that want each once: a file may have millions. */
  eachDynamicSymbol(): Iterable<ObjectSymbol>;
  /** Symbols of the static table (.symtab, all of LC_SYMTAB), which stripping removes. */
  readonly staticSymbols: readonly ObjectSymbol[];
  /** Linked libraries in load order: DT_NEEDED, or LC_LOAD_DYLIB and its kin. */
  readonly neededLibraries: readonly string[];

  /** The defined dynamic symbol of that name, found by the loader's own table (hash or trie) without reading all. */
  findDynamicSymbol(name: string): ObjectSymbol | undefined;

  /**
   * Whether the names of the dynamic (or static) symbols hold one of the texts, found without decoding symbols: a false is
   * certain, a true is a reason to look.
   */
  dynamicStringsContain(...texts: readonly string[]): boolean;
  staticStringsContain(...texts: readonly string[]): boolean;

  /**
   * A section's bytes, inflated if it is SHF_COMPRESSED.
   * @param limit the most bytes wanted; a longer section is an error, not cut.
   * @throws FormatError for a zero-filled section, one that leaves the file, or one longer than `limit`.
   */
  readSection(section: Section, limit: number): Buffer;

  /** Where an address lies in the file. */
  locate(address: bigint): AddressPlace;

  /**
   * The bytes in place at an address, at most `length` and fewer only if the segment's file content ends.
   * @throws FormatError if no file content is mapped there.
   */
  readAddress(address: bigint, length: number, what: string): Buffer;

  /**
   * What the loader will put into the pointer-sized word at `address`: decided by the relocation or fixup there,
   * never by the word's value.
   */
  pointerAt(address: bigint): Pointer;
}

export type ObjectKind = "executable" | "shared-library" | "bundle" | "relocatable" | "core" | "other";

export interface Section {
  readonly name: string;
  /** Mach-O only: the segment that holds it. */
  readonly segment?: string;
  readonly address: bigint;
  /** Offset in the file (in the slice). Without meaning when `zeroFill`. */
  readonly offset: number | bigint;
  /** Length in bytes, as the header says: not yet checked against the file. */
  readonly size: number | bigint;
  /** No bytes in the file: SHT_NOBITS, S_ZEROFILL. */
  readonly zeroFill: boolean;
  /** SHF_COMPRESSED. */
  readonly compressed: boolean;
  /** Part of a loaded segment: SHF_ALLOC; always so in Mach-O images. */
  readonly loaded: boolean;
}

/**
 * Whether the file's section headers describe it: then what they do not name is not there. A file that was stripped of them may have got
 * some again, for a manifest that was appended: these lead to nothing that is loaded.
 */
export function hasSectionHeaders({ sections }: Pick<ObjectFile, "sections">): boolean {
  return sections.some(({ loaded }) => loaded);
}

export interface Segment {
  /** Mach-O segment name; "LOAD" in ELF. */
  readonly name: string;
  readonly address: bigint;
  readonly memorySize: bigint;
  readonly offset: bigint;
  readonly fileSize: bigint;
  readonly readable: boolean;
  readonly writable: boolean;
  readonly executable: boolean;
}

export interface ObjectSymbol {
  /** As in the file: with the leading underscore in Mach-O. */
  readonly name: string;
  readonly address: bigint;
  /** In bytes; undefined in Mach-O, which records none. */
  readonly size: bigint | undefined;
  /** False for an import. */
  readonly defined: boolean;
  readonly binding: "local" | "global" | "weak" | "other";
  readonly type: "object" | "function" | "tls" | "ifunc" | "none" | "section" | "file" | "other";
  /** Defined at a place that is not an address: SHN_ABS, N_ABS. */
  readonly absolute: boolean;
  /** Symbol version in ELF (GLIBC_2.34); undefined if there is none. */
  readonly version?: string | undefined;
}

export type AddressPlace =
  /** `available` bytes of file content follow from there. */
  | { readonly kind: "file"; readonly offset: number; readonly available: number }
  /** In memory but not in the file: .bss, __DATA zero fill. */
  | { readonly kind: "zero-fill" }
  | { readonly kind: "unmapped" };

export type Pointer =
  /** No relocation or fixup there: the word is plain data. `value` is what is in the file. */
  | { readonly kind: "plain"; readonly value: bigint }
  /** Points to `address` in this same file. */
  | { readonly kind: "address"; readonly address: bigint }
  /** Bound by name to a symbol that another file defines. */
  | { readonly kind: "import"; readonly symbol: string }
  /** A relocation or fixup stands there that this reader does not know: say so, do not guess. */
  | { readonly kind: "unknown"; readonly reason: string };

/** What an ELF tool says of a symbol. */
export interface SymbolFact {
  /** With its version, if any, behind one `@`. */
  readonly name: string;
  /** Of a versioned symbol: a reference without a version means this one (`name@@VERSION`). */
  readonly isDefault: boolean;
  readonly address: bigint;
  readonly size: bigint;
  /** st_info's upper half: STB_LOCAL 0, STB_GLOBAL 1, STB_WEAK 2. */
  readonly binding: number;
  /** st_info's lower half: STT_NOTYPE 0, STT_OBJECT 1, … */
  readonly type: number;
  /** st_shndx, after SHN_XINDEX. */
  readonly section: number;
}

/** One entry of a relocation table; an address that a RELR table unfolds to is an entry of its own. */
export interface RelocationFact {
  readonly offset: bigint;
  /** The machine's own number: R_X86_64_RELATIVE is 8. */
  readonly type: number;
  /** R_X86_64_RELATIVE. */
  readonly typeName: string;
  /** Index in the dynamic symbol table; 0 where there is none. */
  readonly symbol: number;
  /** As a signed number; undefined where the table has none and it stands in place (REL, RELR). */
  readonly addend: bigint | undefined;
}

export interface NoteFact {
  readonly owner: string;
  /** Length of the descriptor in bytes. */
  readonly size: number;
  /** In the tool's words: `NT_GNU_BUILD_ID (unique build ID bitstring)`. */
  readonly type: string;
}

/** What an ELF tool says of a whole file. Everything is in file order; index 0 of a table is its null entry. */
export interface ElfFacts {
  readonly sections: readonly ElfSectionFact[];
  readonly segments: readonly ElfSegmentFact[];
  readonly dynamicSymbols: readonly SymbolFact[];
  readonly staticSymbols: readonly SymbolFact[];
  /** One a table; `section` is the table's index in the section header table. */
  readonly relocations: readonly { readonly section: number; readonly entries: readonly RelocationFact[] }[];
  readonly notes: readonly { readonly section: string; readonly entries: readonly NoteFact[] }[];
}

export interface ElfSectionFact {
  readonly name: string;
  /** sh_type. */
  readonly type: number;
  /** sh_flags. */
  readonly flags: bigint;
  readonly address: bigint;
  readonly offset: bigint;
  readonly size: bigint;
}

export interface ElfSegmentFact {
  /** p_type. */
  readonly type: number;
  /** p_flags. */
  readonly flags: number;
  readonly address: bigint;
  readonly offset: bigint;
  readonly fileSize: bigint;
  readonly memorySize: bigint;
}

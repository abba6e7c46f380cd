import type { Encoded } from "./elf-structures.ts";

/** A place in a section of the spec. */
export interface Spot {
  readonly in: string;
  /** Bytes from the section's start; 0 if left out. */
  readonly at?: number;
}

/** A blob with a name: the linker's output for one section. */
export interface SectionSpec {
  readonly name: string;
  readonly content?: Buffer | string;
  /** sh_type; PROGBITS (1), or NOBITS (8) where only `size` is given. */
  readonly type?: number;
  /** Size of a NOBITS section. */
  readonly size?: number;
  /** In the writable segment, as .data is; else in the read-only one. */
  readonly writable?: boolean;
  /** In no segment at all, as .comment is. Never loaded in a relocatable file. */
  readonly loaded?: boolean;
  /** Bits of sh_flags beside those that follow from the above: 0x800 is SHF_COMPRESSED. */
  readonly flags?: number | bigint;
  readonly align?: number;
  /** sh_link as an index or a section's name. */
  readonly link?: number | string;
  readonly info?: number;
  readonly entrySize?: number;
}

/** A symbol: defined at a spot (`in`), at a fixed number (`absolute`), in an odd section index (`sectionIndex`), else undefined. */
export interface SymbolSpec {
  readonly name: string;
  readonly in?: string;
  readonly at?: number;
  readonly absolute?: number | bigint;
  readonly sectionIndex?: number;
  readonly size?: number;
  /** STB_*: 0 local, 1 global (the default), 2 weak. */
  readonly binding?: number;
  /** STT_*: 1 object (the default), 2 function, 6 TLS, 10 IFUNC. */
  readonly type?: number;
  /** st_other: 2 hidden. */
  readonly other?: number;
  /** A version of `versionNeeds` or `versionDefinitions`, in .dynsym. */
  readonly version?: string;
  /** VERSYM_HIDDEN. */
  readonly versionHidden?: boolean;
}

/** A dynamic relocation. The place is a spot or an address, the addend a number or a spot (whose address it is). */
export interface RelocationSpec {
  readonly place: Spot | bigint;
  readonly type: number;
  /** Name of a dynamic symbol. */
  readonly symbol?: string;
  /** In REL it is written into the place. */
  readonly addend?: Spot | number | bigint;
}

/**
 * A pointer at a spot, with the relocation that a linker would make for it:
 * - `plain`: the address in place and no relocation, as in a file that is not position-independent;
 * - `rela`, `rel`, `relr`: relative, by the machine's own type;
 * - `symbol`: by a symbol (`symbol`, `to` left out), RELA.
 */
export interface PointerSpec extends Spot {
  readonly to?: Spot;
  readonly symbol?: string;
  readonly addend?: number;
  readonly via: "plain" | "rela" | "rel" | "relr" | "symbol";
}

export interface NoteSpec {
  readonly name: string;
  readonly type: number;
  readonly content: Buffer | string;
}

export interface VersionNeedSpec {
  readonly file: string;
  readonly versions: readonly { readonly name: string; readonly flags?: number }[];
}

export interface VersionDefinitionSpec {
  readonly name: string;
  readonly flags?: number;
  readonly parents?: readonly string[];
}

/** A lie, told after everything is in place. */
export type Patch =
  | { readonly at: number; readonly bytes: Buffer | readonly number[] }
  /** A field of the ELF header: e_shoff. */
  | { readonly header: string; readonly value: number | bigint }
  /** A field of the program header of that index: p_filesz. */
  | { readonly program: number; readonly field: string; readonly value: number | bigint }
  /** A field of a section's header: sh_size. */
  | { readonly section: string | number; readonly field: string; readonly value: number | bigint }
  /** The value of the first dynamic entry of that tag. */
  | { readonly dynamic: bigint; readonly value: number | bigint }
  /** A field of a dynamic symbol: st_name. */
  | { readonly dynamicSymbol: string; readonly field: string; readonly value: number | bigint }
  /** Bytes within a section. */
  | { readonly content: string; readonly at: number; readonly bytes: Buffer | readonly number[] };

/** An ELF file in words. All that is left out is what an ordinary x86-64 shared library has. */
export interface ElfSpec {
  readonly bits?: 32 | 64;
  readonly endian?: "little" | "big";
  /** e_machine; 62 (x86-64), or 3 (i386) in 32 bits. */
  readonly machine?: number;
  /** e_type; 3 (ET_DYN). 1 (ET_REL) has no segments. */
  readonly type?: number;
  readonly osAbi?: number;
  readonly abiVersion?: number;
  readonly entry?: number | bigint;
  readonly machineFlags?: number;
  /** Address of the file's first byte; 0x10000, or 0 in a relocatable file. */
  readonly base?: number;
  readonly sections?: readonly SectionSpec[];
  /** Program headers beside PT_LOAD, PT_DYNAMIC, PT_INTERP and PT_NOTE; `over` gives them a section's place. */
  readonly segments?: readonly {
    readonly over?: string;
    readonly fields: Readonly<Record<string, number | bigint>>;
  }[];
  readonly interpreter?: string;
  readonly needed?: readonly string[];
  readonly soname?: string;
  readonly runpath?: string;
  readonly rpath?: string;
  /** More entries of the dynamic section. A value that is a spot becomes its address. */
  readonly dynamic?: readonly (readonly [tag: bigint, value: number | bigint | Spot])[];
  /** A PT_DYNAMIC is made where something needs it; `false` makes none even so. */
  readonly dynamicSegment?: boolean;
  readonly dynamicSymbols?: readonly SymbolSpec[];
  /** Hash tables of the dynamic symbols; "gnu" if left out. */
  readonly hash?: "gnu" | "sysv" | "both" | "none";
  /** .symtab and .strtab. */
  readonly symbols?: readonly SymbolSpec[];
  readonly relocations?: {
    readonly rela?: readonly RelocationSpec[];
    readonly rel?: readonly RelocationSpec[];
    /** DT_JMPREL, of the kind `pltKind`. */
    readonly jmprel?: readonly RelocationSpec[];
    /** Words of the RELR table as they are written. */
    readonly relr?: readonly (bigint | Spot)[];
  };
  /** "rela" if left out. */
  readonly pltKind?: "rela" | "rel";
  readonly pointers?: readonly PointerSpec[];
  readonly notes?: readonly NoteSpec[];
  /** 4 (the default) or 8: p_align of PT_NOTE, and the padding. */
  readonly noteAlign?: 4 | 8;
  readonly versionNeeds?: readonly VersionNeedSpec[];
  readonly versionDefinitions?: readonly VersionDefinitionSpec[];
  /** `false` leaves them out, as `llvm-strip --strip-sections` does. */
  readonly sectionHeaders?: boolean;
  /** Numbers that do not fit the header go to section header 0, whether they would fit or not. */
  readonly extendedNumbering?: boolean;
  readonly patch?: readonly Patch[];
  /** Cuts the file after so many bytes. */
  readonly truncate?: number;
}

/** A spec's basic choices, made. */
export interface Basics extends Encoded {
  readonly machine: number;
  readonly type: number;
}

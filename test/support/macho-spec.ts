import type { ChainSpec } from "./macho-chains.ts";
import type { ExportSpec } from "./macho-trie.ts";

/** A place in the image: a section as `SEGMENT,section` with a byte offset in it, or an address. */
export type Place = bigint | string | readonly [section: string, offset: number];

export interface SectionSpec {
  /** At most 16 bytes: `__otel_manifest`. */
  readonly name: string;
  readonly bytes?: Buffer | string;
  /** In place of `bytes`: a length in memory, with nothing in the file. */
  readonly zeroFill?: number;
  /** Type and attributes; S_REGULAR, or S_ZEROFILL with `zeroFill`, if left out. */
  readonly flags?: number;
  readonly reserved1?: number;
  /** A count of relocations, which are not written. */
  readonly relocationCount?: number;
  /** A power of two; 8 bytes if left out. */
  readonly align?: number;
}

export interface SegmentSpec {
  readonly name: string;
  readonly sections?: readonly SectionSpec[];
  /** initprot: 1 read, 2 write, 4 execute. By name if left out. */
  readonly protection?: number;
  /** Reserves this much memory and takes no file content: __PAGEZERO. */
  readonly reserve?: bigint;
}

export interface SymbolSpec {
  readonly name: string;
  /** Defined there; a symbol without it is an import (N_UNDF | N_EXT). */
  readonly at?: Place;
  /** In place of `at`: n_value as it is. */
  readonly value?: bigint | number;
  /** n_type; N_SECT | N_EXT for a definition, N_UNDF | N_EXT for an import if left out. */
  readonly type?: number;
  /** n_desc. */
  readonly description?: number;
}

export interface BindSpec {
  readonly at: Place;
  readonly symbol: string;
  /** Linked library from 1, or 0 self, -1 main executable, -2 flat, -3 weak; 1 if left out. */
  readonly ordinal?: number;
  readonly addend?: number;
  /** BIND_SYMBOL_FLAGS_WEAK_IMPORT. */
  readonly weak?: boolean;
  /** Which of the three opcode streams; `bind` if left out. */
  readonly kind?: "bind" | "weak" | "lazy";
}

export interface DylibSpec {
  readonly name: string;
  /** LC_LOAD_DYLIB if left out. */
  readonly cmd?: number;
  /** Packed versions, 1.0.0 if left out. */
  readonly currentVersion?: number;
  readonly compatibilityVersion?: number;
  readonly timestamp?: number;
  /** The flags of dylib_use_command: makes room for them before the name. */
  readonly useFlags?: number;
}

/** struct relocation_info of LC_DYSYMTAB. */
export interface RelocationSpec {
  /** r_address: what it counts from is by architecture. */
  readonly address: number;
  /** Index of a symbol: makes it an external one. */
  readonly symbol?: number;
  readonly type?: number;
  /** Power of two; a pointer's if left out. */
  readonly length?: number;
  readonly relative?: boolean;
  /** A struct scattered_relocation_info, for local ones of 32 bits. */
  readonly scattered?: boolean;
}

export type ChainedSpec = ChainSpec & {
  readonly fixups: readonly ({ readonly at: Place } & (
    | { readonly to: Place; readonly authenticated?: boolean }
    | (Omit<BindSpec, "at" | "kind"> & {
        readonly importAddend?: bigint | number;
        readonly authenticated?: boolean;
      })
  ))[];
};

/** A thin Mach-O file. Everything can be left out: what is left out is valid, or not there. */
export interface MachoSpec {
  readonly bits?: 32 | 64;
  readonly endian?: "little" | "big";
  /** x86_64 or i386 by `bits` if left out, ppc64 or ppc in big endian. */
  readonly cpuType?: number;
  readonly cpuSubtype?: number;
  /** MH_*; MH_DYLIB if left out. */
  readonly fileType?: number;
  readonly flags?: number;
  /** Address of the header; 0 if left out. */
  readonly base?: bigint;
  readonly pageSize?: number;
  /** The first one with file content also maps header and load commands; `__LINKEDIT` is added. */
  readonly segments?: readonly SegmentSpec[];
  readonly symbols?: readonly SymbolSpec[];
  /** Values are offsets from the base; `at` stands for the offset of a place. */
  readonly exports?: readonly (ExportSpec | (Omit<ExportSpec, "value"> & { readonly at: Place }))[];
  /** Where the trie goes: a command of its own, or LC_DYLD_INFO_ONLY. */
  readonly exportsIn?: "trie" | "dyld-info";
  /** Writes the address of `to` at `at` and slides it. */
  readonly rebases?: readonly { readonly at: Place; readonly to: Place }[];
  /** REBASE_TYPE_*, of all of them. */
  readonly rebaseType?: number;
  readonly binds?: readonly BindSpec[];
  readonly chainedFixups?: ChainedSpec;
  /** Writes the address of `to` at `at`, with no fixup. */
  readonly pointers?: readonly { readonly at: Place; readonly to: Place }[];
  /** Tables as they are, in place of the ones made from the above. */
  readonly raw?: {
    readonly trie?: Buffer;
    readonly rebase?: Buffer;
    readonly bind?: Buffer;
    readonly weakBind?: Buffer;
    readonly lazyBind?: Buffer;
    readonly chainedFixups?: Buffer;
    readonly strings?: Buffer;
  };
  readonly localRelocations?: readonly RelocationSpec[];
  readonly externalRelocations?: readonly RelocationSpec[];
  /** Indices of symbols, or INDIRECT_SYMBOL_LOCAL and INDIRECT_SYMBOL_ABS. */
  readonly indirectSymbols?: readonly number[];
  readonly dylibs?: readonly DylibSpec[];
  readonly rpaths?: readonly string[];
  readonly installName?: string;
  /** 16 bytes. */
  readonly uuid?: Buffer;
  /** Packed versions: 0x000d0000 is 13.0. */
  readonly buildVersion?: { readonly platform: number; readonly minos: number; readonly sdk?: number };
  /** LC_CODE_SIGNATURE over these bytes, at the end of the file. */
  readonly codeSignature?: Buffer;
  /** More load commands, after all others; the body without cmd and cmdsize, a multiple of 8 long. */
  readonly commands?: readonly { readonly cmd: number; readonly body: Buffer }[];
  /** Bytes written over the finished file. */
  readonly patch?: readonly { readonly at: number; readonly bytes: Buffer | readonly number[] }[];
}

export interface BuiltMacho {
  readonly bytes: Buffer;
  readonly addressOf: (place: Place) => bigint;
  /** Offset in the file. */
  readonly offsetOf: (place: Place) => number;
  /** Offset of a load command in the file, by LC_* number. */
  readonly commandAt: (cmd: number, nth?: number) => number;
  /** Offset of a table of the link edit segment in the file: "trie", "rebase", "symbols", "strings", … */
  readonly tableAt: (name: string) => number;
}

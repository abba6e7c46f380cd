/** What npm's `macho` 1.5 makes of a load command, as its lib/macho/parser.js returns it; of each the fields that are used. */
export interface LibraryProtection {
  readonly read: boolean;
  readonly write: boolean;
  readonly exec: boolean;
}

/** Numbers of 64 bits are rounded above 2^53. `data`, which may be another section's bytes, is left out. */
export interface LibrarySection {
  readonly sectname: string;
  readonly segname: string;
  readonly addr: number;
  readonly size: number;
  readonly offset: number;
  readonly reloff: number;
  readonly nreloc: number;
}

export interface LibrarySegment {
  readonly type: "segment" | "segment_64";
  readonly name: string;
  readonly vmaddr: number;
  readonly vmsize: number;
  readonly filesize: number;
  readonly initprot: LibraryProtection;
  readonly sections: readonly LibrarySection[];
}

export interface LibrarySymtab {
  readonly type: "symtab";
  readonly symoff: number;
  readonly nsyms: number;
  readonly stroff: number;
  readonly strsize: number;
}

export interface LibraryDysymtab {
  readonly type: "dysymtab";
  readonly indirectsymoff: number;
  readonly nindirectsyms: number;
  readonly extreloff: number;
  readonly nextrel: number;
  readonly locreloff: number;
  readonly nlocrel: number;
}

export interface LibraryDylib {
  readonly type: "load_dylib" | "id_dylib";
  readonly name: string;
  readonly timestamp: number;
  readonly current_version: number;
  readonly compatibility_version: number;
}

export interface LibraryRpath {
  readonly type: "rpath";
  readonly name: string;
}

export interface LibraryLinkedit {
  readonly type: "code_signature" | "dyld_exports_trie" | "dyld_chained_fixups";
  readonly dataoff: number;
  readonly datasize: number;
}

/** `fileoff` is where the command itself lies, also in a segment: there it takes the place of the segment's own. */
export type LibraryCommand = { readonly fileoff: number } & (
  LibrarySegment | LibrarySymtab | LibraryDysymtab | LibraryDylib | LibraryRpath | LibraryLinkedit
);

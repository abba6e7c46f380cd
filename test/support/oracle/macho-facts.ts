/** One load command as `otool -l` names it: `LC_UUID` with `uuid` → `EBC07F64-…`. */
export interface LoadCommandFact {
  readonly command: string;
  readonly fields: ReadonlyMap<string, string>;
  /** Of LC_SEGMENT and LC_SEGMENT_64 alone. */
  readonly sections: readonly ReadonlyMap<string, string>[];
}

/** One entry of the export trie. */
export interface ExportFact {
  readonly name: string;
  /** Undefined for a re-export. */
  readonly address: bigint | undefined;
  /** What stands in brackets: weak_def, per-thread, absolute, re-export. */
  readonly flags: readonly string[];
}

/** One row of a rebase or bind table, or one link of a fixup chain. */
export interface FixupFact {
  readonly segment: string;
  readonly section: string;
  /** Unslid virtual address of the pointer. */
  readonly address: bigint;
  readonly kind: "rebase" | "bind" | "lazy-bind" | "weak-bind";
  /** For a bind: the symbol it is bound to. */
  readonly symbol?: string;
  readonly addend?: bigint;
  /** For a bind: where the symbol is looked for, in the tool's words: `libSystem`, `this-image`, `flat-namespace`. */
  readonly library?: string;
  /** In a chain: the word as it stands in the file. */
  readonly raw?: bigint;
}

/** One nlist entry. */
export interface NlistFact {
  readonly name: string;
  readonly value: bigint;
  readonly external: boolean;
  readonly privateExternal: boolean;
  /** n_type & N_TYPE, or the whole n_type of a debugging (N_STAB) entry. */
  readonly type: number;
  /** n_desc. */
  readonly description: number;
  /** n_sect, counted from 1; undefined where the tool names none. */
  readonly section: number | undefined;
}

export interface SliceFact {
  readonly arch: string;
  /** In bytes from the file's start. */
  readonly offset: number;
  readonly size: number;
}

/** A symbol that a fixup names, to be found when the image is loaded. */
export interface BindTarget {
  /** With the leading underscore. */
  readonly symbol: string;
  /** Linked library that defines it, from 1, or one of `libraryOrdinals`. */
  readonly ordinal: number;
  /** Added to its address. */
  readonly addend: bigint;
  /** May be missing: it is then 0. */
  readonly weak: boolean;
  /** Looked up when it is first called. */
  readonly lazy: boolean;
}

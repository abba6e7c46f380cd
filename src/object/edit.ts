/** A part of an edited file: a range of the old file, or new bytes. */
export type EditPart =
  | { readonly kind: "kept"; readonly start: number; readonly end: number }
  | { readonly kind: "new"; readonly bytes: Buffer };

/** An edited file: its parts, in order. What is kept is copied, so that a large file needs no memory. */
export interface Edit {
  readonly kind: "edit";
  readonly parts: readonly EditPart[];
  /** What was done, for a person: "appended the section .gnu.warning.otel_manifest". */
  readonly done: string;
}

/** Why a file cannot be edited; the file stays as it is. */
export interface EditRefusal {
  readonly kind: "refused";
  readonly reason: string;
  /** What to do instead: whole sentences or commands. */
  readonly next: readonly string[];
}

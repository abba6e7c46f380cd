import type { EditPart } from "../../edit.ts";
import { FormatError } from "../../format-error.ts";

interface Change {
  readonly start: number;
  readonly end: number;
  readonly bytes: Buffer;
}

/** What of a file is replaced by new bytes, by offsets in the old file. What is not named is kept. */
export class SourceChanges {
  readonly #changes: Change[] = [];

  /** Replaces the bytes from `start` up to `end`; with both the same, inserts there, behind what was inserted there before. */
  replace(start: number, end: number, bytes: Buffer): void {
    this.#changes.push({ start, end, bytes });
  }

  /**
   * The edited file.
   * @param size of the old one.
   * @throws FormatError if two parts that are changed lie over each other, as only in a damaged file.
   */
  parts(size: number): readonly EditPart[] {
    const parts: EditPart[] = [];
    let at = 0;
    // An insertion stands before what is replaced from the same place on: sorting is stable.
    const sorted = this.#changes.toSorted((a, b) => a.start - b.start || a.end - b.end);
    for (const { start, end, bytes } of sorted) {
      if (start < at || end < start || end > size)
        throw new FormatError({ what: "what is to be changed overlaps", offset: start });
      if (start > at) parts.push({ kind: "kept", start: at, end: start });
      if (bytes.length > 0) parts.push({ kind: "new", bytes });
      at = end;
    }
    if (size > at) parts.push({ kind: "kept", start: at, end: size });
    return parts;
  }
}

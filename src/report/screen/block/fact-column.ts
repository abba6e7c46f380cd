import type { EvidenceResult, ManifestResult } from "../../../check/model/result.ts";
import { claimOf, factOf, type ClaimField } from "../../model/claim.ts";
import type { Style } from "../layout/style.ts";
import type { Cell, Column } from "../layout/table.ts";

interface FactSource {
  readonly manifest: ManifestResult | null;
  readonly evidence: EvidenceResult;
}

/** A column with what a plugin claims about itself, or else with what its binary proves. */
export function factColumn<Row>(
  head: string,
  field: ClaimField,
  giveUp: number,
  sourceOf: (row: Row) => FactSource,
): Column<Row> {
  return {
    head,
    cell: (row, style) => {
      const { manifest, evidence } = sourceOf(row);
      return orNone(factOf(claimOf(manifest), evidence, field), style);
    },
    giveUp,
    // A target stays in one line; `1.95.0 (59807616e 2026-04-14)` takes two before the column is given up.
    shrinkTo: field === "target" ? 26 : 17,
  };
}

/** A text from outside, or the sign for no value. */
export function orNone(text: string | undefined, style: Style): Cell {
  return text === undefined || text === ""
    ? { text: style.marks.none, tone: "faint" }
    : { text: style.text(text) };
}

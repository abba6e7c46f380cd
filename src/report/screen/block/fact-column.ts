import type { EvidenceResult, ManifestResult } from "../../../check/model/result.ts";
import { claimOf, factOf, type ClaimField } from "../../model/claim.ts";
import { paragraph } from "./finding.ts";
import type { Style } from "../layout/style.ts";
import type { Cell, Column } from "../layout/table.ts";

/** A column with what a plugin says of itself, or what its binary proves. */
export function factColumn(
  head: string,
  field: ClaimField,
  giveUp: number | undefined,
  style: Style,
): Column<{ readonly manifest: ManifestResult | null; readonly evidence: EvidenceResult }> {
  return {
    head,
    cell: ({ manifest, evidence }) => orNone(factOf(claimOf(manifest), evidence, field), style),
    ...(giveUp === undefined ? {} : { giveUp }),
    shrinkTo: 26,
  };
}

/** A text from outside, or the sign for none. */
export function orNone(text: string | undefined, style: Style): Cell {
  return text === undefined || text === ""
    ? { text: style.marks.none, tone: "faint" }
    : { text: style.text(text) };
}

/** Says which columns a narrow screen had no room for. */
export function leftOut(columns: readonly string[], style: Style): readonly string[] {
  if (columns.length === 0) return [];
  const named = `No room here for ${columns.join(", ")}: a wider terminal, a pipe or --json shows all.`;
  return ["", ...paragraph(named, 0, style).map(style.paint.faint)];
}

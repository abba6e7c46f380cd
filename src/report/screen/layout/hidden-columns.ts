import { paragraph } from "./paragraph.ts";
import type { Style } from "./style.ts";

/** Names the columns that do not fit on a narrow screen. */
export function hiddenColumns(columns: readonly string[], style: Style): readonly string[] {
  if (columns.length === 0) return [];
  const text = `Hidden columns: ${columns.join(", ")}. A wider terminal, a pipe or --json shows them.`;
  return ["", ...paragraph(text, 0, style).map(style.paint.faint)];
}

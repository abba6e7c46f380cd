import { paragraph } from "../layout/paragraph.ts";
import type { Style } from "../layout/style.ts";

/** What is worth a line, but no more. @param text not yet safe to show. */
export function remark(text: string, style: Style, indent = 0): readonly string[] {
  return paragraph(style.text(`${style.marks.note} ${text}`), indent, style).map(style.paint.faint);
}

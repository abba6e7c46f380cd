import type { Finding, Fix } from "../../../rules/finding.ts";
import { severityLooks } from "../../model/look.ts";
import { labelled, labelWidth } from "../layout/paragraph.ts";
import type { Style } from "../layout/style.ts";

/** How to fix it, each step once. */
export function fixLines(fixes: readonly Fix[], indent: number, style: Style): readonly string[] {
  return [...new Set(fixes.flatMap((fix) => fixStep(fix, indent, style)))];
}

/** The severity; if the policy changed it, also the rule's own. */
export function signOf(
  {
    severity,
    ruleSeverity,
    suppressed,
  }: Pick<Finding, "severity" | "suppressed"> & { readonly ruleSeverity?: Finding["severity"] | undefined },
  style: Style,
): string {
  if (suppressed !== undefined) return style.paint.faint(`${style.marks.note} suppressed ${severity}`);
  const { mark, tone } = severityLooks[severity];
  const sign = style.paint[tone](`${style.marks[mark]} ${severity}`);
  return ruleSeverity === undefined ? sign : `${sign} ${style.paint.faint(`(default: ${ruleSeverity})`)}`;
}

/** A command stays on one line, whatever the screen's width, so that it can be copied. */
function fixStep(fix: Fix, indent: number, style: Style): readonly string[] {
  if (fix.kind === "advice") return labelled("fix", fix.text, indent, style);
  const label = style.paint.faint("fix".padEnd(labelWidth));
  const note = fix.note === undefined ? "" : style.paint.faint(`   # ${style.text(fix.note)}`);
  return [`${" ".repeat(indent)}${label}${style.paint.strong(style.text(fix.run))}${note}`];
}

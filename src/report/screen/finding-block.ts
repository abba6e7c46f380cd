import type { Fix } from "../../loader/fix.ts";
import type { Finding, Side } from "../../rules/finding.ts";
import type { Style } from "./style.ts";
import { padded, wrapped } from "./text-width.ts";
import { severityLooks } from "../model/verdict.ts";

/** Column where the values of a finding start. */
const LABEL = 8;

/** One finding: what is wrong, both values with where they were read, why, and what fixes it. */
export function findingBlock(finding: Finding, indent: number, style: Style): readonly string[] {
  const about = [finding.arch, finding.subject].flatMap((part) =>
    part === undefined || finding.message.includes(part) ? [] : [style.text(part)],
  );
  const head = [" ".repeat(indent) + signOf(finding, style), style.paint.strong(finding.rule), ...about].join(
    "  ",
  );
  return [
    head,
    ...paragraph(style.text(finding.message), indent + 4, style),
    ...sideLines(sidesOf(finding), indent + 4, style),
    ...labelled("cause", finding.cause, indent + 4, style),
    ...labelled("why", suppression(finding), indent + 4, style),
    ...fixLines(finding.fix, indent + 4, style),
  ];
}

/** What fixes it, the same advice once. */
export function fixLines(fixes: readonly Fix[], indent: number, style: Style): readonly string[] {
  return [...new Set(fixes.flatMap((fix) => fixStep(fix, indent, style)))];
}

/** How grave it is; of one that the policy changed also what its rule says. */
export function signOf({ severity, ruleSeverity, suppressed }: Finding, style: Style): string {
  if (suppressed !== undefined) return style.paint.faint(`${style.marks.note} suppressed ${severity}`);
  const { mark, tone } = severityLooks[severity];
  const sign = style.paint[tone](`${style.marks[mark]} ${severity}`);
  return ruleSeverity === undefined ? sign : `${sign} ${style.paint.faint(`(by its rule: ${ruleSeverity})`)}`;
}

function suppression({ suppressed }: Finding): string | undefined {
  if (suppressed === undefined) return undefined;
  const { reason, expires } = suppressed;
  return expires === null ? reason : `${reason} (until ${expires})`;
}

/** A plugin against the host, or one place in a file against another. */
function sidesOf({ plugin, other, host }: Finding): Parameters<typeof sideLines>[0] {
  return [
    ["plugin", plugin],
    ["other", other],
    ["host", host],
  ];
}

/** Text under a heading, broken at the screen's edge. */
export function paragraph(text: string, indent: number, style: Style): readonly string[] {
  const room = style.width === null ? null : style.width - indent;
  return wrapped(text, room, style.measure).map((line) => " ".repeat(indent) + line);
}

/** `label   text`, further lines under the text; nothing for no text. */
export function labelled(
  label: string,
  text: string | undefined,
  indent: number,
  style: Style,
): readonly string[] {
  if (text === undefined) return [];
  const lines = paragraph(style.text(text), indent + LABEL, style);
  return lines.map((line, at) =>
    at === 0
      ? " ".repeat(indent) + style.paint.faint(label.padEnd(LABEL)) + line.slice(indent + LABEL)
      : line,
  );
}

/** One side above the other, their values starting in one column, and where each was read after or under it. */
export function sideLines(
  all: readonly (readonly [label: string, side: Side | undefined])[],
  indent: number,
  style: Style,
): readonly string[] {
  const sides = all.flatMap(([label, side]) =>
    side === undefined ? [] : [{ label, value: style.text(side.value), from: style.text(side.from) }],
  );
  const width = Math.max(0, ...sides.map(({ value }) => style.measure(value)));
  const room = style.width === null ? Infinity : style.width - indent - LABEL;
  return sides.flatMap(({ label, value, from }) => {
    const start = " ".repeat(indent) + style.paint.faint(label.padEnd(LABEL));
    if (width + 2 + style.measure(from) <= room) {
      return [`${start}${padded(value, width, style.measure)}  ${style.paint.faint(from)}`];
    }
    const under = " ".repeat(indent + LABEL);
    return [
      ...wrapped(value, room, style.measure).map((line, at) => (at === 0 ? start : under) + line),
      ...wrapped(from, room, style.measure).map((line) => under + style.paint.faint(line)),
    ];
  });
}

/** A command stays on one line, whatever the screen, so that it can be copied. */
function fixStep(fix: Fix, indent: number, style: Style): readonly string[] {
  if (fix.kind === "advice") return labelled("fix", fix.text, indent, style);
  const label = style.paint.faint("fix".padEnd(LABEL));
  const note = fix.note === undefined ? "" : style.paint.faint(`   # ${style.text(fix.note)}`);
  return [`${" ".repeat(indent)}${label}${style.paint.strong(style.text(fix.run))}${note}`];
}

import type { Finding, Side } from "../../../rules/finding.ts";
import { findingBlock, labelled, fixLines, paragraph, signOf } from "./finding.ts";
import type { Style } from "../layout/style.ts";
import { renderTable, type Cell, type Column } from "../layout/table.ts";

/** All findings in their order; those of one rule that have one cause stand together, as one block with a row each. */
export function findingBlocks(findings: readonly Finding[], indent: number, style: Style): readonly string[] {
  const groups = new Map<string, Finding[]>();
  for (const [at, finding] of findings.entries()) {
    const key = keyOf(finding) ?? String(at);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return group.length === 1 ? findingBlock(first, indent, style) : groupBlock(first, group, indent, style);
  });
}

/** What findings that are shown as one have in common; undefined for one that stands alone. */
function keyOf({ rule, severity, arch, cause, subject, suppressed }: Finding): string | undefined {
  if (cause === undefined || subject === undefined || suppressed !== undefined) return undefined;
  return JSON.stringify([rule, severity, arch, cause]);
}

function groupBlock(
  first: Finding,
  group: readonly Finding[],
  indent: number,
  style: Style,
): readonly string[] {
  const head = [
    " ".repeat(indent) + signOf(first, style),
    style.paint.strong(first.rule),
    ...(first.arch === undefined ? [] : [style.text(first.arch)]),
    `${group.length} for one cause`,
  ];
  return [
    head.join("  "),
    ...paragraph(style.text(first.cause ?? ""), indent + 4, style),
    ...rows(group, indent + 4, style),
    ...fixLines(
      group.flatMap(({ fix }) => fix),
      indent + 4,
      style,
    ),
  ];
}

function rows(group: readonly Finding[], indent: number, style: Style): readonly string[] {
  const columns: readonly Column<Finding>[] = [
    { head: "", cell: ({ subject }) => ({ text: style.text(subject ?? "") }), shrinkTo: 20 },
    { head: "PLUGIN", cell: ({ plugin }) => value(plugin, style), shrinkTo: 16 },
    ...(group.some(({ other }) => other !== undefined)
      ? [{ head: "OTHER", cell: ({ other }: Finding) => value(other, style), shrinkTo: 16 }]
      : []),
    ...(group.some(({ host }) => host !== undefined)
      ? [{ head: "HOST", cell: ({ host }: Finding) => value(host, style), shrinkTo: 16 }]
      : []),
  ];
  const width = style.width === null ? null : style.width - indent;
  const { text } = renderTable(columns, group, { ...style, width });
  const places = new Set(group.flatMap(({ plugin, host }) => [plugin, host].map((side) => side?.from)));
  const from = [...places].filter((place) => place !== undefined);
  return [
    ...text.split("\n").map((line) => " ".repeat(indent) + line),
    // Where each was read is of interest only where that is one place for all of them.
    ...(from.length > 2 ? [] : labelled("from", from.join(", "), indent, style)),
  ];
}

function value(side: Side | undefined, style: Style): Cell {
  return { text: side === undefined ? style.marks.none : style.text(side.value) };
}

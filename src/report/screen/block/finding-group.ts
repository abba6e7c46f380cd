import type { Finding, Side } from "../../../rules/finding.ts";
import { groupedByCause } from "../../model/cause-group.ts";
import { sidesOf } from "../../model/problem-text.ts";
import { labelled, paragraph } from "../layout/paragraph.ts";
import type { Style } from "../layout/style.ts";
import { renderTable, type Cell, type Column } from "../layout/table.ts";
import { findingBlock, fixLines, signOf } from "./finding.ts";

/** All findings in their order; those with the same cause are one block with a row for each. */
export function findingBlocks(findings: readonly Finding[], indent: number, style: Style): readonly string[] {
  return groupedByCause(findings).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return group.length === 1 ? findingBlock(first, indent, style) : groupBlock(first, group, indent, style);
  });
}

function groupBlock(
  first: Finding,
  group: readonly Finding[],
  indent: number,
  style: Style,
): readonly string[] {
  const head = [
    signOf(first, style),
    style.paint.strong(first.rule),
    ...(first.arch === undefined ? [] : [style.text(first.arch)]),
    `${group.length} with the same cause`,
  ];
  return [
    " ".repeat(indent) + head.join("  "),
    ...paragraph(style.text(first.cause ?? ""), indent + 4, style),
    ...rows(group, indent + 4, style),
    ...fixLines(
      group.flatMap(({ fix }) => fix),
      indent + 4,
      style,
    ),
  ];
}

/** A column for each place whose values any of the findings compares; the plugin's is always there. */
function columnsFor(group: readonly Finding[]): readonly Column<Finding>[] {
  const names = new Set(group.flatMap((finding) => sidesOf(finding).map(({ name }) => name))).add("plugin");
  return [
    { head: "", cell: ({ subject }, style) => ({ text: style.text(subject ?? "") }), shrinkTo: 20 },
    ...(["plugin", "other", "host"] as const)
      .filter((name) => names.has(name))
      .map((name) => ({
        head: name.toUpperCase(),
        cell: (finding: Finding, style: Style) => value(finding[name], style),
        shrinkTo: 16,
      })),
  ];
}

function rows(group: readonly Finding[], indent: number, style: Style): readonly string[] {
  const width = style.width === null ? null : style.width - indent;
  const { text } = renderTable(columnsFor(group), group, { ...style, width });
  const places = new Set(group.flatMap(({ plugin, host }) => [plugin, host].map((side) => side?.from)));
  const from = [...places].filter((place) => place !== undefined);
  return [
    ...text.split("\n").map((line) => " ".repeat(indent) + line),
    // Only if each side's values were all read from one place is that place worth a line.
    ...(from.length > 2 ? [] : labelled("from", from.join(", "), indent, style)),
  ];
}

function value(side: Side | undefined, style: Style): Cell {
  return { text: side === undefined ? style.marks.none : style.text(side.value) };
}

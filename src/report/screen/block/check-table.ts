import type { Check, Side } from "../../../rules/finding.ts";
import { rules } from "../../../rules/registry.ts";
import { bounded, paragraph } from "../layout/paragraph.ts";
import type { Style } from "../layout/style.ts";
import { renderTable, type Cell, type Column } from "../layout/table.ts";
import { statusLooks } from "../../model/look.ts";
import { sidesOf } from "../../model/problem-text.ts";
import { sideLines } from "./side-lines.ts";

/** A comparison; without a reason if that is said elsewhere. */
export type ShownCheck = Omit<Check, "reason"> & { readonly reason?: string | undefined };

/** Every comparison with both values; a table for each slice. */
export function checkTables(checks: readonly ShownCheck[], style: Style): readonly string[] {
  return archesOf(checks).flatMap((arch) => checkLines(arch, checks, style));
}

/** The slices that were compared, in the order of their checks; undefined for a thin file. */
function archesOf(checks: readonly ShownCheck[]): readonly (string | undefined)[] {
  return [...new Set(checks.map(({ arch }) => arch))];
}

/** A line for each check if there is room, two if there is less, and blocks if columns would be too narrow. */
function checkLines(arch: string | undefined, all: readonly ShownCheck[], style: Style): readonly string[] {
  const checks = all.filter((check) => check.arch === arch);
  const head = ["", ...(arch === undefined ? [] : [style.paint.strong(style.text(arch))])];
  const { width } = style;
  const wide = renderTable([...columns(style, "  "), remarkColumn(style)], checks, { ...style, width: null });
  if (width === null || wide.width <= width) return [...head, wide.text];
  if (width < NARROW) return [...head, ...checks.flatMap((check) => block(check, style))];
  return [...head, renderTable(columns(style, "\n"), checks, style).text, ...remarks(checks, style)];
}

/** On a narrower screen the columns of values would be one word wide. */
const NARROW = 70;

function block(check: ShownCheck, style: Style): readonly string[] {
  const { rule, status, reason } = check;
  const { mark, tone } = statusLooks[status];
  return [
    `${style.paint[tone](`${style.marks[mark]} ${status}`)}  ${rules[rule].checkTitle}`,
    ...sideLines(sidesOf(check), 4, style),
    ...(reason === undefined ? [] : paragraph(style.text(reason), 4, style)),
  ];
}

/** `between` separates a value from where it was read: two spaces if there is room, else a line break. */
function columns(style: Style, between: "  " | "\n"): readonly Column<ShownCheck>[] {
  return [
    {
      head: "",
      cell: ({ status }) => ({ text: style.marks[statusLooks[status].mark], tone: statusLooks[status].tone }),
    },
    { head: "CHECK", cell: ({ rule }) => ({ text: rules[rule].checkTitle }) },
    { head: "RESULT", cell: ({ status }) => ({ text: status, tone: statusLooks[status].tone }) },
    { head: "PLUGIN", cell: ({ plugin }) => sideCell(plugin, between, style), shrinkTo: 16 },
    { head: "HOST", cell: ({ host }) => sideCell(host, between, style), shrinkTo: 16 },
  ];
}

function sideCell(side: Side | undefined, between: "  " | "\n", style: Style): Cell {
  if (side === undefined) return { text: style.marks.none, tone: "faint" };
  return { text: `${style.text(side.value)}${between}(${style.text(side.from)})` };
}

function remarkColumn(style: Style): Column<ShownCheck> {
  return {
    head: "",
    cell: ({ reason }) => ({
      text: reason === undefined ? "" : bounded(style.text(reason), style),
      tone: "faint",
    }),
    isWhole: true,
  };
}

/** The reasons, for which a narrow table has no column; the same of several checks is one. */
function remarks(checks: readonly ShownCheck[], style: Style): readonly string[] {
  const groups = new Map<
    string,
    { readonly status: ShownCheck["status"]; readonly text: string; titles: string[] }
  >();
  for (const { rule, status, reason } of checks) {
    if (reason === undefined) continue;
    const key = `${status} ${reason}`;
    const group = groups.get(key) ?? { status, text: reason, titles: [] };
    groups.set(key, group);
    group.titles.push(rules[rule].checkTitle);
  }
  const lines = [...groups.values()].flatMap(({ status, text, titles }) => {
    const { mark, tone } = statusLooks[status];
    const head = `${style.marks[mark]} ${titles.join(", ")}:`;
    return [`  ${style.paint[tone](head)}`, ...paragraph(style.text(text), 4, style)];
  });
  return lines.length === 0 ? [] : ["", ...lines];
}

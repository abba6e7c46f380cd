import { objectFormats } from "../../object/object-file.ts";
import type { DiffFile, DiffResult, SliceDiff } from "../../check/diff/diff.ts";
import type { Difference } from "../../check/diff/difference.ts";
import type { FactResult } from "../../check/model/result.ts";
import { packageLines } from "./block/package-lines.ts";
import { hiddenColumns } from "./layout/hidden-columns.ts";
import { onScreen } from "./layout/screen.ts";
import { value } from "./layout/paragraph.ts";
import type { ScreenOptions, Style } from "./layout/style.ts";
import { renderTable, type Cell, type Column } from "./layout/table.ts";
import { sizeText } from "../model/size.ts";
import { counted } from "../model/verdict.ts";

/** `plugins diff`: the two files, one row per difference, and the Go packages that differ, with the reason. */
export function diffScreen(result: DiffResult, options: ScreenOptions): Promise<string> {
  return onScreen(options, (style) => {
    const slices = result.slices.map((slice) => sliceLines(slice, result.slices.length > 1, style));
    return [
      fileTable([result.one, result.other], style),
      ...slices.flatMap(({ lines }) => lines),
      ...hiddenColumns([...new Set(slices.flatMap(({ left }) => left))], style),
      "",
      summaryOf(result),
    ].join("\n");
  });
}

function summaryOf({ summary: { matter, informative } }: DiffResult): string {
  if (matter + informative === 0) return "No differences.";
  const minor = `${informative} that ${informative === 1 ? "does" : "do"} not`;
  if (matter === 0) return `No differences that matter, ${minor}.`;
  const rest = informative === 0 ? "" : `, ${minor}`;
  return `${counted(matter, "difference")} that ${matter === 1 ? "matters" : "matter"}${rest}.`;
}

function fileTable(files: readonly DiffFile[], style: Style): string {
  const columns: readonly Column<DiffFile>[] = [
    { head: "", cell: (file) => ({ text: file === files[0] ? "A" : "B", tone: "strong" }) },
    { head: "", cell: ({ path }) => ({ text: style.text(path), tone: "strong" }), shrinkTo: 24 },
    {
      head: "",
      cell: ({ role, format, archs }) => ({
        text: style.text(`${role}, ${objectFormats[format].name} ${archs.join(" ")}`),
      }),
    },
    { head: "", cell: ({ size }) => ({ text: sizeText(size), tone: "faint" }), giveUp: 1 },
  ];
  return renderTable(columns, files, style).text;
}

/** What matters, why packages differ, and then what does not matter. */
function sliceLines(
  slice: SliceDiff,
  isOneOfMany: boolean,
  style: Style,
): { readonly lines: readonly string[]; readonly left: readonly string[] } {
  const { differences, packages } = slice;
  const head = isOneOfMany ? ["", style.paint.strong(value(slice.one ?? slice.other ?? "", style))] : [];
  const rows = rowsOf(differences, style);
  const [matter, minor] = [rows.filter(({ matters }) => matters), rows.filter(({ matters }) => !matters)];
  const tables = [matter, minor].map((each) => renderTable(columns(style), each, style));
  const [first, second] = tables;
  return {
    lines: [
      ...head,
      ...(matter.length === 0 ? [] : ["", style.paint.strong("Differences that matter"), first?.text ?? ""]),
      ...(packages === null ? [] : packageLines(packages, style)),
      ...(minor.length === 0
        ? []
        : ["", style.paint.strong("Differences that do not matter"), second?.text ?? ""]),
    ],
    left: tables.flatMap(({ left }) => left),
  };
}

interface Row {
  readonly what: string;
  readonly name: string;
  readonly one: Cell;
  readonly other: Cell;
  readonly from: string;
  readonly matters: boolean;
}

/** If there are more than this many that do not matter and that only one file has, they are counted instead of shown. */
const fewAtMost = 6;

function rowsOf(differences: readonly Difference[], style: Style): readonly Row[] {
  const groups = new Map<string, Difference[]>();
  for (const each of differences) groups.set(each.group, [...(groups.get(each.group) ?? []), each]);
  return [...groups].flatMap(([group, all]) => {
    const [onlyOne, onlyOther] = [all.filter(isExtra("one")), all.filter(isExtra("other"))];
    const folded = new Set([onlyOne, onlyOther].filter(({ length }) => length > fewAtMost).flat());
    const sum = (count: number, file: "A" | "B"): readonly Row[] =>
      count <= fewAtMost ? [] : [foldedRow(group, `${count} only in ${file} (--json lists them)`, style)];
    return [
      ...all.filter((each) => !folded.has(each)).map((each) => rowOf(each, style)),
      ...sum(onlyOne.length, "A"),
      ...sum(onlyOther.length, "B"),
    ];
  });
}

function isExtra(side: "one" | "other"): (each: Difference) => boolean {
  const against = side === "one" ? "other" : "one";
  return (each) => !each.matters && each[side] !== null && each[against] === null;
}

function rowOf({ group, name, one, other, matters }: Difference, style: Style): Row {
  const places = new Set([one, other].flatMap((fact) => (fact?.known === true ? [fact.from] : [])));
  return {
    what: group,
    name,
    one: cellOf(one, style),
    other: cellOf(other, style),
    from: [...places].join("; "),
    matters,
  };
}

function foldedRow(group: string, name: string, style: Style): Row {
  return {
    what: group,
    name,
    one: cellOf(null, style),
    other: cellOf(null, style),
    from: "",
    matters: false,
  };
}

function cellOf(fact: FactResult | null, style: Style): Cell {
  if (fact === null) return { text: style.marks.none, tone: "faint" };
  return fact.known
    ? { text: style.text(fact.value) }
    : { text: style.text(`unknown: ${fact.why}`), tone: "caution" };
}

function columns(style: Style): readonly Column<Row>[] {
  return [
    {
      head: "",
      cell: ({ matters }) =>
        matters ? { text: style.marks.warning, tone: "caution" } : { text: style.marks.note, tone: "faint" },
    },
    { head: "WHAT", cell: ({ what }) => ({ text: what }) },
    { head: "NAME", cell: ({ name }) => ({ text: style.text(name), tone: "strong" }), shrinkTo: 12 },
    { head: "A", cell: ({ one }) => one, shrinkTo: 12 },
    { head: "B", cell: ({ other }) => other, shrinkTo: 12 },
    { head: "READ FROM", cell: ({ from }) => ({ text: style.text(from), tone: "faint" }), giveUp: 1 },
  ];
}

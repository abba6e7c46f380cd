import type { SliceDetails } from "../operations/result.ts";
import { inOneLine, membersOf } from "./claim.ts";
import { paragraph } from "./finding-block.ts";
import type { Style } from "./style.ts";
import { renderTable, type Column } from "./table.ts";

/** How many entries of a list are shown unless all are asked for. */
const FIRST = 10;

/** Symbols that the file defines for others. */
export function symbolLines(details: SliceDetails, all: boolean, style: Style): readonly string[] {
  const columns: readonly Column<SliceDetails["exportedSymbols"][number]>[] = [
    { head: "", cell: ({ name }) => ({ text: style.text(name) }), shrinkTo: 24 },
    { head: "", cell: ({ type }) => ({ text: style.text(type), tone: "faint" }) },
    { head: "", cell: ({ address }) => ({ text: style.text(address), tone: "faint" }), giveUp: 1 },
    {
      head: "",
      cell: ({ size }) => ({ text: size === null ? "" : `${size} bytes`, tone: "faint" }),
      giveUp: 2,
    },
  ];
  return list("Exported symbols", "--symbols", columns, details.exportedSymbols, all, style);
}

export function sectionLines(details: SliceDetails, all: boolean, style: Style): readonly string[] {
  const columns: readonly Column<SliceDetails["sections"][number]>[] = [
    { head: "", cell: ({ name }) => ({ text: style.text(name) }), shrinkTo: 24 },
    { head: "", cell: ({ address }) => ({ text: style.text(address), tone: "faint" }), giveUp: 1 },
    {
      head: "",
      cell: ({ offset }) => ({ text: `offset 0x${offset.toString(16)}`, tone: "faint" }),
      giveUp: 2,
    },
    { head: "", cell: ({ size }) => ({ text: `${size} bytes`, tone: "faint" }) },
  ];
  return list("Sections", "--sections", columns, details.sections, all, style);
}

/** A manifest's dependencies with their hashes; nothing where it names none. */
export function dependencyLines(value: unknown, all: boolean, style: Style): readonly string[] {
  const columns: readonly Column<readonly [string, unknown]>[] = [
    { head: "", cell: ([name]) => ({ text: style.text(name) }), shrinkTo: 24 },
    { head: "", cell: ([, hash]) => ({ text: style.text(inOneLine(hash)), tone: "faint" }), shrinkTo: 24 },
  ];
  return list("Dependencies", "--dependencies", columns, membersOf(value) ?? [], all, style);
}

/** Libraries that the loader must find. */
export function libraryLines({ neededLibraries }: SliceDetails, style: Style): readonly string[] {
  const names = neededLibraries.length === 0 ? style.marks.none : neededLibraries.map(style.text).join(", ");
  const label = "Linked libraries";
  const lines = paragraph(names, label.length + 2, style);
  const [first = "", ...rest] = lines;
  return [`${style.paint.strong(label)}  ${first.trimStart()}`, ...rest, ""];
}

function list<Row>(
  title: string,
  flag: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  all: boolean,
  style: Style,
): readonly string[] {
  const shown = all ? rows : rows.slice(0, FIRST);
  const rest = rows.length - shown.length;
  const more =
    rest === 0 ? "" : style.paint.faint(`   first ${shown.length} shown${style.marks.dot}all: ${flag}`);
  return [
    `${style.paint.strong(title)}  ${rows.length}${more}`,
    ...(shown.length === 0 ? [] : indented(renderTable(columns, shown, narrower(style)).text)),
    "",
  ];
}

const INDENT = "  ";

function narrower(style: Style): Style {
  return style.width === null ? style : { ...style, width: style.width - INDENT.length };
}

function indented(text: string): readonly string[] {
  return text.split("\n").map((line) => INDENT + line);
}

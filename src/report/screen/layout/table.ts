import Table from "cli-table3";
import type { Tone } from "../../model/look.ts";
import type { Style } from "./style.ts";
import { longestValue } from "../../model/shown.ts";
import { cutTo, wrapped } from "./text-width.ts";

/** One cell of a table. Its text is already visible; `\n` starts a new line in the cell. */
export interface Cell {
  readonly text: string;
  readonly tone?: Tone;
  /** What is shown instead where there is room for no more than so many columns. */
  readonly shorter?: (columns: number) => string;
}

export interface Column<Row> {
  readonly head: string;
  /** What flags call it, if it is not its heading; several can have one name. */
  readonly name?: string;
  readonly cell: (row: Row, style: Style) => Cell;
  /** If the screen is too narrow, columns with the lowest number are left out first; those without one stay. */
  readonly giveUp?: number;
  /** The smallest width that the cells may be wrapped to; columns without one are never wrapped. */
  readonly shrinkTo?: number;
  /** Cells are cut to the width of the column, not wrapped. In a pipe they are whole. */
  readonly cut?: boolean;
  /** Lines of cells are never cut to `longestValue`: our own sentences, and what a script reads. */
  readonly isWhole?: boolean;
}

/** Between two columns. */
const GAP = "  ";

/** No frame, so that the output can be searched and cut by columns. */
const noFrame = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: GAP,
};

export interface RenderedTable {
  readonly text: string;
  /** Headings of the columns that were left out because there was no room. */
  readonly left: readonly string[];
  /** Columns of the screen. */
  readonly width: number;
  /** Whether there was room for every column that is shown: if not, words are broken. */
  readonly fits: boolean;
}

/** Empty columns are left out. Those that were left out because there was no room are named in `left`. */
export function renderTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  style: Style,
): RenderedTable {
  const all = columns
    .map((column) => filled(column, rows, style))
    .filter(({ cells }) => cells.some(({ text }) => text !== ""));
  const fitted = fit(all, style);
  const frame = frameOf(fitted.shown);
  const headed = fitted.shown.some(({ head }) => head.text !== "");
  const lines: string[] = [];
  if (headed) lines.push(...drawn(fitted.shown, ({ head }) => head, frame, style));
  for (let at = 0; at < rows.length; at++) {
    lines.push(...drawn(fitted.shown, ({ cells }) => cells[at] ?? nothing, frame, style));
  }
  const width = fitted.shown.reduce((sum, column) => sum + column.width + GAP.length, -GAP.length);
  return { text: lines.join("\n"), left: fitted.left, width, fits: fitted.fits };
}

interface MeasuredCell extends Cell {
  /** The width of its longest line, in columns of the screen. */
  readonly natural: number;
}

interface Filled {
  readonly head: MeasuredCell;
  readonly cells: readonly MeasuredCell[];
  readonly natural: number;
  readonly giveUp: number | undefined;
  readonly shrinkTo: number | undefined;
  readonly cut: boolean;
}

interface Fitted extends Filled {
  readonly width: number;
}

function filled<Row>(column: Column<Row>, rows: readonly Row[], style: Style): Filled {
  const head = measured(shortened({ text: column.head, tone: "faint" }, style), style);
  const cells = rows.map((row) => {
    const cell = column.cell(row, style);
    return measured(column.isWhole === true ? cell : shortened(cell, style), style);
  });
  const natural = cells.reduce((most, cell) => Math.max(most, cell.natural), head.natural);
  return { head, cells, natural, giveUp: column.giveUp, shrinkTo: column.shrinkTo, cut: column.cut === true };
}

function shortened(cell: Cell, { measure, marks }: Style): Cell {
  // No letter takes more than two columns.
  if (cell.text.length <= longestValue / 2) return cell;
  const lines = cell.text.split("\n").map((line) => cutTo(line, longestValue, marks.cut, measure));
  return { ...cell, text: lines.join("\n") };
}

const nothing: MeasuredCell = { text: "", natural: 0 };

function measured({ text, tone = "plain", shorter }: Cell, { measure }: Style): MeasuredCell {
  const natural = text.includes("\n") ? Math.max(...text.split("\n").map(measure)) : measure(text);
  return { text, tone, natural, ...(shorter === undefined ? {} : { shorter }) };
}

function fit(
  all: readonly Filled[],
  { width }: Style,
): { shown: readonly Fitted[]; left: readonly string[]; fits: boolean } {
  let shown = all;
  const left: string[] = [];
  for (;;) {
    const widths = shown.map(({ natural }) => natural);
    if (width === null || shrunk(shown, widths, width))
      return { shown: withWidths(shown, widths), left, fits: true };
    const first = shown.reduce<Filled | undefined>(
      (least, column) => ((column.giveUp ?? Infinity) < (least?.giveUp ?? Infinity) ? column : least),
      undefined,
    );
    if (first === undefined) return { shown: withWidths(shown, narrowest(shown, width)), left, fits: false };
    shown = shown.filter((column) => column !== first);
    left.push(first.head.text.toLowerCase());
  }
}

/**
 * Cuts what may be wrapped down to one common width, the widest that lets the table fit. Returns whether there is one.
 * Columns that are narrower than it, or may not be wrapped so far, keep their width.
 */
function shrunk(columns: readonly Filled[], widths: number[], room: number): boolean {
  const at = (most: number): readonly number[] =>
    columns.map(({ natural, shrinkTo = natural }) => Math.min(natural, Math.max(shrinkTo, most)));
  const fits = (tried: readonly number[]): boolean =>
    tried.reduce((sum, width) => sum + width, GAP.length * (tried.length - 1)) <= room;
  for (let most = room; most > 0; most--) {
    const tried = at(most);
    if (!fits(tried)) continue;
    widths.splice(0, widths.length, ...tried);
    return true;
  }
  return false;
}

/** If there is no room at all, cells that may be wrapped are wrapped as narrow as possible; nothing is cut off. */
function narrowest(columns: readonly Filled[], room: number): readonly number[] {
  const soft = columns.filter(({ shrinkTo }) => shrinkTo !== undefined).length;
  const hard = columns.reduce(
    (sum, { natural, shrinkTo }) => sum + (shrinkTo === undefined ? natural : 0),
    0,
  );
  const share = Math.floor((room - hard - GAP.length * (columns.length - 1)) / Math.max(soft, 1));
  return columns.map(({ natural, shrinkTo }) =>
    shrinkTo === undefined ? natural : Math.min(natural, Math.max(share, 8)),
  );
}

function withWidths(columns: readonly Filled[], widths: readonly number[]): readonly Fitted[] {
  return columns.map((column, at) => ({ ...column, width: widths[at] ?? column.natural }));
}

/** Marks a column of the screen that a cell fills in the pattern; no frame is drawn with it. */
const PLACE = "x";

/**
 * What cli-table3 draws before, between and after the cells of a line. It lays out one line of places as wide as the
 * columns: all lines are alike, since every cell is wrapped and padded to its column. If it were given the cells themselves, it
 * would measure each of them three times and compare it with all earlier ones.
 */
function frameOf(columns: readonly Fitted[]): readonly string[] {
  const table = new Table({
    chars: noFrame,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0, compact: true },
  });
  table.push(columns.map(({ width }) => PLACE.repeat(Math.max(1, width))));
  return table.toString().split(new RegExp(`${PLACE}+`));
}

/** One row: as many lines as its tallest cell. No line ends with a space. */
function drawn(
  columns: readonly Fitted[],
  cellOf: (column: Fitted) => MeasuredCell,
  frame: readonly string[],
  style: Style,
): readonly string[] {
  const cells = columns.map((column) => painted(cellOf(column), column, style));
  const height = cells.reduce((most, { length }) => Math.max(most, length), 0);
  return Array.from({ length: height }, (_, at) => {
    let line = frame[0] ?? "";
    columns.forEach(({ width }, index) => {
      line += (cells[index]?.[at] ?? " ".repeat(width)) + (frame[index + 1] ?? "");
    });
    return line.trimEnd();
  });
}

function painted(
  { text, tone = "plain", natural, shorter }: MeasuredCell,
  { width, cut }: Fitted,
  { paint, measure, marks }: Style,
): readonly string[] {
  const line = (part: string, columns: number): string =>
    paint[tone](part) + " ".repeat(Math.max(0, width - columns));
  if (natural <= width && !text.includes("\n")) return [line(text, natural)];
  const lines = (each: string): readonly string[] =>
    cut ? [cutTo(each, width, marks.cut, measure)] : wrapped(each, width, measure);
  return (shorter?.(width) ?? text)
    .split("\n")
    .flatMap(lines)
    .map((each) => line(each, measure(each)));
}

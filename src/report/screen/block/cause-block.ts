import { hostsOfCause, type Cause, type CausedFinding } from "../../model/cause.ts";
import {
  headlineOf,
  isOfHost,
  loaderTexts,
  pluginsOf,
  reasonsOf,
  rowsOf,
  rulesOf,
  type CauseRow,
} from "../../model/cause-text.ts";
import { listed } from "../../model/listed.ts";
import { shortFix, sidesOf } from "../../model/problem-text.ts";
import { labelled, paragraph, value } from "../layout/paragraph.ts";
import type { Style } from "../layout/style.ts";
import { renderTable, type Column } from "../layout/table.ts";
import { fixLines, signOf } from "./finding.ts";
import { sideLines } from "./side-lines.ts";

/** How much is said of each cause; the most is a screen full. */
export type Depth = "quiet" | "normal" | "full";

interface Limits {
  /** Plugins that are named. */
  readonly names: number;
  /** Things that are listed with their values. */
  readonly rows: number;
  /** Answers of the loader. */
  readonly answers: number;
  readonly fixes: number;
}

const limits = {
  quiet: { names: 3, rows: 3, answers: 0, fixes: 2 },
  normal: { names: 5, rows: 3, answers: 1, fixes: 3 },
  full: { names: 12, rows: 12, answers: 3, fixes: 8 },
} as const satisfies Record<Depth, Limits>;

/** Where and how causes are shown. */
export interface CauseView {
  readonly depth: Depth;
  /** A plugin's name in the table; undefined if all are about the one plugin that is shown. */
  readonly nameOf?: ((path: string) => string) | undefined;
  /** What a host is called; undefined if the one that is meant is shown. */
  readonly hostName?: ((path: string) => string) | undefined;
  /** In front of each, with which the table refers to it. */
  readonly isNumbered: boolean;
  readonly indent: number;
}

/** One block for each cause: what is wrong, in which plugins, what the loader answers, and one fix. */
export function causeBlocks(causes: readonly Cause[], view: CauseView, style: Style): readonly string[] {
  return causes.flatMap((cause, at) => [
    ...(view.indent === 0 ? [""] : []),
    ...causeBlock(cause, at + 1, view, style),
  ]);
}

function causeBlock(cause: Cause, number: number, view: CauseView, style: Style): readonly string[] {
  const { depth, indent } = view;
  const most = limits[depth];
  const inner = indent + 4;
  const rows = rowsOf(cause);
  const findings = cause.members.flatMap((member) => member.findings);
  const [first] = findings;
  const isOne = rows.length === 1;
  const isFull = depth === "full";
  const commands = cause.fix.filter(({ kind }) => kind === "command");
  const fixes = isFull || commands.length === 0 ? cause.fix : commands;
  return [
    headOf(cause, first, number, view, style),
    ...paragraph(
      style.text(isOne || isFull ? headlineOf(cause) : inline(cause, rows, most.rows)),
      inner,
      style,
    ),
    ...hostList(cause, most.names, view, inner, style),
    ...(isOne || !isFull ? [] : rowLines(rows, most.rows, inner, style)),
    ...(isOne && isFull ? sideLines(first === undefined ? [] : sidesOf(first), inner, style) : []),
    ...(isFull ? reasonsOf(cause).slice(0, most.answers) : []).flatMap((text) =>
      labelled("cause", text, inner, style),
    ),
    ...loaderTexts(cause)
      .slice(0, most.answers)
      .flatMap((text) => labelled("loader", text, inner, style)),
    ...fixLines(
      fixes.slice(0, most.fixes).map((fix) => shortFix(fix, longestCommand)),
      inner,
      style,
    ),
    ...more(fixes.length - most.fixes, "more step", "--fix-script writes all of them", inner, style),
  ];
}

/** With which of several hosts it is wrong. */
function hostList(
  cause: Cause,
  most: number,
  { hostName }: CauseView,
  indent: number,
  style: Style,
): readonly string[] {
  const paths = hostName === undefined ? [] : hostsOfCause(cause);
  if (hostName === undefined || paths.length === 0) return [];
  return labelled(paths.length === 1 ? "host" : "hosts", listed(paths.map(hostName), most), indent, style);
}

/** The severity, the rule and as many of the plugins' names as fit into the line. */
function headOf(
  cause: Cause,
  first: CausedFinding | undefined,
  number: number,
  { depth, indent, isNumbered, nameOf }: CauseView,
  style: Style,
): string {
  const { severity, rule } = cause;
  const isUnknown = rule === "plugin-unknown";
  const sign = isUnknown
    ? style.paint.caution(`${style.marks.unknown} unknown`)
    : signOf(
        { severity, ruleSeverity: first?.severity === severity ? first.ruleSeverity : undefined },
        style,
      );
  const parts = [
    ...(isNumbered ? [String(number)] : []),
    rulesOf(cause),
    ...(first?.arch === undefined ? [] : [first.arch]),
  ];
  const plain = `${" ".repeat(indent)}x ${isUnknown ? "unknown" : severity}  ${parts.join("  ")}`;
  const plugins = nameOf === undefined ? [] : pluginsOf(cause).map((path) => value(nameOf(path), style));
  const names = plugins.length > 0 && isOfHost(cause) ? ["the host", ...plugins] : plugins;
  const room = style.width === null ? Infinity : style.width - style.measure(plain) - 2;
  const shown = fitting(names, limits[depth].names, room, style);
  return `${" ".repeat(indent)}${[sign, ...parts.map((part) => style.paint.strong(style.text(part))), ...(shown === "" ? [] : [shown])].join("  ")}`;
}

/** `a.so, b.so and 44 more`: as many names as fit, but one at least. */
function fitting(names: readonly string[], most: number, room: number, style: Style): string {
  for (let count = Math.min(names.length, most); count > 1; count--) {
    const text = listed(names, count);
    if (style.measure(text) <= room) return text;
  }
  return listed(names, 1);
}

/** Longer values are cut: a hash differs at its beginning, and what is hostile is whole in JSON. */
const longest = 48;

/** The same between others in a line. */
const longestInline = 24;

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** `200 dependencies differ from the host's: a v1.1.0 (host v1.2.0), b v1.1.0 (host v1.2.0) and 198 more` */
function inline(cause: Cause, rows: readonly CauseRow[], most: number): string {
  const texts = rows.map(({ subject, plugin, other, host }) => {
    const theirs = host === undefined ? other : `host ${cut(host, longestInline)}`;
    const values = [
      ...(plugin === undefined ? [] : [cut(plugin, longestInline)]),
      ...(theirs === undefined ? [] : [`(${theirs})`]),
    ];
    return [cut(subject, longest), ...values].join(" ");
  });
  return `${headlineOf(cause)}: ${listed(texts, most)}`;
}

/** Longer commands are not for a screen. */
const longestCommand = 600;

/** What differs, with both values; as many as there is room for, and how many more there are. */
function rowLines(rows: readonly CauseRow[], most: number, indent: number, style: Style): readonly string[] {
  const cell = (value: string | undefined) => ({ text: style.text(cut(value ?? "", longest)) });
  const columns: readonly Column<CauseRow>[] = [
    { head: "", cell: ({ subject }) => cell(subject), shrinkTo: 20 },
    { head: "PLUGIN", cell: ({ plugin }) => cell(plugin), shrinkTo: 12 },
    { head: "OTHER", cell: ({ other }) => cell(other), shrinkTo: 12 },
    { head: "HOST", cell: ({ host }) => cell(host), shrinkTo: 12 },
  ];
  const width = style.width === null ? null : style.width - indent;
  // One that is left out takes as much room as the line that says so.
  const count = rows.length === most + 1 ? rows.length : Math.min(rows.length, most);
  const { text } = renderTable(columns, rows.slice(0, count), { ...style, width });
  return [
    ...text.split("\n").map((line) => " ".repeat(indent) + line),
    ...more(rows.length - count, "more", "--json lists all of them", indent, style),
  ];
}

function more(count: number, what: string, where: string, indent: number, style: Style): readonly string[] {
  if (count <= 0) return [];
  return paragraph(style.text(`… ${count} ${what}: ${where}`), indent, style).map(style.paint.faint);
}

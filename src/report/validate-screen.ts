import type { CheckResult, PluginResult } from "../operations/result.ts";
import type { Check, Side } from "../rules/finding.ts";
import type { CheckView } from "./check-screen.ts";
import { checkTitles } from "./check-title.ts";
import { findingBlock, paragraph, sideLines } from "./finding-block.ts";
import { hostLines } from "./host-lines.ts";
import { loaderSentence, unknownLines, unreadableLines, verdictLine } from "./plugin-lines.ts";
import { onScreen } from "./screen.ts";
import type { ScreenOptions, Style } from "./style.ts";
import { renderTable, type Cell, type Column } from "./table.ts";
import { statusLooks, verdictOf } from "./verdict.ts";

/** `plugins validate`: for each file the verdict, every check with both values, what is wrong, and the loader's answer. */
export function validateScreen(
  result: CheckResult,
  view: CheckView,
  options: ScreenOptions,
): Promise<string> {
  return onScreen(options, (style) => {
    const parts = result.plugins
      .map((plugin) => section(plugin, view, style))
      .filter((lines) => lines.length > 0);
    const about = result.findings.filter(({ severity }) => severity === "error" || !view.quiet);
    if (view.quiet && parts.length === 0 && about.length === 0) return "";
    return [
      ...(result.host === null ? [] : hostLines(result.host, style)),
      ...(about.length === 0 ? [] : ["", style.paint.strong("Host and set")]),
      ...about.flatMap((finding) => findingBlock(finding, 2, style)),
      ...parts.flatMap((lines) => ["", ...lines]),
    ].join("\n");
  });
}

function section(plugin: PluginResult, view: CheckView, style: Style): readonly string[] {
  const checks = (plugin.checks ?? []).filter((check) => !view.quiet || failing(check, view));
  const findings = plugin.findings.filter(({ severity }) => severity === "error" || !view.quiet);
  if (view.quiet && findings.length === 0 && !undecided(plugin, view) && plugin.unreadable === null)
    return [];
  return [
    verdictLine(plugin, plugin.path, style),
    ...unreadableLines(plugin, style),
    ...unknownLines(plugin, style),
    ...archesOf(checks).flatMap((arch) => checkLines(arch, checks, style)),
    ...(findings.length === 0 ? [] : [""]),
    ...findings.flatMap((finding) => findingBlock(finding, 2, style)),
    ...(plugin.loader === undefined || view.quiet ? [] : ["", ...loaderSentence(plugin.loader, 2, style)]),
  ];
}

function undecided(plugin: PluginResult, { allowUnknown }: CheckView): boolean {
  return verdictOf(plugin) === "unknown" && !allowUnknown;
}

function failing({ status, decisive }: Check, { allowUnknown }: CheckView): boolean {
  return status === "mismatch" || (status === "unknown" && decisive && !allowUnknown);
}

/** The slices that were compared, in the order of their checks; undefined for a thin file. */
function archesOf(checks: readonly Check[]): readonly (string | undefined)[] {
  return [...new Set(checks.map(({ arch }) => arch))];
}

/** One line a check where there is room, two where there is less, and blocks where columns would be too narrow. */
function checkLines(arch: string | undefined, all: readonly Check[], style: Style): readonly string[] {
  const checks = all.filter((check) => check.arch === arch);
  const head = ["", ...(arch === undefined ? [] : [style.paint.strong(style.text(arch))])];
  const { width } = style;
  const wide = renderTable([...columns(style, "  "), remarkColumn(style)], checks, { ...style, width: null });
  if (width === null || wide.width <= width) return [...head, wide.text];
  if (width < NARROW) return [...head, ...checks.flatMap((check) => block(check, style))];
  return [...head, renderTable(columns(style, "\n"), checks, style).text, ...remarks(checks, style)];
}

/** With fewer columns, three columns of values would be a word wide each. */
const NARROW = 70;

function block({ rule, status, plugin, host, reason }: Check, style: Style): readonly string[] {
  const { mark, tone } = statusLooks[status];
  return [
    `${style.paint[tone](`${style.marks[mark]} ${status}`)}  ${checkTitles[rule]}`,
    ...sideLines(
      [
        ["plugin", plugin],
        ["host", host],
      ],
      4,
      style,
    ),
    ...(reason === undefined ? [] : paragraph(style.text(reason), 4, style)),
  ];
}

/** `between` parts a value from where it was read: two spaces where there is room, else a line break. */
function columns(style: Style, between: "  " | "\n"): readonly Column<Check>[] {
  return [
    {
      head: "",
      cell: ({ status }) => ({ text: style.marks[statusLooks[status].mark], tone: statusLooks[status].tone }),
    },
    { head: "CHECK", cell: ({ rule }) => ({ text: checkTitles[rule] }) },
    { head: "RESULT", cell: ({ status }) => ({ text: status, tone: statusLooks[status].tone }) },
    { head: "PLUGIN", cell: ({ plugin }) => sideCell(plugin, between, style), shrinkTo: 16 },
    { head: "HOST", cell: ({ host }) => sideCell(host, between, style), shrinkTo: 16 },
  ];
}

function sideCell(side: Side | undefined, between: "  " | "\n", style: Style): Cell {
  if (side === undefined) return { text: style.marks.none, tone: "faint" };
  return { text: `${style.text(side.value)}${between}(${style.text(side.from)})` };
}

function remarkColumn(style: Style): Column<Check> {
  return {
    head: "",
    cell: ({ reason }) => ({ text: reason === undefined ? "" : style.text(reason), tone: "faint" }),
  };
}

/** What a narrow table has no column for. */
function remarks(checks: readonly Check[], style: Style): readonly string[] {
  const lines = checks.flatMap(({ rule, status, reason }) => {
    if (reason === undefined) return [];
    const { mark, tone } = statusLooks[status];
    const head = `${style.marks[mark]} ${checkTitles[rule]}:`;
    const text = paragraph(style.text(reason), 4, style);
    return [`  ${style.paint[tone](head)}`, ...text];
  });
  return lines.length === 0 ? [] : ["", ...lines];
}

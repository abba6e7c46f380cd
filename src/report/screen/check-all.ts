import type { CheckResult, PluginResult } from "../../check/model/result.ts";
import { counts, type Finding } from "../../rules/finding.ts";
import { mayFail, type Gate } from "../../check/model/gate.ts";
import { sharedFolder } from "../model/shared-folder.ts";
import { countOf, counted, failsByVerdict, verdictOf, worstFirst } from "../model/verdict.ts";
import { checkTables } from "./block/check-table.ts";
import { findingBlocks } from "./block/finding-group.ts";
import { hostLines } from "./block/host-lines.ts";
import {
  loaderLines,
  loaderSentence,
  unknownLines,
  unreadableLines,
  verdictLine,
} from "./block/plugin-lines.ts";
import { checkColumns, type CheckRow } from "./check-columns.ts";
import { hiddenColumns } from "./layout/hidden-columns.ts";
import { onScreen } from "./layout/screen.ts";
import type { ScreenOptions, Style } from "./layout/style.ts";
import { renderTable } from "./layout/table.ts";
import { columnsIn, rowsIn, type TableView } from "./layout/table-view.ts";

/** How much of a check is shown. */
export interface CheckView extends Gate, TableView {
  /** Only plugins that make the check fail, and only what does. */
  readonly quiet: boolean;
  /** All comparisons and findings, including passed and suppressed ones and notes. */
  readonly verbose?: boolean | undefined;
}

/** `plugins check-all`: the host, one row per plugin, worst first, then what is wrong with each and how to fix it. */
export function checkAllScreen(
  result: CheckResult,
  view: CheckView,
  options: ScreenOptions,
): Promise<string> {
  return onScreen(options, (style) => {
    const folder = sharedFolder(result.plugins.map(({ path }) => path));
    const byVerdict = worstFirst(result.plugins)
      .filter((plugin) => !view.quiet || fails(plugin, view))
      .map((plugin): CheckRow => ({ plugin, name: plugin.path.slice(folder.length) }));
    const rows = view.sort === "verdict" ? byVerdict : rowsIn(byVerdict, checkColumns, view, style);
    const about = result.findings.filter((finding) => shown(finding, view));
    if (view.quiet && rows.length === 0 && about.length === 0) return "";
    const table = renderTable(columnsIn(checkColumns, view), rows, style);
    return [
      ...(result.host === null ? [] : hostLines(result.host, style)),
      ...(folder === "" ? [] : [`Plugins in ${style.paint.strong(style.text(folder))}`]),
      "",
      ...(result.plugins.length === 0 ? ["No plugins found."] : [table.text]),
      ...hiddenColumns(table.left, style),
      ...(about.length === 0 ? [] : ["", style.paint.strong("Host and plugin set")]),
      ...findingBlocks(about, 2, style),
      ...rows.flatMap((row) => details(row, view, style)),
    ].join("\n");
  });
}

function fails(plugin: PluginResult, view: CheckView): boolean {
  return failsByVerdict(plugin, view) || plugin.findings.some((finding) => mayFail(finding, view));
}

function shown(finding: Finding, view: CheckView): boolean {
  return view.verbose === true || mayFail(finding, view) || (counts(finding, "warning") && !view.quiet);
}

/** What is wrong with one plugin; nothing for one that is compatible without a warning. */
function details({ plugin, name }: CheckRow, view: CheckView, style: Style): readonly string[] {
  if (view.verbose === true) return everything(plugin, name, style);
  const findings = plugin.findings.filter((finding) => shown(finding, view));
  const hidden = view.quiet ? 0 : plugin.findings.filter(({ suppressed }) => suppressed !== undefined).length;
  if (verdictOf(plugin) === "compatible" && findings.length + hidden === 0) return [];
  const notes = view.quiet || view.failOn === "note" ? 0 : countOf(plugin, "note");
  return [
    "",
    verdictLine(plugin, name, style),
    ...unreadableLines(plugin, style),
    ...unknownLines(plugin, style),
    ...findingBlocks(findings, 2, style),
    ...loaderLines(plugin.loader, plugin.findings, style),
    ...elsewhere(hidden, "suppressed finding", style),
    ...elsewhere(notes, "note", style),
  ];
}

function everything(plugin: PluginResult, name: string, style: Style): readonly string[] {
  const { checks = [], findings, loader } = plugin;
  return [
    "",
    verdictLine(plugin, name, style),
    ...unreadableLines(plugin, style),
    ...unknownLines(plugin, style),
    ...checkTables(checks, style),
    ...(findings.length === 0 ? [] : [""]),
    ...findingBlocks(findings, 2, style),
    ...(loader === undefined ? [] : ["", ...loaderSentence(loader, 2, style)]),
  ];
}

function elsewhere(count: number, what: string, style: Style): readonly string[] {
  if (count === 0) return [];
  return [style.paint.faint(`  ${style.marks.note} ${counted(count, what)}: plugins validate shows them`)];
}

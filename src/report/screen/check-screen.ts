import type { CheckResult, PluginResult } from "../../check/model/result.ts";
import { counts, type Finding } from "../../rules/finding.ts";
import { checkTables } from "./check-table.ts";
import { sourceOf } from "../model/claim.ts";
import { mayFail, type Gate } from "../../check/model/gate.ts";
import { factColumn, leftOut, orNone } from "./fact-column.ts";
import { findingBlocks } from "./finding-group.ts";
import { hostLines } from "./host-lines.ts";
import { loaderLines, loaderSentence, unknownLines, unreadableLines, verdictLine } from "./plugin-lines.ts";
import { onScreen } from "./screen.ts";
import { sharedFolder } from "../model/shared-folder.ts";
import type { ScreenOptions, Style } from "./style.ts";
import { renderTable, type Column } from "./table.ts";
import { columnsIn, rowsIn, type TableView } from "./table-view.ts";
import { countOf, counted, lookOf, severityCounts, verdictOf, worstFirst } from "../model/verdict.ts";

/** How much of a check is shown. */
export interface CheckView extends Gate, TableView {
  /** Only plugins that make the check fail, and only what does. */
  readonly quiet: boolean;
  /** All comparisons and findings, passed and suppressed ones and notes too. */
  readonly verbose?: boolean | undefined;
}

/** `plugins check-all`: the host, one row a plugin, worst first, then what is wrong with each and how to fix it. */
export function checkScreen(result: CheckResult, view: CheckView, options: ScreenOptions): Promise<string> {
  return onScreen(options, (style) => {
    const folder = sharedFolder(result.plugins.map(({ path }) => path));
    const all = columns(folder, style);
    const byVerdict = worstFirst(result.plugins).filter((plugin) => !view.quiet || fails(plugin, view));
    const plugins = view.sort === "verdict" ? byVerdict : rowsIn(byVerdict, all, view, style);
    const about = result.findings.filter((finding) => shown(finding, view));
    if (view.quiet && plugins.length === 0 && about.length === 0) return "";
    const table = renderTable(columnsIn(all, view), plugins, style);
    return [
      ...(result.host === null ? [] : hostLines(result.host, style)),
      ...(folder === "" ? [] : [`Plugins in ${style.paint.strong(style.text(folder))}`]),
      "",
      ...(result.plugins.length === 0 ? ["No plugins found."] : [table.text]),
      ...leftOut(table.left, style),
      ...(about.length === 0 ? [] : ["", style.paint.strong("Host and set")]),
      ...findingBlocks(about, 2, style),
      ...plugins.flatMap((plugin) => details(plugin, folder, view, style)),
    ].join("\n");
  });
}

function fails(plugin: PluginResult, view: CheckView): boolean {
  const verdict = verdictOf(plugin);
  return (
    verdict === "incompatible" ||
    verdict === "unreadable" ||
    (verdict === "unknown" && !view.allowUnknown) ||
    plugin.findings.some((finding) => mayFail(finding, view))
  );
}

function shown(finding: Finding, view: CheckView): boolean {
  return view.verbose === true || mayFail(finding, view) || (counts(finding, "warning") && !view.quiet);
}

function columns(folder: string, style: Style): readonly Column<PluginResult>[] {
  return [
    { head: "", cell: (plugin) => ({ text: style.marks[lookOf(plugin).mark], tone: lookOf(plugin).tone }) },
    {
      head: "PLUGIN",
      cell: ({ path }) => ({ text: style.text(path.slice(folder.length)), tone: "strong" }),
      shrinkTo: 24,
    },
    factColumn("LANGUAGE", "language", 3, style),
    factColumn("TOOLCHAIN", "toolchain_version", 4, style),
    factColumn("TARGET", "target", 1, style),
    { head: "MANIFEST", cell: carrierOf(style), giveUp: 2 },
    { head: "VERDICT", cell: (plugin) => ({ text: verdictOf(plugin) ?? "", tone: lookOf(plugin).tone }) },
    { head: "", cell: (plugin) => ({ text: remark(plugin), tone: "faint" }), shrinkTo: 12 },
  ];
}

function carrierOf(style: Style): Column<PluginResult>["cell"] {
  return (plugin) => orNone(plugin.unreadable === null ? sourceOf(plugin.manifest) : undefined, style);
}

/** How much is wrong. */
function remark(plugin: PluginResult): string {
  const unknowns = plugin.unknowns?.length ?? 0;
  return [
    ...severityCounts(plugin),
    ...(verdictOf(plugin) === "unknown" && unknowns > 0 ? [`${counted(unknowns, "fact")} missing`] : []),
  ].join(", ");
}

/** What is wrong with one plugin; nothing for one that is compatible without a warning. */
function details(plugin: PluginResult, folder: string, view: CheckView, style: Style): readonly string[] {
  if (view.verbose === true) return everything(plugin, folder, style);
  const findings = plugin.findings.filter((finding) => shown(finding, view));
  const hidden = view.quiet ? 0 : plugin.findings.filter(({ suppressed }) => suppressed !== undefined).length;
  if (verdictOf(plugin) === "compatible" && findings.length + hidden === 0) return [];
  const notes = view.quiet || view.failOn === "note" ? 0 : countOf(plugin, "note");
  return [
    "",
    verdictLine(plugin, plugin.path.slice(folder.length), style),
    ...unreadableLines(plugin, style),
    ...unknownLines(plugin, style),
    ...findingBlocks(findings, 2, style),
    ...loaderLines(plugin.loader, plugin.findings, style),
    ...elsewhere(hidden, "suppressed finding", style),
    ...elsewhere(notes, "note", style),
  ];
}

function everything(plugin: PluginResult, folder: string, style: Style): readonly string[] {
  const { checks = [], findings, loader } = plugin;
  return [
    "",
    verdictLine(plugin, plugin.path.slice(folder.length), style),
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

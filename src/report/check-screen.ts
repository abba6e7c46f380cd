import type { CheckResult, PluginResult } from "../operations/result.ts";
import type { Finding } from "../rules/finding.ts";
import { sourceOf } from "./claim.ts";
import { factColumn, leftOut, orNone } from "./fact-column.ts";
import { findingBlock } from "./finding-block.ts";
import { hostLines } from "./host-lines.ts";
import { loaderLines, unknownLines, unreadableLines, verdictLine } from "./plugin-lines.ts";
import { onScreen } from "./screen.ts";
import { sharedFolder } from "./shared-folder.ts";
import type { ScreenOptions, Style } from "./style.ts";
import { renderTable, type Column } from "./table.ts";
import { countOf, counted, lookOf, severityCounts, verdictOf, worstFirst } from "./verdict.ts";

/** How much of a check is shown. */
export interface CheckView {
  /** Only plugins that make the check fail, and only errors. */
  readonly quiet: boolean;
  readonly allowUnknown: boolean;
}

/** `plugins check-all`: the host, one row a plugin, worst first, then what is wrong with each and how to mend it. */
export function checkScreen(result: CheckResult, view: CheckView, options: ScreenOptions): Promise<string> {
  return onScreen(options, (style) => {
    const plugins = worstFirst(result.plugins).filter((plugin) => !view.quiet || fails(plugin, view));
    const about = result.findings.filter((finding) => shown(finding, view));
    if (view.quiet && plugins.length === 0 && about.length === 0) return "";
    const folder = sharedFolder(result.plugins.map(({ path }) => path));
    const table = renderTable(columns(folder, style), plugins, style);
    return [
      ...(result.host === null ? [] : hostLines(result.host, style)),
      ...(folder === "" ? [] : [`Plugins in ${style.paint.strong(style.text(folder))}`]),
      "",
      ...(result.plugins.length === 0 ? ["No plugins found."] : [table.text]),
      ...leftOut(table.left, style),
      ...(about.length === 0 ? [] : ["", style.paint.strong("Host and set")]),
      ...about.flatMap((finding) => findingBlock(finding, 2, style)),
      ...plugins.flatMap((plugin) => details(plugin, folder, view, style)),
    ].join("\n");
  });
}

function fails(plugin: PluginResult, { allowUnknown }: CheckView): boolean {
  const verdict = verdictOf(plugin);
  return verdict !== "compatible" && !(verdict === "unknown" && allowUnknown);
}

function shown({ severity }: Finding, { quiet }: CheckView): boolean {
  return severity === "error" || (severity === "warning" && !quiet);
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
  const findings = plugin.findings.filter((finding) => shown(finding, view));
  if (verdictOf(plugin) === "compatible" && findings.length === 0) return [];
  const notes = view.quiet ? 0 : countOf(plugin, "note");
  return [
    "",
    verdictLine(plugin, plugin.path.slice(folder.length), style),
    ...unreadableLines(plugin, style),
    ...unknownLines(plugin, style),
    ...findings.flatMap((finding) => findingBlock(finding, 2, style)),
    ...loaderLines(plugin.loader, plugin.findings, style),
    ...(notes > 0
      ? [style.paint.faint(`  ${style.marks.note} ${counted(notes, "note")}: plugins validate shows them`)]
      : []),
  ];
}

import type { CheckResult, ManifestResult, PluginResult, SliceResult } from "../../check/model/result.ts";
import { claimOf, dependencyCount, sourceOf } from "../model/claim.ts";
import { factColumn, leftOut, orNone } from "./block/fact-column.ts";
import { labelled, paragraph } from "./block/finding.ts";
import { onScreen } from "./layout/screen.ts";
import { sharedFolder } from "../model/shared-folder.ts";
import type { ScreenOptions, Style } from "./layout/style.ts";
import { renderTable, type Cell, type Column } from "./layout/table.ts";
import { columnsIn, rowsIn, type TableView } from "./layout/table-view.ts";
import { unreadableReason } from "../model/unreadable.ts";
import { countOf, counted, severityCounts, severityLooks, verdictLooks } from "../model/verdict.ts";

/** One line of the table: a thin file, one slice of a universal file, or a file that could not be read. */
interface Row {
  readonly plugin: PluginResult;
  readonly name: string;
  readonly manifest: ManifestResult | null;
  readonly evidence: PluginResult["evidence"];
}

/** `plugins list`: one row a plugin, then why some could not be read. */
export function listScreen(
  result: CheckResult,
  options: ScreenOptions,
  view: TableView = {},
): Promise<string> {
  return onScreen(options, (style) => {
    if (result.plugins.length === 0) return "No plugins found.";
    const folder = sharedFolder(result.plugins.map(({ path }) => path));
    const rows = result.plugins.flatMap((plugin) => rowsOf(plugin, plugin.path.slice(folder.length)));
    const all = columns(style);
    const { text, left } = renderTable(columnsIn(all, view), rowsIn(rows, all, view, style), style);
    return [
      ...(folder === "" ? [] : [`Plugins in ${style.paint.strong(style.text(folder))}`, ""]),
      text,
      ...leftOut(left, style),
      ...unreadable(result.plugins, style),
      ...troubled(result.plugins, style),
    ].join("\n");
  });
}

/** The rows of one file. */
function rowsOf(plugin: PluginResult, name: string): readonly Row[] {
  if (plugin.slices.length < 2) {
    return [{ plugin, name, manifest: plugin.manifest, evidence: plugin.evidence }];
  }
  return plugin.slices.map((slice) => ({
    plugin,
    name: `${name} (${slice.arch})`,
    manifest: firstValid(slice),
    evidence: slice.evidence,
  }));
}

function firstValid({ manifests }: SliceResult): ManifestResult | null {
  return manifests.find(({ valid }) => valid) ?? manifests[0] ?? null;
}

function columns(style: Style): readonly Column<Row>[] {
  return [
    { head: "", cell: (row) => signOf(row.plugin, style) },
    { head: "PLUGIN", cell: ({ name }) => ({ text: style.text(name), tone: "strong" }), shrinkTo: 24 },
    factColumn("LANGUAGE", "language", 7, style),
    factColumn("TOOLCHAIN", "toolchain_version", 6, style),
    factColumn("TARGET", "target", 2, style),
    factColumn("PROFILE", "build_profile", 3, style),
    {
      head: "DEPS",
      cell: ({ manifest }) => orNone(dependencyCount(claimOf(manifest))?.toString(), style),
      giveUp: 5,
    },
    { head: "MANIFEST", cell: ({ plugin, manifest }) => carrierOf(plugin, manifest, style), giveUp: 4 },
    factColumn("BUILT", "build_time", 1, style),
    { head: "", cell: ({ plugin }) => remarkOf(plugin) },
  ];
}

/** In a word what is marked: no mark stands alone. */
function remarkOf(plugin: PluginResult): Cell {
  if (plugin.unreadable !== null) return { text: "unreadable", tone: verdictLooks.unreadable.tone };
  return { text: severityCounts(plugin).join(", "), tone: "faint" };
}

function carrierOf(plugin: PluginResult, manifest: ManifestResult | null, style: Style): Cell {
  if (plugin.unreadable !== null) return { text: style.marks.none, tone: "faint" };
  return { text: sourceOf(manifest), tone: manifest?.valid === true ? "plain" : "unsure" };
}

/** Only what is wrong is marked in a listing. */
function signOf(plugin: PluginResult, style: Style): Cell {
  if (plugin.unreadable !== null) return { text: style.marks.bad, tone: "bad" };
  if (countOf(plugin, "error") > 0) return { text: style.marks.bad, tone: "bad" };
  return countOf(plugin, "warning") > 0 ? { text: style.marks.warning, tone: "unsure" } : { text: "" };
}

function unreadable(plugins: readonly PluginResult[], style: Style): readonly string[] {
  const lines = plugins.flatMap(({ path, unreadable }) =>
    unreadable === null
      ? []
      : [`  ${style.text(path)}`, ...paragraph(style.text(unreadableReason(unreadable)), 6, style)],
  );
  return lines.length === 0 ? [] : ["", style.paint.bad(`${style.marks.bad} Could not be read`), ...lines];
}

/** What is wrong with the manifests themselves. */
function troubled(plugins: readonly PluginResult[], style: Style): readonly string[] {
  const lines = plugins.flatMap((plugin) => {
    const findings = plugin.findings.filter(({ severity }) => severity !== "note");
    if (findings.length === 0 || plugin.unreadable !== null) return [];
    return [
      `  ${style.text(plugin.path)}`,
      ...findings.flatMap(({ severity, message, arch }) =>
        labelled(severity, arch === undefined ? message : `${arch}: ${message}`, 6, style),
      ),
    ];
  });
  if (lines.length === 0) return [];
  const count = plugins.reduce(
    (sum, plugin) => sum + countOf(plugin, "error") + countOf(plugin, "warning"),
    0,
  );
  const { mark, tone } = severityLooks.warning;
  return [
    "",
    style.paint[tone](`${style.marks[mark]} ${counted(count, "remark")} about manifests`),
    ...lines,
  ];
}

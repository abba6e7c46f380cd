import type { Configuration } from "../../check/model/configuration.ts";
import type { CheckResult, PluginResult } from "../../check/model/result.ts";
import { mainManifest } from "../model/claim.ts";
import { severityLooks } from "../model/look.ts";
import { sharedFolder } from "../model/shared-folder.ts";
import { unreadableText } from "../../artifact/unreadable.ts";
import { sentence } from "../model/problem-text.ts";
import { countOf, counted } from "../model/verdict.ts";
import { configurationLines } from "./block/configuration-lines.ts";
import { hiddenColumns } from "./layout/hidden-columns.ts";
import { labelled, paragraph, value } from "./layout/paragraph.ts";
import { onScreen } from "./layout/screen.ts";
import type { ScreenOptions, Style } from "./layout/style.ts";
import { renderTable } from "./layout/table.ts";
import { columnsIn, rowsIn, type TableView } from "./layout/table-view.ts";
import { listColumns, type ListRow } from "./list-columns.ts";

interface ListView extends TableView {
  readonly configuration?: Configuration | null | undefined;
}

/** `plugins list`: one row per plugin, then why some could not be read. */
export function listScreen(
  result: CheckResult,
  options: ScreenOptions,
  view: ListView = {},
): Promise<string> {
  return onScreen(options, (style) => {
    const bare = view.bare === true;
    const configuration = bare ? [] : configurationLines(view.configuration, false, style);
    if (result.plugins.length === 0) return bare ? "" : ["No plugins found.", ...configuration].join("\n");
    const folder = bare ? "" : sharedFolder(result.plugins.map(({ path }) => path));
    const rows = result.plugins.flatMap((plugin) => rowsOf(plugin, plugin.path.slice(folder.length)));
    const sorted = rowsIn(rows, listColumns, view, style);
    const { text, left } = renderTable(columnsIn(listColumns, view), sorted, style);
    if (bare) return text;
    return [
      ...(folder === "" ? [] : [`Plugins in ${style.paint.strong(value(folder, style))}`]),
      ...configuration,
      ...(folder === "" && configuration.length === 0 ? [] : [""]),
      text,
      ...hiddenColumns(left, style),
      ...unreadable(result.plugins, style),
      ...troubled(result.plugins, style),
    ].join("\n");
  });
}

/** The rows of one file. */
function rowsOf(plugin: PluginResult, name: string): readonly ListRow[] {
  if (plugin.slices.length < 2) {
    return [{ plugin, name, manifest: plugin.manifest, evidence: plugin.evidence }];
  }
  return plugin.slices.map((slice) => ({
    plugin,
    name: `${name} (${slice.arch})`,
    manifest: mainManifest(slice.manifests),
    evidence: slice.evidence,
  }));
}

function unreadable(plugins: readonly PluginResult[], style: Style): readonly string[] {
  const lines = plugins.flatMap(({ path, unreadable }) =>
    unreadable === null
      ? []
      : [`  ${value(path, style)}`, ...paragraph(style.text(sentence(unreadableText(unreadable))), 6, style)],
  );
  return lines.length === 0 ? [] : ["", style.paint.bad(`${style.marks.bad} Could not be read`), ...lines];
}

/** What is wrong with the manifests themselves. */
function troubled(plugins: readonly PluginResult[], style: Style): readonly string[] {
  const lines = plugins.flatMap((plugin) => {
    const findings = plugin.findings.filter(({ severity }) => severity !== "note");
    if (findings.length === 0 || plugin.unreadable !== null) return [];
    return [
      `  ${value(plugin.path, style)}`,
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
    style.paint[tone](`${style.marks[mark]} ${counted(count, "problem")} with manifests`),
    ...lines,
  ];
}

import type { Configuration } from "../../check/model/configuration.ts";
import type { CheckResult, PluginResult } from "../../check/model/result.ts";
import { counts } from "../../rules/finding.ts";
import { mayFail, type Gate } from "../../check/model/gate.ts";
import { causesOf, type Cause } from "../model/cause.ts";
import { causeNumbers } from "../model/cause-text.ts";
import { byPlugin, hostNamer, hostsIn } from "../model/hosts.ts";
import { isMissingManifest, missingManifestText } from "../model/missing-manifest.ts";
import { sharedFolder } from "../model/shared-folder.ts";
import { counted, failsByVerdict, worstFirst } from "../model/verdict.ts";
import { causeBlocks, type Depth } from "./block/cause-block.ts";
import { configurationLines } from "./block/configuration-lines.ts";
import { hostLines } from "./block/host-lines.ts";
import { remark } from "./block/remark.ts";
import { suppressedLines } from "./block/suppressed-lines.ts";
import { checkColumns, matrixColumns, type CheckRow } from "./check-columns.ts";
import { hiddenColumns } from "./layout/hidden-columns.ts";
import { onScreen } from "./layout/screen.ts";
import { value } from "./layout/paragraph.ts";
import type { ScreenOptions, Style } from "./layout/style.ts";
import { renderTable, type RenderedTable } from "./layout/table.ts";
import { columnsIn, rowsIn, type TableView } from "./layout/table-view.ts";

/** How much of a check is shown. */
export interface CheckView extends Gate, TableView {
  /** Only plugins that make the check fail, and only what does. */
  readonly quiet: boolean;
  /** Also notes, what is suppressed, and more of each cause. */
  readonly verbose?: boolean | undefined;
  readonly configuration?: Configuration | null | undefined;
}

/** `plugins check-all`: the host, one row per plugin, worst first, then what is wrong, cause by cause, and how to fix it. */
export function checkAllScreen(
  result: CheckResult,
  view: CheckView,
  options: ScreenOptions,
): Promise<string> {
  return onScreen(options, (style) => {
    const folder = view.bare === true ? "" : sharedFolder(result.plugins.map(({ path }) => path));
    const nameOf = (path: string): string => (path.startsWith(folder) ? path.slice(folder.length) : path);
    const causes = shownCauses(result, view);
    const numbers = causeNumbers(causes);
    // Without the blocks below the table, their numbers say nothing.
    const causesIn = (plugin: PluginResult): readonly number[] => (view.bare === true ? [] : numbers(plugin));
    const byVerdict = byPlugin(worstFirst(result.plugins))
      .filter(({ results }) => !view.quiet || results.some((plugin) => fails(plugin, view)))
      .map(({ path, results }): CheckRow => {
        const [plugin] = results;
        const row = { plugin, name: nameOf(path), causes: causesIn(plugin) };
        if (result.hosts === undefined) return row;
        const withHosts = results.map(
          (each) => [each.hostPath ?? "", { plugin: each, causes: causesIn(each) }] as const,
        );
        return { ...row, withHosts: new Map(withHosts) };
      });
    const rows = view.sort === "verdict" ? byVerdict : rowsIn(byVerdict, checkColumns, view, style);
    const configuration = configurationLines(view.configuration, view.quiet, style);
    if (view.quiet && rows.length === 0 && causes.length === 0)
      return view.bare === true ? "" : configuration.join("\n");
    const { table, signs } = tableOf(rows, result, view, style);
    if (view.bare === true) return table.text;
    return [
      ...hostLines(hostsIn(result), style, signs),
      ...configuration,
      ...(folder === "" ? [] : [`Plugins in ${style.paint.strong(value(folder, style))}`]),
      ...(result.plugins.length === 0 ? ["", "No plugins found."] : []),
      ...(rows.length === 0 ? [] : [...(folder === "" ? [""] : []), table.text]),
      ...(view.quiet ? [] : footnotes(result, style)),
      ...(rows.length === 0 ? [] : hiddenColumns(table.left, style)),
      ...causeBlocks(
        causes,
        { depth: depthOf(view), nameOf, hostName: hostNamer(result), isNumbered: true, indent: 0 },
        style,
      ),
      ...(view.quiet ? [] : remarks(result, view, nameOf, style)),
    ].join("\n");
  });
}

/** The table. With several hosts it is a matrix; if that has no room, letters stand for the hosts. */
function tableOf(
  rows: readonly CheckRow[],
  { hosts }: CheckResult,
  view: CheckView,
  style: Style,
): { readonly table: RenderedTable; readonly signs?: readonly string[] } {
  if (hosts === undefined) return { table: renderTable(columnsIn(checkColumns, view), rows, style) };
  const paths = hosts.map(({ path }) => path);
  const nameOf = hostNamer({ host: null, hosts });
  const named = matrixColumns(
    paths.map((path) => ({ path, head: style.text(nameOf(path)) })),
    false,
  );
  const table = renderTable(columnsIn(named, view), rows, style);
  if (table.fits) return { table };
  const signs = paths.map((_, at) => letterOf(at));
  const short = matrixColumns(
    paths.map((path, at) => ({ path, head: signs[at] ?? "" })),
    true,
  );
  return { table: renderTable(columnsIn(short, view), rows, style), signs };
}

/** A to Z, then AA, AB, … */
function letterOf(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26));
  return at < 26 ? letter : letterOf(Math.floor(at / 26) - 1) + letter;
}

/** How deep a check's causes are shown. */
export function depthOf({ quiet, verbose }: CheckView): Depth {
  if (quiet) return "quiet";
  return verbose === true ? "full" : "normal";
}

/** Those that matter to the view. Why a file is unreadable is in its row; which ones lack a manifest is one line. */
function shownCauses(result: CheckResult, view: CheckView): readonly Cause[] {
  return causesOf(result, view.allowUnknown).filter(
    (cause) =>
      (cause.rule !== "plugin-unreadable" || view.verbose === true) &&
      cause.members.some(({ findings, consequences }) =>
        [...findings, ...consequences].some(
          (finding) =>
            (view.verbose === true ||
              mayFail(finding, view) ||
              (finding.severity === "warning" && !view.quiet)) &&
            !isMissingManifest(finding),
        ),
      ),
  );
}

function fails(plugin: PluginResult, view: CheckView): boolean {
  return failsByVerdict(plugin, view) || plugin.findings.some((finding) => mayFail(finding, view));
}

/** What the table does not say of its files: how many lack a manifest. */
function footnotes(result: CheckResult, style: Style): readonly string[] {
  const missing = missingManifestText(result);
  return missing === undefined ? [] : remark(missing, style);
}

/** What is worth a line: what is suppressed, and how many notes there are. */
function remarks(
  result: CheckResult,
  view: CheckView,
  nameOf: (path: string) => string,
  style: Style,
): readonly string[] {
  const notes = [...result.plugins.flatMap(({ findings }) => findings), ...result.findings].filter(
    (finding) => counts(finding, "note") && !mayFail(finding, view) && !isMissingManifest(finding),
  );
  const lines = [
    ...suppressedLines(result, view.verbose === true, nameOf, style),
    ...(view.verbose === true || notes.length === 0
      ? []
      : remark(`${counted(notes.length, "note")}: --verbose shows them.`, style)),
  ];
  return lines.length === 0 ? [] : ["", ...lines];
}

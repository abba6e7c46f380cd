import type { CheckResult, PluginResult } from "../../check/model/result.ts";
import { counts } from "../../rules/finding.ts";
import { mayFail, type Gate } from "../../check/model/gate.ts";
import { causesOf, type Cause } from "../model/cause.ts";
import { causeNumbers } from "../model/cause-text.ts";
import { isMissingManifest, missingManifestText } from "../model/missing-manifest.ts";
import { sharedFolder } from "../model/shared-folder.ts";
import { counted, failsByVerdict, worstFirst } from "../model/verdict.ts";
import { causeBlocks, type Depth } from "./block/cause-block.ts";
import { hostLines } from "./block/host-lines.ts";
import { remark } from "./block/remark.ts";
import { suppressedLines } from "./block/suppressed-lines.ts";
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
  /** Also notes, what is suppressed, and more of each cause. */
  readonly verbose?: boolean | undefined;
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
    const byVerdict = worstFirst(result.plugins)
      .filter((plugin) => !view.quiet || fails(plugin, view))
      .map((plugin): CheckRow => ({
        plugin,
        name: nameOf(plugin.path),
        // Without the blocks below the table, their numbers say nothing.
        causes: view.bare === true ? [] : (numbers.get(plugin.path) ?? []),
      }));
    const rows = view.sort === "verdict" ? byVerdict : rowsIn(byVerdict, checkColumns, view, style);
    if (view.quiet && rows.length === 0 && causes.length === 0) return "";
    const table = renderTable(columnsIn(checkColumns, view), rows, style);
    if (view.bare === true) return table.text;
    return [
      ...(result.host === null ? [] : hostLines(result.host, style)),
      ...(folder === "" ? [] : [`Plugins in ${style.paint.strong(style.text(folder))}`]),
      ...(result.plugins.length === 0 ? ["", "No plugins found."] : []),
      ...(rows.length === 0 ? [] : ["", table.text, ...hiddenColumns(table.left, style)]),
      ...causeBlocks(causes, { depth: depthOf(view), nameOf, isNumbered: true, indent: 0 }, style),
      ...(view.quiet ? [] : remarks(result, view, nameOf, style)),
    ].join("\n");
  });
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

/** What is worth a line: which files lack a manifest, what is suppressed, and how many notes there are. */
function remarks(
  result: CheckResult,
  view: CheckView,
  nameOf: (path: string) => string,
  style: Style,
): readonly string[] {
  const missing = missingManifestText(result);
  const notes = [...result.plugins.flatMap(({ findings }) => findings), ...result.findings].filter(
    (finding) => counts(finding, "note") && !mayFail(finding, view) && !isMissingManifest(finding),
  );
  const lines = [
    ...(missing === undefined ? [] : remark(missing, style)),
    ...suppressedLines(result, view.verbose === true, nameOf, style),
    ...(view.verbose === true || notes.length === 0
      ? []
      : remark(`${counted(notes.length, "note")}: --verbose shows them.`, style)),
  ];
  return lines.length === 0 ? [] : ["", ...lines];
}

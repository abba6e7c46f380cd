import type { CheckResult, PluginResult } from "../../check/model/result.ts";
import type { Check } from "../../rules/finding.ts";
import type { CheckView } from "./check-all.ts";
import { checkTables } from "./block/check-table.ts";
import { mayFail } from "../../check/model/gate.ts";
import { findingBlocks } from "./block/finding-group.ts";
import { hostLines } from "./block/host-lines.ts";
import { loaderSentence, unknownLines, unreadableLines, verdictLine } from "./block/plugin-lines.ts";
import { onScreen } from "./layout/screen.ts";
import type { ScreenOptions, Style } from "./layout/style.ts";
import { failsByVerdict } from "../model/verdict.ts";

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
    const about = result.findings.filter((finding) => !view.quiet || mayFail(finding, view));
    if (view.quiet && parts.length === 0 && about.length === 0) return "";
    return [
      ...(result.host === null ? [] : hostLines(result.host, style)),
      ...(about.length === 0 ? [] : ["", style.paint.strong("Host and plugin set")]),
      ...findingBlocks(about, 2, style),
      ...parts.flatMap((lines) => ["", ...lines]),
    ].join("\n");
  });
}

function section(plugin: PluginResult, view: CheckView, style: Style): readonly string[] {
  const checks = (plugin.checks ?? []).filter((check) => !view.quiet || failing(check, view));
  const findings = plugin.findings.filter((finding) => !view.quiet || mayFail(finding, view));
  if (view.quiet && findings.length === 0 && !failsByVerdict(plugin, view)) return [];
  return [
    verdictLine(plugin, plugin.path, style),
    ...unreadableLines(plugin, style),
    ...unknownLines(plugin, style),
    ...checkTables(checks, style),
    ...(findings.length === 0 ? [] : [""]),
    ...findingBlocks(findings, 2, style),
    ...(plugin.loader === undefined || view.quiet ? [] : ["", ...loaderSentence(plugin.loader, 2, style)]),
  ];
}

function failing({ status, decisive }: Check, { allowUnknown }: CheckView): boolean {
  return status === "mismatch" || (status === "unknown" && decisive && !allowUnknown);
}

import type { CheckResult, PluginResult } from "../../check/model/result.ts";
import type { Check } from "../../rules/finding.ts";
import type { CheckView } from "./check-screen.ts";
import { checkTables } from "./check-table.ts";
import { mayFail } from "../../check/model/gate.ts";
import { findingBlocks } from "./finding-group.ts";
import { hostLines } from "./host-lines.ts";
import { loaderSentence, unknownLines, unreadableLines, verdictLine } from "./plugin-lines.ts";
import { onScreen } from "./screen.ts";
import type { ScreenOptions, Style } from "./style.ts";
import { verdictOf } from "../model/verdict.ts";

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
      ...(about.length === 0 ? [] : ["", style.paint.strong("Host and set")]),
      ...findingBlocks(about, 2, style),
      ...parts.flatMap((lines) => ["", ...lines]),
    ].join("\n");
  });
}

function section(plugin: PluginResult, view: CheckView, style: Style): readonly string[] {
  const checks = (plugin.checks ?? []).filter((check) => !view.quiet || failing(check, view));
  const findings = plugin.findings.filter((finding) => !view.quiet || mayFail(finding, view));
  if (view.quiet && findings.length === 0 && !undecided(plugin, view) && plugin.unreadable === null)
    return [];
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

function undecided(plugin: PluginResult, { allowUnknown }: CheckView): boolean {
  return verdictOf(plugin) === "unknown" && !allowUnknown;
}

function failing({ status, decisive }: Check, { allowUnknown }: CheckView): boolean {
  return status === "mismatch" || (status === "unknown" && decisive && !allowUnknown);
}

import type { CheckResult, PluginResult } from "../../check/model/result.ts";
import type { Check } from "../../rules/finding.ts";
import { causesOf, type Cause } from "../model/cause.ts";
import { isLoaderAnswer, loaderTexts } from "../model/cause-text.ts";
import { hostNamer, hostsIn } from "../model/hosts.ts";
import { isMissingManifest, missingManifestText } from "../model/missing-manifest.ts";
import { depthOf, type CheckView } from "./check-all.ts";
import { causeBlocks, type CauseView } from "./block/cause-block.ts";
import { configurationLines } from "./block/configuration-lines.ts";
import { checkTables, type ShownCheck } from "./block/check-table.ts";
import { mayFail } from "../../check/model/gate.ts";
import { hostLines } from "./block/host-lines.ts";
import { loaderSentence, verdictLine } from "./block/plugin-lines.ts";
import { remark } from "./block/remark.ts";
import { suppressedLines } from "./block/suppressed-lines.ts";
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
      .map((plugin) => section(plugin, view, hostNamer(result), style))
      .filter((lines) => lines.length > 0);
    const about = causesOf({ plugins: [], findings: result.findings }).filter((cause) =>
      isShown(cause, view),
    );
    const configuration = configurationLines(view.configuration, view.quiet, style);
    if (view.quiet && parts.length === 0 && about.length === 0) return configuration.join("\n");
    const missing = view.quiet ? undefined : missingManifestText(result);
    return [
      ...hostLines(hostsIn(result), style),
      ...configuration,
      ...(about.length === 0 ? [] : ["", style.paint.strong("Host and plugin set")]),
      ...causeBlocks(about, { ...blockView(view), hostName: hostNamer(result) }, style),
      ...parts.flatMap((lines) => ["", ...lines]),
      ...(missing === undefined ? [] : ["", ...remark(missing, style)]),
    ].join("\n");
  });
}

function blockView(view: CheckView): CauseView {
  // One plugin at a time has room for more.
  const depth = view.quiet ? depthOf(view) : "full";
  return { depth, nameOf: undefined, isNumbered: false, indent: 2 };
}

function section(
  plugin: PluginResult,
  view: CheckView,
  hostName: (path: string) => string,
  style: Style,
): readonly string[] {
  const checks = (plugin.checks ?? []).filter((check) => !view.quiet || failing(check, view));
  const all = causesOf({ plugins: [plugin], findings: [] }, view.allowUnknown);
  const causes = all.filter((cause) => isShown(cause, view));
  if (view.quiet && causes.length === 0 && !failsByVerdict(plugin, view)) return [];
  const { loader } = plugin;
  const isSaid = causes.some((cause) => saysAnswer(cause));
  const hidden = view.quiet
    ? []
    : suppressedLines({ plugins: [plugin], findings: [] }, true, undefined, style);
  return [
    verdictLine(plugin, plugin.path, style, hostName),
    ...checkTables(loader === undefined || view.quiet ? checks : checks.map(withoutAnswer), style),
    ...(causes.length === 0 ? [] : [""]),
    ...causeBlocks(causes, blockView(view), style),
    ...hidden,
    ...(loader === undefined || view.quiet || isSaid ? [] : ["", ...loaderSentence(loader, 2, style)]),
  ];
}

/** The loader's answer is said after the table; of a universal file it differs from slice to slice. */
function withoutAnswer(check: Check): ShownCheck {
  return isLoaderAnswer(check.rule) && check.arch === undefined ? { ...check, reason: undefined } : check;
}

/** Whether the loader's answer is among what is said of a cause. */
function saysAnswer(cause: Cause): boolean {
  return (
    loaderTexts(cause).length > 0 ||
    cause.members.some(({ findings }) => findings.some(({ rule }) => isLoaderAnswer(rule)))
  );
}

function isShown({ members }: Cause, view: CheckView): boolean {
  return members
    .flatMap(({ findings, consequences }) => [...findings, ...consequences])
    .some((finding) => !isMissingManifest(finding) && (!view.quiet || mayFail(finding, view)));
}

function failing({ status, decisive }: Check, { allowUnknown }: CheckView): boolean {
  return status === "mismatch" || (status === "unknown" && decisive && !allowUnknown);
}

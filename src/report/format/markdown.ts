import type { CheckResult, HostResult, PluginResult } from "../../check/model/result.ts";
import type { Finding } from "../../rules/finding.ts";
import { hostFacts } from "../model/host-facts.ts";
import { claimOf, factOf, sourceOf } from "../model/claim.ts";
import type { ReportContext } from "../model/report-context.ts";
import {
  markdownBlock,
  markdownCode,
  markdownCodeCell,
  markdownTable,
  markdownText,
} from "./markdown-syntax.ts";
import { waivedText } from "../model/failure-text.ts";
import { loaderAnswers } from "../model/loader-answer.ts";
import { lookOf, severityLooks, type Mark } from "../model/look.ts";
import { aboutOf, sentence, sidesOf } from "../model/problem-text.ts";
import { sharedFolder } from "../model/shared-folder.ts";
import { unreadableText } from "../../artifact/unreadable.ts";
import { counted, severityCounts, verdictOf, verdicts, worstFirst } from "../model/verdict.ts";

const marks = {
  good: "✅",
  bad: "❌",
  unknown: "❔",
  warning: "⚠️",
  note: "ℹ️",
} as const satisfies Record<Mark, string>;

/**
 * The report in GitHub Flavored Markdown: for a step's summary, a merge request, a release note.
 * @param room how many bytes it may have; plugins that do not fit are counted at the end.
 */
export function markdownReport(result: CheckResult, context: ReportContext, room = Infinity): string {
  const plugins = worstFirst(result.plugins);
  const folder = sharedFolder(plugins.map(({ path }) => path));
  const about =
    result.findings.length === 0 ? [] : [["### Host and plugin set", "", ...blocks(result.findings)]];
  const parts = [
    heading(result, context),
    ...about,
    ...plugins.map((plugin) => details(plugin, folder)).filter((lines) => lines.length > 0),
  ];
  const head = fitting(parts.slice(0, 1), table(plugins, folder), room);
  return joined([...head, ...parts.slice(1)], room);
}

function heading(result: CheckResult, context: ReportContext): readonly string[] {
  const { host, summary } = result;
  const title = context.command === "list" ? "Plugins" : "Plugin compatibility";
  const counts = [...verdicts]
    .reverse()
    .filter((verdict) => summary[verdict] > 0)
    .map((verdict) => `${summary[verdict]} ${verdict}`);
  const outcome = context.failure ?? waivedText(result, context.gate) ?? "Passed.";
  const verdict = context.command === "list" ? [] : [`**${outcome}**`, ""];
  return [
    `## ${title}`,
    "",
    ...verdict,
    `${counted(summary.plugins, "plugin")}${counts.length === 0 ? "" : `: ${counts.join(", ")}`}.`,
    ...(host === null ? [] : ["", hostLine(host)]),
  ];
}

function hostLine(host: HostResult): string {
  const facts = hostFacts(host).map((each) => markdownText(each.join(", ")));
  return `Host: ${[markdownCode(host.path), ...facts].join(" · ")}`;
}

function table(plugins: readonly PluginResult[], folder: string): readonly string[] {
  if (plugins.length === 0) return ["No plugins found."];
  const isJudged = plugins.some(({ verdict }) => verdict !== undefined);
  return markdownTable(
    ["Plugin", "Language", "Toolchain", "Target", "Manifest", ...(isJudged ? ["Verdict"] : []), "Findings"],
    plugins.map((plugin) => row(plugin, folder, isJudged)),
  );
}

function row(plugin: PluginResult, folder: string, isJudged: boolean): readonly string[] {
  const { path, manifest, evidence, unreadable } = plugin;
  const fact = (field: "language" | "toolchain_version" | "target"): string => {
    const value = factOf(claimOf(manifest), evidence, field);
    return value === undefined || value === "" ? "–" : markdownText(value);
  };
  const verdict = verdictOf(plugin);
  const findings =
    unreadable === null
      ? severityCounts(plugin).join(", ")
      : markdownText(sentence(unreadableText(unreadable)));
  return [
    markdownCodeCell(path.slice(folder.length)),
    fact("language"),
    fact("toolchain_version"),
    fact("target"),
    unreadable === null ? sourceOf(manifest) : "–",
    ...(isJudged ? [verdict === undefined ? "–" : `${marks[lookOf(plugin).mark]} ${verdict}`] : []),
    findings,
  ];
}

/** What is wrong with one plugin; no lines if nothing is. */
function details(plugin: PluginResult, folder: string): readonly string[] {
  const verdict = verdictOf(plugin);
  const unknowns = verdict === "unknown" ? (plugin.unknowns ?? []) : [];
  if (plugin.findings.length === 0 && unknowns.length === 0) return [];
  const state = verdict === undefined ? "" : ` — ${verdict}`;
  const { loader } = plugin;
  const words = loader === undefined || loader.outcome === "loads" ? null : loader.message;
  return [
    `### ${markdownCode(plugin.path.slice(folder.length))}${state}`,
    "",
    ...unknowns.map((sentence) => `- ${marks.unknown} unknown: ${markdownText(sentence)}`),
    ...(unknowns.length === 0 ? [] : [""]),
    ...blocks(plugin.findings),
    ...(words === null
      ? []
      : [
          `The loader ${loaderAnswers[loader?.outcome ?? "unknown"]}:`,
          "",
          ...markdownBlock(words, "text"),
          "",
        ]),
  ];
}

function blocks(findings: readonly Finding[]): readonly string[] {
  return findings.flatMap(block);
}

function block(finding: Finding): readonly string[] {
  const { rule, severity, message, cause, fix, suppressed } = finding;
  const about = aboutOf(finding).map(markdownCode);
  const sides = sidesOf(finding);
  const state =
    suppressed === undefined ? severity : `${severity}, suppressed: ${markdownText(suppressed.reason)}`;
  return [
    [`${marks[severityLooks[severity].mark]} **${rule}** (${state})`, ...about, markdownText(message)].join(
      " · ",
    ),
    "",
    ...(sides.length === 0
      ? []
      : [
          ...markdownTable(
            ["", "Value", "Read from"],
            sides.map(({ name, value, from }) => [name, markdownCodeCell(value), markdownCodeCell(from)]),
          ),
          "",
        ]),
    ...(cause === undefined ? [] : [`Cause: ${markdownText(cause)}`, ""]),
    ...fix.flatMap((each) =>
      each.kind === "command"
        ? [
            "Fix:",
            "",
            ...markdownBlock(each.run, "sh"),
            "",
            ...(each.note === undefined ? [] : [markdownText(each.note), ""]),
          ]
        : [`Fix: ${markdownText(each.text)}`, ""],
    ),
  ];
}

/** The heading with the table under it, with as many rows as fit. */
function fitting(
  parts: readonly (readonly string[])[],
  rows: readonly string[],
  room: number,
): readonly (readonly string[])[] {
  let left = room / 2;
  const kept = rows.filter((line) => (left -= Buffer.byteLength(line) + 1) >= 0);
  const missing = rows.length - kept.length;
  const rest = missing === 0 ? [] : ["", `${counted(missing, "more plugin")} not shown.`];
  return [...parts, [...kept, ...rest]];
}

/** The parts with an empty line between them, as many as fit. */
function joined(parts: readonly (readonly string[])[], room: number): string {
  const texts = parts.map((lines) => `${lines.join("\n").trimEnd()}\n`);
  const closing = 100;
  let left = room - closing;
  const kept = texts.filter((text) => (left -= Buffer.byteLength(text) + 1) >= 0);
  const missing = texts.length - kept.length;
  return missing === 0
    ? kept.join("\n")
    : `${kept.join("\n")}\n${counted(missing, "section")} omitted to fit the size limit. The JSON report has everything.\n`;
}

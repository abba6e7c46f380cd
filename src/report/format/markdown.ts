import type { CheckResult, HostResult, PluginResult } from "../../check/model/result.ts";
import type { Fix } from "../../language/fix.ts";
import { hostsOfCause, type Cause, type CausedFinding } from "../model/cause.ts";
import {
  causeNumbers,
  headlineOf,
  isOfHost,
  loaderTexts,
  pluginsOf,
  reasonsOf,
  rowsOf,
  rulesOf,
  type CauseNumbers,
  type CauseRow,
} from "../model/cause-text.ts";
import { byPlugin, checkedText, hostNamer, hostsIn, type PluginRow } from "../model/hosts.ts";
import { listed } from "../model/listed.ts";
import { missingManifestText } from "../model/missing-manifest.ts";
import { hostFacts } from "../model/host-facts.ts";
import { claimOf, factOf, sourceOf } from "../model/claim.ts";
import { foundByText, loweredText } from "../model/configuration-text.ts";
import type { ReportContext } from "../model/report-context.ts";
import { reportedCauses } from "../model/reported-causes.ts";
import {
  markdownBlock,
  markdownCode,
  markdownCodeCell,
  markdownTable,
  markdownText,
} from "./markdown-syntax.ts";
import { waivedText } from "../model/failure-text.ts";
import { lookOf, severityLooks, type Mark } from "../model/look.ts";
import { fewFixes, sentence, sidesOf } from "../model/problem-text.ts";
import { sharedFolder } from "../model/shared-folder.ts";
import { shown } from "../model/shown.ts";
import { unreadableText } from "../../artifact/unreadable.ts";
import { counted, verdictOf, verdicts, worstFirst } from "../model/verdict.ts";

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
  const nameOf = (path: string): string => (path.startsWith(folder) ? path.slice(folder.length) : path);
  const causes = reportedCauses(result, context.gate);
  const numbers = causeNumbers(causes);
  const hostName = hostNamer(result);
  const parts = [
    heading(result, context),
    ...causes.map((cause, at) => causeSection(cause, at + 1, nameOf, hostName)),
    remarks(result),
  ].filter((lines) => lines.length > 0);
  const head = fitting(parts.slice(0, 1), table(result, plugins, folder, numbers), room);
  return joined([...head, ...parts.slice(1)], room);
}

function heading(result: CheckResult, context: ReportContext): readonly string[] {
  const { summary } = result;
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
    `${checkedText(result)}${counts.length === 0 ? "" : `: ${counts.join(", ")}`}.`,
    ...hostsIn(result).flatMap((host) => ["", hostLine(host)]),
    ...configurationLines(context).flatMap((line) => ["", line]),
  ];
}

function configurationLines({ configuration }: ReportContext): readonly string[] {
  const lowered = loweredText(configuration);
  return [
    ...(configuration?.file == null
      ? []
      : [`Configuration: ${markdownCode(configuration.file)}${foundByText(configuration)}`]),
    ...(lowered === undefined ? [] : [`${marks.warning} Lowered: ${markdownText(lowered)}`]),
  ];
}

function hostLine(host: HostResult): string {
  const facts = hostFacts(host).map((each) => markdownText(each.join(", ")));
  return `Host: ${[markdownCode(host.path), ...facts].join(" · ")}`;
}

const factHeads = ["Plugin", "Language", "Toolchain", "Target", "Manifest"];

function table(
  result: CheckResult,
  plugins: readonly PluginResult[],
  folder: string,
  numbers: CauseNumbers,
): readonly string[] {
  if (plugins.length === 0) return ["No plugins found."];
  const { hosts } = result;
  if (hosts !== undefined) return matrix(hosts, hostNamer(result), byPlugin(plugins), folder, numbers);
  const isJudged = plugins.some(({ verdict }) => verdict !== undefined);
  return markdownTable(
    [...factHeads, ...(isJudged ? ["Verdict"] : []), "Causes"],
    plugins.map((plugin) => [
      ...factCells(plugin, folder),
      ...(isJudged ? [verdictCell(plugin)] : []),
      plugin.unreadable === null ? numbers(plugin).join(", ") : unreadableCell(plugin.unreadable),
    ]),
  );
}

/** A row for each plugin, a column for each host, with the verdict and the causes. */
function matrix(
  hosts: readonly HostResult[],
  hostName: (path: string) => string,
  rows: readonly PluginRow<PluginResult>[],
  folder: string,
  numbers: CauseNumbers,
): readonly string[] {
  const isUnreadable = rows.some(({ results: [plugin] }) => plugin.unreadable !== null);
  return markdownTable(
    [
      ...factHeads,
      ...hosts.map(({ path }) => markdownText(hostName(path))),
      ...(isUnreadable ? ["Unreadable"] : []),
    ],
    rows.map(({ results }) => {
      const [plugin] = results;
      const cells = hosts.map(({ path }) => {
        const result = results.find(({ hostPath }) => hostPath === path);
        if (result === undefined) return "–";
        const causes = numbers(result);
        return `${verdictCell(result)}${causes.length === 0 ? "" : `: ${causes.join(", ")}`}`;
      });
      const why = plugin.unreadable === null ? "" : unreadableCell(plugin.unreadable);
      return [...factCells(plugin, folder), ...cells, ...(isUnreadable ? [why] : [])];
    }),
  );
}

function verdictCell(plugin: PluginResult): string {
  const verdict = verdictOf(plugin);
  return verdict === undefined ? "–" : `${marks[lookOf(plugin).mark]} ${verdict}`;
}

function unreadableCell(unreadable: NonNullable<PluginResult["unreadable"]>): string {
  return markdownText(sentence(unreadableText(unreadable)));
}

function factCells(
  { path, manifest, evidence, unreadable }: PluginResult,
  folder: string,
): readonly string[] {
  const fact = (field: "language" | "toolchain_version" | "target"): string => {
    const value = factOf(claimOf(manifest), evidence, field);
    return value === undefined || value === "" ? "–" : markdownText(value);
  };
  return [
    markdownCodeCell(path.slice(folder.length)),
    fact("language"),
    fact("toolchain_version"),
    fact("target"),
    unreadable === null ? sourceOf(manifest) : "–",
  ];
}

/** More plugins of a cause are counted. */
const mostNames = 10;

/** More things that a cause is about are counted. */
const mostRows = 10;

/** One thing that is wrong, in all plugins. */
function causeSection(
  cause: Cause,
  number: number,
  nameOf: (path: string) => string,
  hostName: (path: string) => string,
): readonly string[] {
  const { severity, members, fix } = cause;
  const names = pluginsOf(cause);
  const [first] = members.flatMap(({ findings }) => findings);
  const rows = rowsOf(cause);
  const hosts = hostsOfCause(cause).map(hostName).map(markdownCode);
  const where =
    names.length === 0 ? [] : [`${isOfHost(cause) ? "the host and " : ""}${counted(names.length, "plugin")}`];
  return [
    `### ${[`${number}. ${marks[severityLooks[severity].mark]} ${rulesOf(cause)} (${severity})`, ...where].join(" · ")}`,
    "",
    markdownText(sentence(headlineOf(cause))),
    "",
    ...(names.length === 0 ? [] : [listed(names.map(nameOf).map(markdownCode), mostNames), ""]),
    ...(hosts.length === 0 ? [] : [`With ${listed(hosts, mostNames)}.`, ""]),
    ...(rows.length > 1 || first === undefined ? rowTable(rows) : sideTable(first)),
    ...reasonsOf(cause)
      .slice(0, 2)
      .flatMap((text) => [`Cause: ${markdownText(text)}`, ""]),
    ...loaderTexts(cause)
      .slice(0, 1)
      .flatMap((text) => ["The loader's answer:", "", ...markdownBlock([shown(text)], "text"), ""]),
    ...fixLines(fix),
  ];
}

function rowTable(rows: readonly CauseRow[]): readonly string[] {
  const cell = (value: string | undefined): string => (value === undefined ? "–" : markdownCodeCell(value));
  const left = rows.length - mostRows;
  const table = markdownTable(
    ["", "Plugin", "Host"],
    rows
      .slice(0, mostRows)
      .map(({ subject, plugin, other, host }) => [
        markdownCodeCell(subject),
        cell(plugin),
        cell(host ?? other),
      ]),
  );
  return [...table, "", ...(left > 0 ? [`${left} more: the JSON report lists all of them.`, ""] : [])];
}

function sideTable(first: CausedFinding): readonly string[] {
  const sides = sidesOf(first);
  if (sides.length === 0) return [];
  const rows = sides.map(({ name, value, from }) => [name, markdownCodeCell(value), markdownCodeCell(from)]);
  return [...markdownTable(["", "Value", "Read from"], rows), ""];
}

/** The commands as one block that can be pasted; what is only advice stays text. */
function fixLines(all: readonly Fix[]): readonly string[] {
  const fixes = fewFixes(all);
  const commands = fixes.flatMap((fix) => (fix.kind === "command" ? [fix] : []));
  const notes = [...new Set(commands.flatMap(({ note }) => (note === undefined ? [] : [note])))];
  return [
    ...fixes.flatMap((fix) => (fix.kind === "advice" ? [`Fix: ${markdownText(fix.text)}`, ""] : [])),
    ...(commands.length === 0
      ? []
      : [
          "Fix:",
          "",
          ...markdownBlock(
            commands.map(({ run }) => run),
            "sh",
          ),
          "",
        ]),
    ...notes.flatMap((note) => [markdownText(note), ""]),
  ];
}

/** What is said of all together: who carries no manifest, and what the policy suppresses. */
function remarks(result: CheckResult): readonly string[] {
  const missing = missingManifestText(result);
  const suppressed = [...result.findings, ...result.plugins.flatMap(({ findings }) => findings)].filter(
    (finding) => finding.suppressed !== undefined,
  );
  const groups = new Map<string, number>();
  for (const { rule, severity, suppressed: by } of suppressed) {
    const key = `${rule} (${severity}, suppressed: ${by?.reason ?? ""})`;
    groups.set(key, (groups.get(key) ?? 0) + 1);
  }
  return [
    ...(missing === undefined ? [] : [markdownText(missing), ""]),
    ...[...groups].map(([text, count]) => `- ${counted(count, "finding")}: ${markdownText(text)}`),
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

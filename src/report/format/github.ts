import type { CheckResult } from "../../check/model/result.ts";
import type { Severity } from "../../rules/finding.ts";
import { causesOf, hostsOfCause, type Cause } from "../model/cause.ts";
import {
  headlineOf,
  loaderTexts,
  pluginsOf,
  reasonsOf,
  rowsOf,
  rulesOf,
  type CauseRow,
} from "../model/cause-text.ts";
import { loweredText } from "../model/configuration-text.ts";
import { listed } from "../model/listed.ts";
import { isMissingManifest, missingManifestText } from "../model/missing-manifest.ts";
import { repositoryPath, wholePath } from "../model/place.ts";
import { fixTexts, sidesOf, sideText } from "../model/problem-text.ts";
import type { ReportContext } from "../model/report-context.ts";
import { counted } from "../model/verdict.ts";
import { shown } from "../model/shown.ts";
import { visible } from "../model/visible.ts";

/** GitHub shows at most this many annotations of one level from one step, and silently drops the others. */
export const annotationLimit = 10;

const commands = {
  error: "error",
  warning: "warning",
  note: "notice",
} as const satisfies Record<Severity, string>;

/** Plugins and values that an annotation names; more are counted. */
const mostNamed = 10;

/**
 * Annotations as workflow commands, one per line (docs.github.com, "Workflow commands for GitHub Actions"): one for each cause, at the
 * first plugin that has it, and one for all missing manifests. What the policy suppresses is left out; what GitHub would not
 * show is counted in the last annotation of its level.
 */
export function githubReport(result: CheckResult, context: ReportContext): string {
  const causes = causesOf(result, context.gate.allowUnknown).filter(
    ({ members }) => !members.every(({ findings }) => findings.every(isMissingManifest)),
  );
  const missing = missingManifestText(result);
  const lines = [
    ...(Object.keys(commands) as Severity[]).flatMap((severity) =>
      annotations(
        severity,
        causes.filter((one) => one.severity === severity),
        result,
        context,
      ),
    ),
    ...(missing === undefined ? [] : [command("note", { title: "manifest-missing" }, missing)]),
    ...loweredNotice(context),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** What is lowered, at the configuration file. That there is one is in the step's summary. */
function loweredNotice({ configuration, place }: ReportContext): readonly string[] {
  const lowered = loweredText(configuration);
  if (lowered === undefined) return [];
  const file = configuration?.file ?? null;
  const at: { readonly file?: string; readonly line?: string } =
    file === null ? {} : { file: visible(repositoryPath(file, place).path), line: "1" };
  return [command("note", { ...at, title: "configuration" }, `Lowered: ${shown(lowered)}`)];
}

function annotations(
  severity: Severity,
  causes: readonly Cause[],
  result: CheckResult,
  context: ReportContext,
): readonly string[] {
  const room = causes.length > annotationLimit ? annotationLimit - 1 : annotationLimit;
  const left = causes.slice(room);
  const rest =
    left.length === 0
      ? []
      : [
          command(
            severity,
            { title: "more" },
            `${counted(left.length, `more ${severity}`)} not shown: ${kinds(left)}. The step's summary lists all of them.`,
          ),
        ];
  return [...causes.slice(0, room).map((cause) => annotation(cause, result, context)), ...rest];
}

function annotation(cause: Cause, { host }: CheckResult, { place }: ReportContext): string {
  const [first] = cause.members.flatMap(({ findings }) => findings);
  const plugins = pluginsOf(cause);
  const hosts = hostsOfCause(cause);
  const rows = rowsOf(cause);
  const names = (label: string, paths: readonly string[], least: number): readonly string[] =>
    paths.length < least
      ? []
      : [
          `${label}: ${listed(
            paths.map((path) => shown(wholePath(repositoryPath(path, place)))),
            mostNamed,
          )}`,
        ];
  const lines = [
    shown(headlineOf(cause)),
    // An archive is one file, whichever plugin in it is meant.
    ...names("plugins", plugins, place.archive === undefined ? 2 : 1),
    ...names("checked with", hosts, 1),
    ...(rows.length > 1 ? rowLines(rows) : sidesOf(first ?? {}).map(sideText)),
    ...reasonsOf(cause)
      .slice(0, 1)
      .map((text) => `cause: ${shown(text)}`),
    ...loaderTexts(cause)
      .slice(0, 1)
      .map((text) => `loader: ${shown(text)}`),
    ...fixTexts(cause.fix),
  ];
  const about = plugins[0] ?? first?.hostPath ?? host?.path ?? ".";
  const file = visible(repositoryPath(about, place).path);
  return command(cause.severity, { file, line: "1", title: rulesOf(cause) }, lines.join("\n"));
}

/** `prost: 0.14.1, host 0.13.5` */
function rowLines(rows: readonly CauseRow[]): readonly string[] {
  const lines = rows.slice(0, mostNamed).map(({ subject, plugin, other, host }) => {
    const values = [plugin, other, host === undefined ? undefined : `host ${host}`].filter(
      (value) => value !== undefined,
    );
    return shown(values.length === 0 ? subject : `${subject}: ${values.join(", ")}`);
  });
  const left = rows.length - lines.length;
  return left > 0 ? [...lines, `and ${left} more`] : lines;
}

/** How many of each rule: `3 dependency-mismatch, 1 plugin-unreadable`. */
function kinds(causes: readonly Cause[]): string {
  const counts = new Map<string, number>();
  for (const { rule } of causes) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts].map(([rule, count]) => `${count} ${rule}`).join(", ");
}

function command(severity: Severity, properties: Readonly<Record<string, string>>, text: string): string {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`);
  return `::${commands[severity]} ${list.join(",")}::${escapeData(text)}`;
}

/** As actions/toolkit has it (packages/core, command.ts): the runner decodes only these. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

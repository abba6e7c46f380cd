import { pathToFileURL } from "node:url";
import type { CheckResult } from "../../check/model/result.ts";
import { severities } from "../../rules/finding.ts";
import { ruleIds } from "../../rules/registry.ts";
import { causeIds, causesOf } from "../model/cause.ts";
import { configurationText, loweredText } from "../model/configuration-text.ts";
import { jsonText } from "../model/document.ts";
import type { ReportContext } from "../model/report-context.ts";
import type { RepositoryPath } from "../model/place.ts";
import { aboutMember, repositoryPath, uriPath } from "../model/place.ts";
import { ruleHelp, ruleMeta, verdictRules, type ProblemRule } from "../model/problem-rule.ts";
import { detailLines, messageText, sidesOf } from "../model/problem-text.ts";
import { problemsOf, type Problem } from "../model/problem.ts";
import { byPlugin, hostsIn } from "../model/hosts.ts";
import { counted } from "../model/verdict.ts";
import { shortText, shortValue, shown } from "../model/shown.ts";

/** GitHub refuses a run with more results ("SARIF results exceed limit"), and shows the first 5000. */
export const resultLimit = 25_000;

const allRules: readonly ProblemRule[] = [...ruleIds, ...(Object.keys(verdictRules) as ProblemRule[])];
const ruleIndex = new Map(allRules.map((rule, index) => [rule, index]));

/** The report as a SARIF 2.1.0 log (OASIS, errata 01) with one run; section numbers below are the standard's. */
export function sarifReport(result: CheckResult, context: ReportContext): string {
  const { tool, command, exitCode } = context;
  const problems = problemsOf(result, context);
  const kept = worstOf(problems, resultLimit);
  const ids = causeIds(causesOf(result, context.gate.allowUnknown));
  return jsonText({
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: tool.name, version: tool.version, rules: allRules.map(descriptor) } },
        automationDetails: { id: `${tool.name}/${command}/` },
        // Its address is left out (3.14.14), so that the log does not depend on where the repository is.
        originalUriBaseIds: { [rootId]: { description: { text: "The root of the repository." } } },
        invocations: [
          {
            executionSuccessful: true,
            exitCode,
            exitCodeDescription: context.failure ?? "Passed.",
            ...configurationNotifications(context),
            toolExecutionNotifications: leftOut(problems.length - kept.length),
          },
        ],
        ...artifacts(result, context),
        results: kept.map((problem) => sarifResult(problem, result, context, ids.get(problem.source))),
        properties: { summary: result.summary, ...configured(context) },
      },
    ],
  });
}

const rootId = "SRCROOT";

/** In their order. If there are too many, the most severe ones. */
function worstOf(problems: readonly Problem[], limit: number): readonly Problem[] {
  if (problems.length <= limit) return problems;
  const worst = severities.flatMap((severity) => problems.filter((one) => one.severity === severity));
  const kept = new Set(worst.slice(0, limit));
  return problems.filter((one) => kept.has(one));
}

function configured({ configuration }: ReportContext): object {
  return configuration === null || configuration === undefined ? {} : { configuration };
}

/** 3.20.20: conditions that are relevant to the tool's configuration. */
function configurationNotifications({ configuration }: ReportContext): {
  readonly toolConfigurationNotifications?: readonly object[];
} {
  const file = configurationText(configuration);
  const lowered = loweredText(configuration);
  const notifications = [
    ...(file === undefined
      ? []
      : [{ level: "note", message: { text: literal(`Configuration: ${shown(file)}`) } }]),
    ...(lowered === undefined
      ? []
      : [{ level: "warning", message: { text: literal(`Lowered: ${shown(lowered)}`) } }]),
  ];
  return notifications.length === 0 ? {} : { toolConfigurationNotifications: notifications };
}

function leftOut(count: number): readonly object[] {
  if (count === 0) return [];
  const text = `${counted(count, "result")} of lower severity omitted: a run may have at most ${resultLimit}. The JSON report has everything.`;
  return [{ level: "warning", message: { text } }];
}

function descriptor(rule: ProblemRule): object {
  const { title, severity } = ruleMeta(rule);
  const { full, text, markdown } = ruleHelp(rule);
  return {
    id: rule,
    name: rule.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: literal(full) },
    help: { text: literal(text), markdown: literal(markdown) },
    helpUri: `urn:otelcol-plugins:rule:${rule}`,
    defaultConfiguration: { level: severity },
    properties: {
      tags: ["compatibility", "plugins"],
      precision: "very-high",
      "problem.severity": severity === "note" ? "recommendation" : severity,
    },
  };
}

function sarifResult(
  problem: Problem,
  { host }: CheckResult,
  context: ReportContext,
  causeId: string | undefined,
): object {
  const { rule, severity, file, finding, message, suppressed, fingerprint } = problem;
  const { subject, arch, hostPath = host?.path } = finding;
  const lines = [messageText(message, finding), ...detailLines(finding)];
  const hostSide = hostPath === undefined ? [] : sidesOf(finding).filter(({ name }) => name === "host");
  return {
    ruleId: rule,
    ruleIndex: ruleIndex.get(rule),
    level: severity,
    message: { text: literal(aboutMember(file, lines.join("\n"))) },
    locations: [location(file, finding.plugin?.from)],
    relatedLocations: hostSide.map(({ value, from }) => ({
      ...location(repositoryPath(hostPath ?? "", context.place), from),
      message: { text: literal(`host: ${shown(value)}`) },
    })),
    partialFingerprints: {
      // What GitHub compares (it would make its own from the lines of a binary file), and the same in full.
      primaryLocationLineHash: `${fingerprint.slice(0, 16)}:1`,
      "otelcolPlugins/v1": fingerprint,
    },
    // If one result has it, all must (3.27.23).
    suppressions:
      suppressed === undefined
        ? []
        : [
            {
              kind: "external",
              status: "accepted",
              justification: shortText(suppressed.reason),
              properties: { expires: suppressed.expires },
            },
          ],
    properties: {
      ...(subject === undefined ? {} : { subject: shortValue(subject) }),
      ...(arch === undefined ? {} : { arch: shortValue(arch) }),
      ...(causeId === undefined ? {} : { causeId }),
      ...(finding.hostPath === undefined ? {} : { host: shortValue(finding.hostPath) }),
    },
  };
}

/** A binary has no lines. Viewers show nothing without one, so this is always the first. */
function location(file: RepositoryPath, member: string | undefined): object {
  return {
    physicalLocation: { artifactLocation: artifact(file), region: { startLine: 1 } },
    ...(member === undefined
      ? {}
      : { logicalLocations: [{ fullyQualifiedName: shortValue(member), kind: "member" }] }),
  };
}

/** The files with their digests, if these were asked for. */
function artifacts(
  result: CheckResult,
  { place }: ReportContext,
): { readonly artifacts?: readonly object[] } {
  const plugins = byPlugin(result.plugins).map(({ results: [plugin] }) => plugin);
  const files = [...hostsIn(result), ...plugins].flatMap(({ path, size, sha256 }) =>
    sha256 === undefined
      ? []
      : [
          {
            ...placed(repositoryPath(path, place)),
            ...(size === null ? {} : { length: size }),
            hashes: { "sha-256": sha256 },
          },
        ],
  );
  if (files.length === 0) return {};
  const { archive } = place;
  return { artifacts: archive === undefined ? files : [placed(repositoryPath(archive, place)), ...files] };
}

/** A file in the archive has the path inside it, and the number of the archive (3.24.3, 3.24.4), which is the first. */
function placed(file: RepositoryPath): object {
  if (file.member === undefined) return { location: artifact(file) };
  return { location: { uri: uriPath(file.member) }, parentIndex: 0 };
}

function artifact({ path, inside }: RepositoryPath): object {
  return inside ? { uri: uriPath(path), uriBaseId: rootId } : { uri: fileUri(path) };
}

function fileUri(path: string): string {
  return pathToFileURL(path.replace(/\p{Cs}/gu, "\ufffd")).href;
}

/** Text in which nothing is a placeholder (3.11.5 has braces doubled) or a link (3.11.6: `[text](destination)`). */
function literal(text: string): string {
  return text.replace(/[{}]/g, "$&$&").replaceAll("](", "\\](");
}

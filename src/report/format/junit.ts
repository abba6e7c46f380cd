import type { CheckResult, PluginResult } from "../../check/model/result.ts";
import type { Check, Finding, RuleId, Severity } from "../../rules/finding.ts";
import { rules } from "../../rules/registry.ts";
import type { Gate } from "../../check/model/gate.ts";
import { configurationText, loweredText } from "../model/configuration-text.ts";
import type { ReportContext } from "../model/report-context.ts";
import { detailLines, messageText, sidesOf } from "../model/problem-text.ts";
import { unreadableText } from "../../artifact/unreadable.ts";
import { hostNamer } from "../model/hosts.ts";
import { counted, verdictOf } from "../model/verdict.ts";
import { visible } from "../model/visible.ts";
import { xmlDocument, type Xml } from "./xml.ts";

interface Outcome {
  readonly kind: "passed" | "failure" | "error" | "skipped";
  /** Of a failure: the rule that is broken, or "unknown". */
  readonly cause?: string;
  readonly message?: string;
  /** The text of the case in lines, safe to show. */
  readonly lines?: readonly string[];
}

interface Case extends Outcome {
  readonly name: string;
}

/**
 * The report as JUnit XML, in the form that Jenkins' xUnit plugin checks (junit-10.xsd): a suite for each plugin, a
 * case for each check, including those that passed. Times are 0: the same set gives the same text.
 */
export function junitReport(result: CheckResult, context: ReportContext): string {
  // The form has no place for it but the suites.
  const configuration = propertyList([
    ["configuration", configurationText(context.configuration)],
    ["configuration.lowered", loweredText(context.configuration)],
  ]);
  const hasNoPlace = configuration.length > 0 && result.plugins.length === 0;
  const suites = [
    ...result.plugins.map((plugin) =>
      suite(nameOf(plugin, hostNamer(result)), casesOf(plugin, context), [
        ...propertiesOf(plugin),
        ...configuration,
      ]),
    ),
    ...(result.findings.length === 0 && !hasNoPlace
      ? []
      : [
          suite(
            "host and plugin set",
            rulesIn(result.findings).map(caseAmong(result.findings, context.gate)),
            configuration,
          ),
        ]),
  ];
  const sum = (name: "tests" | "failures" | "errors"): number =>
    suites.reduce((total, { attributes }) => total + Number(attributes?.[name]), 0);
  return xmlDocument({
    name: "testsuites",
    attributes: {
      name: `${context.tool.name} ${context.command}`,
      tests: sum("tests"),
      failures: sum("failures"),
      errors: sum("errors"),
      time: 0,
    },
    elements: suites,
  });
}

/** `plugins/kafka.so`; with several hosts, with which: `plugins/kafka.so with otelcol-1.2`. */
function nameOf({ path, hostPath }: PluginResult, hostName: (path: string) => string): string {
  return hostPath === undefined ? path : `${path} with ${hostName(hostPath)}`;
}

function suite(name: string, cases: readonly Case[], properties: readonly Xml[]): Xml {
  const count = (kind: Outcome["kind"]): number => cases.filter((each) => each.kind === kind).length;
  const shown = visible(name);
  return {
    name: "testsuite",
    attributes: {
      name: shown,
      tests: cases.length,
      failures: count("failure"),
      errors: count("error"),
      skipped: count("skipped"),
      time: 0,
    },
    elements: [
      ...(properties.length === 0 ? [] : [{ name: "properties", elements: properties }]),
      ...cases.map((each) => testcase(each, shown)),
    ],
  };
}

function testcase({ name, kind, cause, message, lines = [] }: Case, classname: string): Xml {
  const attributes = { name, classname, time: 0 };
  const text = lines.join("\n");
  if (kind !== "passed") {
    const type =
      kind === "skipped" ? {} : { type: kind === "error" ? "unreadable" : (cause ?? "incompatible") };
    return {
      name: "testcase",
      attributes,
      elements: [{ name: kind, attributes: { message: message ?? "", ...type }, text }],
    };
  }
  return {
    name: "testcase",
    attributes,
    elements: text === "" ? [] : [{ name: "system-out", text }],
  };
}

function propertiesOf(plugin: PluginResult): readonly Xml[] {
  return propertyList([
    ["verdict", verdictOf(plugin)],
    ["host", plugin.hostPath],
    ["format", plugin.format],
    ["arch", plugin.arch],
    ["loader", plugin.loader?.outcome],
    ["loader.message", plugin.loader?.message],
  ]);
}

function propertyList(
  facts: readonly (readonly [name: string, value: string | null | undefined])[],
): readonly Xml[] {
  return facts.flatMap(([name, value]) =>
    value === undefined || value === null
      ? []
      : [{ name: "property", attributes: { name, value: visible(value) } }],
  );
}

function casesOf(plugin: PluginResult, context: ReportContext): readonly Case[] {
  const name = "object file";
  if (plugin.unreadable !== null) {
    const message = visible(unreadableText(plugin.unreadable));
    return [{ name, kind: "error", message, lines: [message] }];
  }
  const cases = rulesIn([...(plugin.checks ?? []), ...plugin.findings]).map((key) =>
    caseOf(
      key,
      plugin.checks?.find((check) => isOf(check, key)),
      plugin.findings.filter((finding) => isOf(finding, key)),
      context.gate,
    ),
  );
  return [{ name, kind: "passed" }, ...cases, ...verdictCase(plugin, cases, context)];
}

/** What no check says: that nothing is wrong, that too little is known, or that it is incompatible for another reason. */
function verdictCase(plugin: PluginResult, cases: readonly Case[], { gate }: ReportContext): readonly Case[] {
  const name = "verdict";
  const verdict = verdictOf(plugin);
  if (verdict === "compatible") return [{ name, kind: "passed" }];
  if (verdict === "unknown") {
    const lines = (plugin.unknowns ?? []).map(visible);
    const message = `unknown: ${lines.join(" ")}`;
    return [{ name, kind: gate.allowUnknown ? "skipped" : "failure", cause: verdict, message, lines }];
  }
  if (verdict === undefined || cases.some(({ kind }) => kind === "failure")) return [];
  return [{ name, kind: "failure", message: verdict }];
}

/** What a case is about: a rule, in one slice of a universal file or in the whole. */
interface Key {
  readonly rule: RuleId;
  readonly arch?: string;
}

function rulesIn<Of extends Key>(all: readonly Of[]): readonly Of[] {
  return all.filter((one, at) => all.findIndex((other) => isOf(other, one)) === at);
}

function isOf(one: Key, { rule, arch }: Key): boolean {
  return one.rule === rule && one.arch === arch;
}

function caseAmong(all: readonly Finding[], gate: Gate): (key: Key) => Case {
  return (key) =>
    caseOf(
      key,
      undefined,
      all.filter((finding) => isOf(finding, key)),
      gate,
    );
}

function caseOf(
  { rule, arch }: Key,
  check: Check | undefined,
  findings: readonly Finding[],
  gate: Gate,
): Case {
  const name = `${rules[rule].checkTitle} (${[rule, ...(arch === undefined ? [] : [visible(arch)])].join(", ")})`;
  return { name, cause: rule, ...outcomeOf(check, findings, gate) };
}

/** A case fails if this one finding would fail the command. `never` lets only the command pass. */
function fails(severity: Severity, { failOn = "error" }: Gate): boolean {
  if (severity === "error" || failOn === "note") return true;
  return severity === "warning" && failOn === "warning";
}

/** A case fails for the same reasons as the command: what is only a warning, or is suppressed, is reported but passes. */
function outcomeOf(check: Check | undefined, findings: readonly Finding[], gate: Gate): Outcome {
  const open = findings.filter(({ suppressed }) => suppressed === undefined);
  const errors = open.filter(({ severity }) => fails(severity, gate));
  const [first] = errors;
  if (first !== undefined) {
    const message = messageText(first.message, first);
    const more = errors.length > 1 ? ` (and ${counted(errors.length - 1, "more", "more")})` : "";
    return { kind: "failure", message: message + more, lines: errors.flatMap(findingLines) };
  }
  const [hidden] = findings.flatMap(({ suppressed }) => (suppressed === undefined ? [] : [suppressed]));
  if (hidden !== undefined && open.length === 0) {
    const message = `suppressed: ${visible(hidden.reason)}`;
    return { kind: "skipped", message, lines: findings.flatMap(findingLines) };
  }
  const lines = [...open.flatMap(findingLines), ...checkLines(check)];
  if (check?.status === "unknown")
    return { kind: "skipped", message: `unknown: ${visible(check.reason ?? "")}`, lines };
  if (check?.status === "mismatch" && open.length === 0)
    return { kind: "failure", message: visible(check.reason ?? "differs"), lines };
  return { kind: "passed", lines };
}

function findingLines(finding: Finding): readonly string[] {
  const { severity, rule, message } = finding;
  return [`${severity} ${rule}: ${messageText(message, finding)}`, ...detailLines(finding).map(indented)];
}

function checkLines(check: Check | undefined): readonly string[] {
  if (check === undefined) return [];
  const sides = sidesOf(check).map(
    ({ name, value, from }) => `${name}: ${visible(value)} (${visible(from)})`,
  );
  return [...sides, ...(check.reason === undefined ? [] : [visible(check.reason)])];
}

function indented(line: string): string {
  return `  ${line}`;
}

import { dirname } from "node:path";
import type { LoaderMessage } from "../../loader/explain/loader-message.ts";
import { meaningOf } from "../../loader/explain/meanings.ts";
import { parseLoaderMessage } from "../../loader/explain/parse.ts";
import type { SubjectKind } from "../../loader/message-form.ts";
import type { Fix } from "../../language/fix.ts";
import type { RuleId, Severity } from "../../rules/finding.ts";
import { rulePages } from "../../rules/generated/pages.ts";
import { ruleIds, rules } from "../../rules/registry.ts";
import { ruleGroups, type RuleGroup } from "../../rules/rule.ts";
import type { RulePage } from "../../rules/rule-page.ts";
import { shellWord } from "../../language/shell-word.ts";
import { diagnose, type Diagnosis, type DiagnosisRequest } from "./diagnosis.ts";

/** One rule in a line. */
export interface RuleLine {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
}

/** Everything known about one rule. */
export interface RuleExplanation extends Omit<RulePage, "rule" | "example"> {
  readonly id: RuleId;
  readonly title: string;
  /** The title again, for readers of earlier reports. */
  readonly says: string;
  readonly group: RuleGroup;
  /** Severity of its findings, unless one says otherwise. */
  readonly severity: Severity;
  /** The severity, and in which cases a finding has a different one. */
  readonly severities: string;
  /** Where its page is, in this package. */
  readonly documentation: string;
}

/** What a loader's message means. */
export interface ErrorExplanation {
  readonly message: LoaderMessage;
  readonly meaning: string;
  /** Possible causes, most likely first. */
  readonly causes: readonly string[];
  /** What to run or do next, in this order. */
  readonly next: readonly Fix[];
  /** null if no files were given. */
  readonly files: Diagnosis | null;
}

/** All rules, in the order of their documentation. */
export function explainRules(): readonly RuleLine[] {
  const groups = Object.keys(ruleGroups);
  const place = (id: RuleId): number => groups.indexOf(rules[id].group);
  return [...ruleIds]
    .sort((one, other) => place(one) - place(other))
    .map((id) => ({ id, title: rules[id].title, severity: rules[id].severity }));
}

/** One rule; undefined if there is none with that id. */
export function explainRule(name: string): RuleExplanation | undefined {
  const id = ruleIds.find((each) => each === name);
  if (id === undefined) return undefined;
  const { group, title, severity, otherSeverities } = rules[id];
  const { confidence, why, found, fix, accept, related } = rulePages[id];
  return {
    id,
    title,
    severity,
    severities: otherSeverities === undefined ? severity : `${severity}; ${otherSeverities}`,
    group,
    says: title,
    confidence,
    why,
    found,
    fix,
    accept,
    related,
    documentation: `docs/rules/${id}.md`,
  };
}

/**
 * What a pasted message of a loader means, whatever a log put around it; undefined if it contains no known message.
 * With files, their check tells which of the possible causes applies.
 * @throws UsageError when a file or the host cannot be read.
 */
export async function explainError(
  text: string,
  request?: DiagnosisRequest,
): Promise<ErrorExplanation | undefined> {
  const message = parseLoaderMessage(text);
  if (message === undefined) return undefined;
  const { says, causes, next } = meaningOf(message);
  const fill = filler(message, request);
  return {
    message,
    meaning: fill(says),
    causes: causes.map((cause) => fill(cause)),
    next: next.map((step) =>
      step.kind === "command"
        ? { kind: "command", run: fill(step.run, shellWord) }
        : { kind: "advice", text: fill(step.text) },
    ),
    files: request === undefined ? null : await diagnose(message, request),
  };
}

/** What is written for a part that the message does not name: in a sentence, and in a command. */
const unnamed: Readonly<Record<string, readonly [text: string, word: string]>> = {
  package: ["that is named", "PACKAGE"],
  library: ["that is named", "LIBRARY"],
  symbol: ["the symbol that is named", "SYMBOL"],
  version: ["a version", "VERSION"],
  definer: ["a library", "LIBRARY"],
  subject: ["another value", "WHAT"],
  needed: ["another value", "WHAT"],
  plugin: ["the plugin", "PLUGIN.so"],
  folder: ["the folder", "DIR"],
  host: ["the host", "HOST"],
};

/** Replaces `{package}` and the like with what is known; `written` is how a value is spelled there. */
function filler(
  message: LoaderMessage,
  request: DiagnosisRequest | undefined,
): (text: string, written?: (value: string) => string) => string {
  const { subject, version, definer, needed } = message;
  const about = (kind: SubjectKind): string | undefined =>
    subject?.kind === kind ? subject.name : undefined;
  const plugin = request?.file ?? pluginFile(message);
  const values: Readonly<Record<string, string | undefined>> = {
    package: about("package"),
    library: about("library"),
    symbol: about("symbol"),
    version: about("version") ?? version,
    definer,
    subject: subject?.name,
    needed,
    plugin,
    folder: plugin === undefined ? undefined : dirname(plugin),
    host: request?.host.kind === "binary" ? request.host.path : undefined,
  };
  return (text, written) =>
    text.replace(/\{([a-z]+)\}/g, (whole, name: string) => {
      const value = values[name];
      if (value !== undefined) return written === undefined ? value : written(value);
      return unnamed[name]?.[written === undefined ? 0 : 1] ?? whole;
    });
}

/** package plugin leaves out `.so` in its own texts (src/plugin/plugin_dlopen.go). */
function pluginFile({ loader, path }: LoaderMessage): string | undefined {
  if (path === undefined || loader !== "go" || path.endsWith(".so")) return path;
  return `${path}.so`;
}

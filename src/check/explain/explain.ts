import { dirname } from "node:path";
import type { LoaderMessage } from "../../loader/explain/loader-message.ts";
import type { Meaning } from "../../loader/explain/meaning.ts";
import { meaningOf } from "../../loader/explain/meanings.ts";
import { namesFile } from "../../loader/explain/named-file.ts";
import { parseLoaderMessages, type CountedMessage } from "../../loader/explain/parse.ts";
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
  /** In how many lines of the text it is. */
  readonly count: number;
  readonly meaning: string;
  /** Possible causes, most likely first. */
  readonly causes: readonly string[];
  /** What to run or do next, in this order. */
  readonly next: readonly Fix[];
  /** null if no files were given, and for the further messages of a text. */
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
 * What a pasted message of a loader means, whatever a log put around it; undefined if it contains no known message. Of several it is
 * the first one of `explainErrors`. With files, their check tells which of the possible causes applies.
 * @throws UsageError when a file or the host cannot be read.
 */
export async function explainError(
  text: string,
  request?: DiagnosisRequest,
): Promise<ErrorExplanation | undefined> {
  const [first] = await explainErrors(text, request);
  return first;
}

/**
 * What each message of a loader in a text means: each one once, in the text's order, but first the one that names the file of the
 * request. Only that is compared with the files. Empty if the text contains no known message.
 * @throws UsageError when a file or the host cannot be read.
 */
export async function explainErrors(
  text: string,
  request?: DiagnosisRequest,
): Promise<readonly ErrorExplanation[]> {
  const [first, ...others] = ofFileFirst(parseLoaderMessages(text), request?.file);
  if (first === undefined) return [];
  const files = request === undefined ? null : await diagnose(first.message, request);
  return [
    { ...explanationOf(first, request), files },
    ...others.map((other) => ({ ...explanationOf(other, undefined), files: null })),
  ];
}

/** The messages of a text, but first the one that names a file. @internal for its tests */
export function ofFileFirst(
  messages: readonly CountedMessage[],
  file: string | undefined,
): readonly CountedMessage[] {
  const named = file === undefined ? undefined : messages.find(({ message }) => namesFile(message, file));
  return named === undefined ? messages : [named, ...messages.filter((each) => each !== named)];
}

function explanationOf(
  { message, count }: CountedMessage,
  request: DiagnosisRequest | undefined,
): Omit<ErrorExplanation, "files"> {
  const meaning = meaningOf(message);
  const own = filledMeaning(meaning, filler(message, meaning, request));
  if (message.because === undefined) return { message, count, ...own };
  // The library's own failure: what it comes from, and what is done about it.
  const because = meaningOf(message.because);
  const inner = filledMeaning(because, filler(message.because, because, undefined));
  return {
    message,
    count,
    meaning: `${own.meaning} ${inner.meaning}`,
    causes: inner.causes,
    next: [...own.next, ...inner.next],
  };
}

type Filled = Pick<ErrorExplanation, "meaning" | "causes" | "next">;

function filledMeaning({ says, causes, next }: Meaning, fill: Filler): Filled {
  return {
    meaning: fill(says),
    causes: causes.map((cause) => fill(cause)),
    next: next.map((step) =>
      step.kind === "command"
        ? { kind: "command", run: fill(step.run, argument) }
        : { kind: "advice", text: fill(step.text) },
    ),
  };
}

/** A value of a message as an argument that no program takes for an option. */
function argument(value: string): string {
  return shellWord(value.startsWith("-") ? `./${value}` : value);
}

/** Fills the holes of a text; `written` is how a value is spelled there. */
type Filler = (text: string, written?: (value: string) => string) => string;

/** What is written for a part that the message does not name: in a sentence, and in a command. */
const unnamed: Readonly<Record<string, readonly [text: string, word: string]>> = {
  package: ["that is named", "PACKAGE"],
  library: ["that is named", "LIBRARY"],
  symbol: ["the symbol that is named", "SYMBOL"],
  version: ["a version", "VERSION"],
  definer: ["a library", "LIBRARY"],
  subject: ["another value", "WHAT"],
  needed: ["another value", "WHAT"],
  reason: ["the message does not say why", "REASON"],
  system: ["a later release", "RELEASE"],
  place: ["another place", "FILE"],
  plugin: ["the plugin", "PLUGIN.so"],
  folder: ["the folder", "DIR"],
  host: ["the host", "HOST"],
};

/** Replaces `{package}` and the like with what is known; `written` is how a value is spelled there. */
function filler(
  message: LoaderMessage,
  { named = {} }: Meaning,
  request: DiagnosisRequest | undefined,
): Filler {
  const { subject, version, definer, needed, because } = message;
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
    reason: message.reason ?? because?.text,
    system: message.builtFor,
    place: because?.path,
    ...named,
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

import type { RuleId, Side } from "../../rules/finding.ts";
import { rules } from "../../rules/registry.ts";
import type { RuleMeta } from "../../rules/rule.ts";
import { identityOf, type Cause, type CausedFinding } from "./cause.ts";
import { loaderAnswers } from "./loader-answer.ts";
import { ruleMeta } from "./problem-rule.ts";
import { counted, naturalOrder } from "./verdict.ts";

/** One thing that a cause is about, with the values that differ; the same of several plugins is one. */
export interface CauseRow {
  readonly subject: string;
  readonly plugin: string | undefined;
  readonly other: string | undefined;
  readonly host: string | undefined;
}

/** The things that a cause is about; one if it is one, whatever number of plugins it is wrong in. */
export function rowsOf({ members }: Cause): readonly CauseRow[] {
  const rows = new Map<string, CauseRow>();
  for (const { findings } of members) {
    for (const finding of findings) {
      const key = JSON.stringify(identityOf(finding));
      if (rows.has(key)) continue;
      const { subject, message, plugin, other, host } = finding;
      const [ours, theirs] = differing(plugin, host ?? other);
      rows.set(key, {
        subject: subject ?? message,
        plugin: ours,
        other: host === undefined ? theirs : other?.value,
        host: host === undefined ? undefined : theirs,
      });
    }
  }
  return [...rows.values()];
}

/** Two values of a version and a hash each: if the versions differ, they tell it all. */
function differing(one: Side | undefined, other: Side | undefined): readonly (string | undefined)[] {
  if (one === undefined || other === undefined) return [one?.value, other?.value];
  const firsts = [one, other].map(({ value }) => value.split(" ", 1)[0] ?? "");
  const areVersions = firsts.every((first) => /^v?\d/.test(first));
  return areVersions && firsts[0] !== firsts[1] ? firsts : [one.value, other.value];
}

/** What is wrong, in one line: what the finding says, or for several how many there are. Not yet safe to show. */
export function headlineOf(cause: Cause): string {
  const [first] = cause.members.flatMap(({ findings }) => findings);
  const rows = rowsOf(cause);
  if (rows.length === 1 && first !== undefined) return aboutSubject(first);
  const meta: Partial<RuleMeta> = ruleMeta(cause.rule);
  return meta.many?.(rows.length) ?? `${meta.title ?? ""}: ${counted(rows.length, "case")}`;
}

function aboutSubject({ message, subject }: CausedFinding): string {
  return subject === undefined || message.includes(subject) ? message : `${subject}: ${message}`;
}

/** The paths of the plugins that it is wrong in, each once, in natural order. */
export function pluginsOf({ members }: Pick<Cause, "members">): readonly string[] {
  const paths = members.flatMap(({ plugin, findings }) =>
    plugin === undefined ? findings.flatMap(({ plugins = [] }) => plugins) : [plugin.path],
  );
  return [...new Set(paths)].sort(naturalOrder);
}

/** What the loader answers because of it: `plugin.Open would refuse it: …`. The same of several plugins is one. */
export function loaderTexts({ members }: Cause): readonly string[] {
  const texts = members.flatMap(({ plugin, consequences }) => {
    const loader = plugin?.loader;
    if (loader === undefined || !consequences.some(({ rule }) => isLoaderAnswer(rule))) return [];
    if (loader.outcome !== "refused" && loader.outcome !== "crash") return [];
    const answer = `${loader.opener} ${loaderAnswers[loader.outcome]}`;
    return [loader.message === null ? answer : `${answer}: ${withoutName(loader.message)}`];
  });
  return [...new Set(texts)];
}

/** Whether findings of the rule are the loader's own words. */
export function isLoaderAnswer(rule: CausedFinding["rule"]): boolean {
  return Object.hasOwn(rules, rule) && rules[rule as RuleId].loader === "answer";
}

/** Without the plugin's own name, which differs from plugin to plugin: `plugin.Open("/srv/plugins/kafka"): `, `/srv/plugins/kafka.so: `. */
function withoutName(message: string): string {
  return message.replace(/^plugin\.Open\("[^"]*"\)?: /, "").replace(/^\S+\.(so|dylib)(\.\d+)*: /, "");
}

/** Why, each once. */
export function reasonsOf({ members }: Cause): readonly string[] {
  const texts = members.flatMap(({ findings, consequences }) =>
    [...findings, ...consequences].map(({ cause }) => cause),
  );
  return [...new Set(texts)].filter((text) => text !== undefined);
}

/** By a plugin's path: the numbers, from 1, of the causes that it has in a report. */
export type CauseNumbers = ReadonlyMap<string, readonly number[]>;

export function causeNumbers(causes: readonly Cause[]): CauseNumbers {
  const numbers = new Map<string, number[]>();
  for (const [at, cause] of causes.entries()) {
    for (const path of pluginsOf(cause)) numbers.set(path, [...(numbers.get(path) ?? []), at + 1]);
  }
  return numbers;
}

import type { PluginResult } from "../../check/model/result.ts";
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

/** The rule; and that of what the loader answers, if only that is as severe as the cause: `build-flags-mismatch, loader-refuses`. */
export function rulesOf({ rule, severity, members }: Cause): string {
  if (members.some(({ findings }) => findings.some((each) => each.severity === severity))) return rule;
  const worst = members
    .flatMap(({ consequences }) => consequences)
    .find((each) => each.severity === severity);
  return worst === undefined ? rule : `${rule}, ${worst.rule}`;
}

/** Whether it is wrong with the host too, not with plugins alone. */
export function isOfHost({ members }: Cause): boolean {
  return members.some(
    ({ plugin, findings }) => plugin === undefined && findings.some(({ plugins }) => plugins === undefined),
  );
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

/**
 * What the loader answers because of it: `plugin.Open would refuse it: …`. The same of several plugins is one, the most frequent
 * first; if it is not the answer to all that have the cause, it says to how many.
 */
export function loaderTexts({ members }: Cause): readonly string[] {
  const answers = members.flatMap(({ plugin, consequences }) => {
    const loader = plugin?.loader;
    if (loader === undefined || !consequences.some(({ rule }) => isLoaderAnswer(rule))) return [];
    if (loader.outcome !== "refused" && loader.outcome !== "crash") return [];
    const words = loader.message === null ? "" : `: ${withoutName(loader.message)}`;
    return [{ answer: `${loader.opener} ${loaderAnswers[loader.outcome]}`, words }];
  });
  const groups = new Map<string, { readonly answer: string; readonly words: string; count: number }>();
  for (const { answer, words } of answers) {
    const group = groups.get(answer + words);
    if (group === undefined) groups.set(answer + words, { answer, words, count: 1 });
    else group.count += 1;
  }
  return [...groups.values()]
    .sort((one, other) => other.count - one.count)
    .map(({ answer, words, count }) =>
      count === members.length ? answer + words : `${answer} (${count} of ${members.length})${words}`,
    );
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

/** A plugin in a report: with several hosts it is in it once for each. */
type Place = Pick<PluginResult, "path" | "hostPath">;

/** A plugin with the numbers, from 1, of the causes that it has in a report. */
export interface NumberedPlace extends Place {
  readonly numbers: readonly number[];
}

/** The plugins that have causes, in the order of these. What is wrong with the set whatever the host has no host. */
export function numberedPlaces(causes: readonly Cause[]): readonly NumberedPlace[] {
  const places = new Map<string, Place & { readonly numbers: number[] }>();
  for (const [at, cause] of causes.entries()) {
    for (const place of placesOf(cause)) {
      const known = places.get(keyOf(place));
      if (known === undefined) places.set(keyOf(place), { ...place, numbers: [at + 1] });
      else if (known.numbers.at(-1) !== at + 1) known.numbers.push(at + 1);
    }
  }
  return [...places.values()];
}

function placesOf({ members }: Cause): readonly Place[] {
  return members
    .flatMap(({ plugin, findings }): readonly Place[] =>
      plugin === undefined
        ? findings.flatMap(({ plugins = [], hostPath }) => plugins.map((path) => ({ path, ...at(hostPath) })))
        : [{ path: plugin.path, ...at(plugin.hostPath) }],
    )
    .sort((one, other) => naturalOrder(one.path, other.path));
}

function at(hostPath: string | undefined): Pick<Place, "hostPath"> {
  return hostPath === undefined ? {} : { hostPath };
}

/** The same for the same plugin with the same host. */
export function keyOf({ path, hostPath }: Place): string {
  return JSON.stringify([path, hostPath]);
}

/** The numbers of the causes that a plugin has in a report. */
export type CauseNumbers = (plugin: Place) => readonly number[];

export function causeNumbers(causes: readonly Cause[]): CauseNumbers {
  const numbers = new Map(numberedPlaces(causes).map((place) => [keyOf(place), place.numbers]));
  return ({ path, hostPath }) => {
    const own = numbers.get(keyOf({ path, ...at(hostPath) })) ?? [];
    const ofSet = hostPath === undefined ? [] : (numbers.get(keyOf({ path })) ?? []);
    return ofSet.length === 0 ? own : [...own, ...ofSet].sort((one, other) => one - other);
  };
}

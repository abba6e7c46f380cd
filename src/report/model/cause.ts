import { createHash } from "node:crypto";
import { unreadableText } from "../../artifact/unreadable.ts";
import type { CheckResult, PluginResult } from "../../check/model/result.ts";
import { combinedFixes } from "../../language/combined-fixes.ts";
import { advise, type Fix } from "../../language/fix.ts";
import { severities, type Finding, type Severity } from "../../rules/finding.ts";
import { ruleIds } from "../../rules/registry.ts";
import { isVerdictRule, verdictRules, type ProblemRule } from "./problem-rule.ts";
import { naturalOrder, verdictOf, worstFirst } from "./verdict.ts";

/** One thing that is wrong, with everything that it explains in all plugins, the host and the set. Suppressed findings have none. */
export interface Cause {
  /** The same in every run in which the same is wrong: the beginning of a SHA-256 in hex. */
  readonly id: string;
  readonly rule: ProblemRule;
  readonly severity: Severity;
  /** In the order of the result, the host and the set first. */
  readonly members: readonly CauseMember[];
  /** Each once. */
  readonly fix: readonly Fix[];
}

/** What the cause is to one plugin; to the host or the set if there is none. */
export interface CauseMember {
  readonly plugin: PluginResult | undefined;
  /** What is said of it; several if they are fixed together. Of a verdict that is not a finding, its sentences. */
  readonly findings: readonly CausedFinding[];
  /** What the loader answers because of it. */
  readonly consequences: readonly CausedFinding[];
}

/** A finding, or what takes the place of one for an unreadable plugin, or one of which too little is known. */
export type CausedFinding = Pick<Finding, "severity" | "message" | "fix"> &
  Omit<Partial<Finding>, "rule"> & { readonly rule: ProblemRule };

/** More causes of one rule are put together. */
const mostOfRule = 6;

/**
 * What is wrong, cause by cause, the worst first: findings of all plugins that say the same are one, and what the loader answers because
 * of it belongs to it. Nothing is lost: each finding that counts is in one of them.
 * @param accepted whether plugins of which too little is known pass.
 */
export function causesOf(
  { plugins, findings }: Pick<CheckResult, "plugins" | "findings">,
  accepted = false,
): readonly Cause[] {
  const causes = new Map<string, Draft>();
  for (const draft of ofSubject(undefined, findings.filter(isOpen))) add(causes, draft);
  for (const plugin of plugins) {
    const verdict = verdictProblems(plugin, accepted);
    for (const draft of ofSubject(plugin, [...verdict, ...plugin.findings.filter(isOpen)]))
      add(causes, draft);
  }
  return limited([...causes.values()].flatMap(byFix).map(finished), plugins);
}

/** The paths of the hosts with which it is wrong, each once; none if there is only one host, and if it is wrong with the set, whatever the host. */
export function hostsOfCause({ members }: Pick<Cause, "members">): readonly string[] {
  return [...new Set(members.flatMap((member) => hostOf(member) ?? []))].sort(naturalOrder);
}

function hostOf({ plugin, findings: [first] }: CauseMember): string | undefined {
  return plugin?.hostPath ?? first?.hostPath;
}

interface Draft {
  readonly key: string;
  readonly rule: ProblemRule;
  readonly severity: Severity;
  readonly members: CauseMember[];
}

function isOpen({ suppressed }: Finding): boolean {
  return suppressed === undefined;
}

/** What is wrong with one plugin, or with the host and the set. */
function ofSubject(plugin: PluginResult | undefined, problems: readonly CausedFinding[]): readonly Draft[] {
  const reasons = new Map<CausedFinding, CausedFinding>();
  for (const problem of problems) {
    const reason = reasonOf(problem, problems);
    if (reason !== undefined) reasons.set(problem, reason);
  }
  const bundles = new Map<string, CausedFinding[]>();
  for (const [at, problem] of problems.entries()) {
    if (reasons.has(problem)) continue;
    const { rule, severity, bundle } = problem;
    const key = bundle === undefined ? String(at) : JSON.stringify([rule, severity, bundle]);
    const members = bundles.get(key);
    if (members === undefined) bundles.set(key, [problem]);
    else members.push(problem);
  }
  return [...bundles.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const consequences = [...reasons]
      .filter(([, reason]) => members.includes(reason))
      .map(([problem]) => problem);
    return [
      {
        key: JSON.stringify([first.rule, first.severity, ...members.map(identityOf)]),
        rule: first.rule,
        severity: first.severity,
        members: [{ plugin, findings: members, consequences }],
      },
    ];
  });
}

/** The problem whose consequence it is; of a universal file, in the same slice. */
function reasonOf(
  { explainedBy = [], arch }: CausedFinding,
  problems: readonly CausedFinding[],
): CausedFinding | undefined {
  for (const { rule, subject } of explainedBy) {
    const reason = problems.find(
      (each) =>
        each.rule === rule &&
        (subject === undefined || each.subject === subject) &&
        (arch === undefined || each.arch === undefined || each.arch === arch),
    );
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** What it has in common with the same problem of another plugin. */
export function identityOf({ identity, message, subject, plugin, other, host }: CausedFinding): unknown {
  return identity ?? [message, subject, plugin?.value, other?.value, host?.value];
}

/** A verdict that is not a finding of a rule. */
export function verdictProblems(plugin: PluginResult, accepted = false): readonly CausedFinding[] {
  if (plugin.unreadable !== null) {
    const message = unreadableText(plugin.unreadable);
    return [{ rule: "plugin-unreadable", severity: "error", message, fix: [] }];
  }
  if (verdictOf(plugin) !== "unknown") return [];
  const { severity } = verdictRules["plugin-unknown"];
  const message = plugin.unknowns?.length ? plugin.unknowns.join(" ") : "not enough information";
  const fix = accepted ? [] : [advise("Make it known, or pass --allow-unknown to accept such plugins.")];
  return [{ rule: "plugin-unknown", severity: accepted ? "note" : severity, message, fix }];
}

function add(causes: Map<string, Draft>, draft: Draft): void {
  const cause = causes.get(draft.key);
  if (cause === undefined) causes.set(draft.key, { ...draft, members: [...draft.members] });
  else cause.members.push(...draft.members);
}

/** What is fixed differently for another host is another cause: hosts are built in different ways. */
function byFix(draft: Draft): readonly Draft[] {
  const hosts = hostsOfCause(draft);
  if (hosts.length < 2) return [draft];
  const groups = new Map<string, CauseMember[]>();
  for (const host of hosts) {
    const members = draft.members.filter((member) => hostOf(member) === host);
    const fix = JSON.stringify(fixesOf(members));
    groups.set(fix, [...(groups.get(fix) ?? []), ...members]);
  }
  if (groups.size === 1) return [draft];
  return [...groups].map(([fix, members]) => ({ ...draft, key: `${draft.key} ${fix}`, members }));
}

function finished({ key, rule, members }: Draft): Cause {
  const all = members.flatMap(({ findings, consequences }) => [...findings, ...consequences]);
  const severity = severities.find((each) => all.some((problem) => problem.severity === each));
  return {
    id: idOf(key),
    rule,
    severity: severity ?? "note",
    members,
    fix: fixesOf(members),
  };
}

function idOf(key: string): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 12);
}

/** Those of what is wrong; those of its consequences only if there are none. */
function fixesOf(members: readonly CauseMember[]): readonly Fix[] {
  const own = members.flatMap(({ findings }) => findings.flatMap(({ fix }) => fix));
  const all =
    own.length > 0 ? own : members.flatMap(({ consequences }) => consequences.flatMap(({ fix }) => fix));
  return combinedFixes(all);
}

function ruleOrder(): ReadonlyMap<ProblemRule, number> {
  const all = [...(Object.keys(verdictRules) as ProblemRule[]), ...ruleIds];
  return new Map(all.map((rule, at) => [rule, at]));
}

/** In the order of the report; of one rule and severity only so many, those that explain most. */
function limited(causes: readonly Cause[], plugins: readonly PluginResult[]): readonly Cause[] {
  // Without a cause, the rules need not be loaded, which are much of the program.
  if (causes.length === 0) return [];
  const rulePlaces = ruleOrder();
  const places = new Map(worstFirst(plugins).map((plugin, at) => [plugin, at]));
  // What is about the set comes last, as the table has no row for it.
  const placeOf = ({ members: [first] }: Cause): number =>
    first?.plugin === undefined ? Infinity : (places.get(first.plugin) ?? Infinity);
  const order = causes.map((cause) => ({
    cause,
    ranks: [
      severities.indexOf(cause.severity),
      -cause.members.length,
      placeOf(cause),
      rulePlaces.get(cause.rule) ?? 0,
    ],
  }));
  const sorted = order.sort((one, other) => compareRanks(one.ranks, other.ranks)).map(({ cause }) => cause);
  const byRule = new Map<string, Cause[]>();
  for (const cause of sorted) {
    const key = JSON.stringify([cause.rule, cause.severity, hostsOfCause(cause)]);
    const all = byRule.get(key);
    if (all === undefined) byRule.set(key, [cause]);
    else all.push(cause);
  }
  const merged = new Map<Cause, Cause | undefined>();
  for (const all of byRule.values()) {
    if (all.length <= mostOfRule) continue;
    const rest = all.slice(mostOfRule - 1);
    for (const [at, cause] of rest.entries()) merged.set(cause, at === 0 ? together(rest) : undefined);
  }
  return sorted.flatMap((cause) => {
    if (!merged.has(cause)) return [cause];
    const instead = merged.get(cause);
    return instead === undefined ? [] : [instead];
  });
}

function compareRanks(ones: readonly number[], others: readonly number[]): number {
  const at = ones.findIndex((one, index) => one !== others[index]);
  return at === -1 ? 0 : (ones[at] ?? 0) < (others[at] ?? 0) ? -1 : 1;
}

function together(causes: readonly Cause[]): Cause {
  const [first] = causes;
  if (first === undefined) throw new Error("no causes to put together");
  const members = causes.flatMap((cause) => cause.members);
  return { ...first, id: idOf(causes.map(({ id }) => id).join()), members, fix: fixesOf(members) };
}

/**
 * The id of each finding's cause, and of the cause of each plugin's verdict that is not a finding. Findings and plugins are the same
 * objects as in the result.
 */
export function causeIds(causes: readonly Cause[]): ReadonlyMap<unknown, string> {
  return new Map(
    causes.flatMap(({ id, members }) =>
      members.flatMap(({ plugin, findings, consequences }) =>
        [...findings, ...consequences].map(
          (finding) => [isVerdictRule(finding.rule) ? plugin : finding, id] as const,
        ),
      ),
    ),
  );
}

import { isDeepStrictEqual } from "node:util";
import { isExpired, type PolicyInForce } from "../../rules/policy/policy.ts";
import type { LockDifference } from "../../rules/rule.ts";
import { judgedSet, loadsAlone, type Member } from "../judge/checked-set.ts";
import type { Configuration } from "../model/configuration.ts";
import type { CheckResult, PluginResult } from "../model/result.ts";
import { readShardReport, type ShardReport } from "./shard-report.ts";
import type { Shard, ShardGate } from "../model/shard-record.ts";
import { UsageError } from "../model/usage-error.ts";

/** The result of all shards together. */
export interface Merged {
  readonly result: CheckResult;
  /** What the whole set must pass. */
  readonly gate: ShardGate;
  /** What the shards ran with. */
  readonly configuration: Configuration | null;
}

/**
 * The result of the whole set, from the reports of all its shards: identical to a run without shards.
 * @param textOf reads a report's text.
 * @param tool this program: it checks the set, so it must be the version that checked the shards.
 * @throws UsageError if a file is not the report of a shard, or they are not the shards of one set.
 */
export function merge(
  files: readonly string[],
  textOf: (file: string) => string,
  tool: { readonly name: string; readonly version: string },
): Merged {
  const reports = files.map((file) => readShardReport(file, textOf(file)));
  const [first] = reports;
  if (first === undefined) throw new UsageError("bad-usage", "no reports to merge");
  for (const report of reports) refuseOther(report, first, tool);
  refuseGaps(reports, first.shard.count);
  const { plugins, members } = inOrder(reports, first.shard.listing.count);
  const { shard } = first;
  const result = judgedSet({
    host: first.host,
    hostFindings: shard.hostFindings,
    plugins,
    members,
    expect: shard.expected,
    policy: policyOf(reports),
    lock: shard.lock === null ? undefined : joinedLock(reports),
    inUse: inUseOf(reports),
  });
  return { result, gate: shard.gate, configuration: configurationOf(reports) };
}

/** What must be the same in all shards, and its name in messages. */
const common: readonly (readonly [what: string, of: (report: ShardReport) => unknown])[] = [
  ["a different program version", ({ tool }) => tool],
  ["a different host", ({ host, shard }) => [host, shard.hostSha256]],
  ["a different number of shards", ({ shard }) => shard.count],
  ["a different set of plugins", ({ shard }) => shard.listing],
  [
    "different settings",
    ({ shard: { settingsSha256, gate, expected, hostFindings } }) => [
      settingsSha256,
      gate,
      expected,
      hostFindings,
    ],
  ],
  ["a different policy", ({ shard: { policy } }) => policy && { ...policy, today: undefined }],
  ["a different set of expired suppressions", ({ shard: { policy } }) => policy && expiredOf(policy)],
  ["a different answer to --locked", ({ shard: { lock } }) => lock === null],
];

function refuseOther(report: ShardReport, first: ShardReport, tool: ShardReport["tool"]): void {
  const other = common.find(([, of]) => !isDeepStrictEqual(of(report), of(first)));
  if (other !== undefined) {
    throw mismatch(`${report.file} has ${other[0]} than ${first.file}`, [
      "Run all shards with the same version, host, plugins and settings, under the same paths.",
    ]);
  }
  if (report.tool.name !== tool.name || report.tool.version !== tool.version) {
    throw mismatch(`${report.file} was made by ${report.tool.name} ${report.tool.version}`, [
      `This is ${tool.name} ${tool.version}: merge with the version that ran the check.`,
    ]);
  }
}

function refuseGaps(reports: readonly ShardReport[], count: number): void {
  const files = new Map<number, string>();
  for (const { file, shard } of reports) {
    const twin = files.get(shard.index);
    if (twin !== undefined) throw mismatch(`${twin} and ${file} are both shard ${shard.index}/${count}`);
    files.set(shard.index, file);
  }
  // No longer than the list of reports: a wrong count must not make a long list.
  const missing = Array.from({ length: Math.min(count, reports.length + 10) }, (_, at) => at + 1).filter(
    (index) => !files.has(index),
  );
  if (missing.length === 0) return;
  const more = count - reports.length > missing.length ? ", …" : "";
  throw mismatch(`shard ${missing.map((index) => `${index}/${count}`).join(", ")}${more} is missing`, [
    "Pass the reports of all shards, including empty ones.",
  ]);
}

/** The plugins in the order of the whole set. */
function inOrder(
  reports: readonly ShardReport[],
  count: number,
): { readonly plugins: readonly PluginResult[]; readonly members: readonly Member[] } {
  const placed = reports
    .flatMap(({ plugins, shard }) =>
      plugins.map((plugin, at) => ({ plugin, member: memberOf(plugin, shard.members[at]) })),
    )
    .sort((one, other) => one.member.position - other.member.position);
  if (placed.length !== count || placed.some(({ member }, at) => member.position !== at)) {
    throw mismatch("the shards do not cover every plugin exactly once");
  }
  return { plugins: placed.map(({ plugin }) => plugin), members: placed.map(({ member }) => member) };
}

function memberOf(
  plugin: PluginResult,
  member: Shard["members"][number] | undefined,
): Member & { readonly position: number } {
  const { position = -1, manifest, pluginPath, brings = [] } = member ?? {};
  return {
    path: plugin.path,
    position,
    manifest: manifest ?? undefined,
    pluginPath: pluginPath ?? undefined,
    brings,
    loads: loadsAlone(plugin),
  };
}

/** A run over midnight has two dates. No suppression expires between them, or the shards would have been rejected. */
function policyOf(reports: readonly ShardReport[]): PolicyInForce | undefined {
  const policies = reports.flatMap(({ shard: { policy } }) => (policy === null ? [] : [policy]));
  return policies.reduce<PolicyInForce | undefined>(
    (latest, policy) => (latest === undefined || policy.today > latest.today ? policy : latest),
    undefined,
  );
}

/** All shards have the same settings, but one may have them from a variable and another from its flags. */
function configurationOf(reports: readonly ShardReport[]): Configuration | null {
  const all = reports.flatMap(({ configuration }) => configuration ?? []);
  const [first] = all;
  if (first === undefined) return null;
  const { file, foundBy } = all.find((each) => each.file !== null) ?? first;
  const lowered = new Map(
    all.flatMap((each) => each.lowered).map((each) => [`${each.setting} ${each.rule ?? ""}`, each] as const),
  );
  return { file, foundBy, lowered: [...lowered.values()] };
}

function expiredOf({ suppressions, today }: PolicyInForce): readonly number[] {
  return suppressions.flatMap((each, at) => (isExpired(each, today) ? [at] : []));
}

function inUseOf(reports: readonly ShardReport[]): ReadonlySet<number> | undefined {
  const lists = reports.map(({ shard: { suppressionsInUse } }) => suppressionsInUse);
  return lists.includes(null) ? undefined : new Set(lists.flatMap((list) => list ?? []));
}

const lockOrder = ["policy", "host", "plugin"] as const;

/** In the order of a run without shards. Every shard has found the differences that are not about one plugin. */
function joinedLock(reports: readonly ShardReport[]): readonly LockDifference[] {
  const all = reports.flatMap(({ shard: { lock } }) => lock ?? []);
  const byName = new Map(all.map((each) => [`${each.what} ${each.name}`, each]));
  return [...byName.values()].sort(
    (one, other) =>
      lockOrder.indexOf(one.what) - lockOrder.indexOf(other.what) ||
      (one.name < other.name ? -1 : Number(one.name > other.name)),
  );
}

function mismatch(message: string, hints: readonly string[] = []): UsageError {
  return new UsageError("shards-mismatch", message, hints);
}

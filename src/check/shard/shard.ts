import { createHash } from "node:crypto";
import { digestOf } from "../../artifact/digest.ts";
import type { Files } from "../../files/files.ts";
import type { LockDifference, SetMember } from "../../rules/rule.ts";
import type { Checked } from "../judge/checked-set.ts";
import type { Host } from "../judge/host.ts";
import { lockedName } from "../lock/lock.ts";
import type { ListedFile } from "../judge/plugin-files.ts";
import type { CheckAllRequest } from "../model/request.ts";
import type { CheckResult } from "../model/result.ts";
import type { ShardMember, ShardRequest } from "../model/shard-record.ts";
import { summarise } from "../model/summary.ts";
import { setUnderPolicy, suppressionsInUse } from "../judge/under-policy.ts";
import { UsageError } from "../model/usage-error.ts";

/**
 * Whether a plugin belongs to the shard. It depends only on the plugin's name in its folder, so that a plugin stays in its shard
 * when others are added or removed, on every machine.
 */
export function isOfShard({ name }: ListedFile, { index, count }: ShardRequest): boolean {
  return createHash("sha256").update(name).digest().readUInt32BE(0) % count === index - 1;
}

interface ShardParts {
  readonly host: Host;
  /** The whole set. */
  readonly listed: readonly ListedFile[];
  readonly checked: readonly Checked[];
  readonly lock: readonly LockDifference[] | undefined;
}

/**
 * The result of one shard: its plugins are checked, the set is left to the merge.
 * @throws UsageError if the host has disappeared meanwhile.
 */
export async function shardResult(
  { index, count, settingsSha256, gate }: ShardRequest,
  { fileSystem, expect = [], policy, lock: lockRequest, files }: CheckAllRequest,
  { host, listed, checked, lock }: ShardParts,
): Promise<CheckResult> {
  const plugins = checked.map(({ plugin }) => plugin);
  const findings = setUnderPolicy(host.findings, policy, undefined);
  const positions = new Map(listed.map(({ path }, at) => [path, at]));
  const names = new Set(
    lockRequest === undefined ? [] : listed.map(({ path }) => lockedName(path, lockRequest.file)),
  );
  return {
    host: host.result,
    plugins,
    findings,
    summary: summarise(plugins, findings),
    shard: {
      index,
      count,
      settingsSha256,
      gate,
      hostSha256: await contentOf(fileSystem, host.result.path),
      listing: { count: listed.length, sha256: digestOfNames(listed) },
      hostFindings: host.findings,
      expected: expect,
      policy: policy ?? null,
      suppressionsInUse: files === undefined ? suppressionsInUse(plugins, policy) : null,
      // A plugin that is missing here is in a different shard, or in none.
      lock: lock?.filter(({ kind, name }) => kind !== "removed" || !names.has(name)) ?? null,
      members: checked.map(({ member: { path, manifest, pluginPath = null, brings } }) => ({
        position: positions.get(path) ?? -1,
        manifest: manifest === undefined ? null : carried(manifest),
        pluginPath,
        brings,
      })),
    },
  };
}

function carried({ name, components }: NonNullable<SetMember["manifest"]>): ShardMember["manifest"] {
  return {
    ...(name === undefined ? {} : { name }),
    ...(components === undefined ? {} : { components }),
  };
}

function digestOfNames(listed: readonly ListedFile[]): string {
  const hash = createHash("sha256");
  // No name contains a NUL.
  for (const { name } of listed) hash.update(`${name}\0`);
  return hash.digest("hex");
}

async function contentOf(fileSystem: Files, path: string): Promise<string> {
  const digest = await digestOf(fileSystem, path);
  if (digest.kind === "digest") return digest.sha256;
  throw new UsageError("host-unreadable", `${path}: the host ${digest.reason}`);
}

import type { ShardRequest } from "../../check/model/shard-record.ts";
import { UsageError } from "../../check/model/usage-error.ts";
import { policyDigest } from "../config/lock-request.ts";
import type { Settings } from "../config/settings.ts";

/** The largest number of shards. */
const most = 10_000;

/**
 * @param text `2/5`; undefined for a run without shards.
 * @throws UsageError if it is not a shard.
 */
export function shardOf(text: string | undefined, settings: Settings): ShardRequest | undefined {
  if (text === undefined) return undefined;
  const [, index, count] = (/^([0-9]{1,5})\/([0-9]{1,5})$/.exec(text) ?? []).map(Number);
  if (index === undefined || count === undefined || index < 1 || index > count || count > most) {
    throw new UsageError("bad-usage", `--shard ${text}: there is no such shard`, [
      `Use INDEX/COUNT with an index from 1 to the count: 1/5 to 5/5 for five shards, ${most} at most.`,
    ]);
  }
  const { allowUnknown, failOn, maxWarnings = null } = settings;
  return {
    index,
    count,
    settingsSha256: policyDigest(settings),
    gate: { allowUnknown, failOn, maxWarnings },
  };
}

import { checkOne, checkSet } from "./judge/checked-set.ts";
import { readHost } from "./judge/host.ts";
import { comparerWith } from "./lock/lock-difference.ts";
import { listPlugins, readListed } from "./judge/plugin-files.ts";
import { defaultCarrierNames } from "../manifest/carrier/carrier-names.ts";
import type { CheckAllRequest, Progress } from "./model/request.ts";
import type { CheckResult } from "./model/result.ts";
import { isOfShard, shardResult } from "./shard/shard.ts";

/**
 * Checks every plugin in the folders against the host, and the plugins against each other; of a shard only its own plugins.
 * @throws UsageError when a folder, the host or a lock cannot be read.
 */
export async function checkAll(request: CheckAllRequest, progress?: Progress): Promise<CheckResult> {
  const { names = defaultCarrierNames, expect = [], policy, shard } = request;
  const compare = request.lock && comparerWith(request.lock);
  const host = readHost(request.host, names, request.arch);
  const listed = listPlugins(request);
  const own = shard === undefined ? listed : listed.filter((file) => isOfShard(file, shard));
  const checked = await readListed(own, names, (file) => checkOne(file, host, policy), progress);
  const plugins = checked.map(({ plugin }) => plugin);
  const lock = await compare?.({ host: host.result, plugins });
  return shard === undefined
    ? checkSet(host, checked, { expect, policy, whole: request.files === undefined, lock })
    : shardResult(shard, request, { host, listed, checked, lock });
}

import type { OpenedArtifact } from "../artifact/artifact.ts";
import { digestOfOpened, type Digest } from "../artifact/digest.ts";
import type { Unreadable } from "../artifact/unreadable.ts";
import { checkOne, checkSet } from "./judge/checked-set.ts";
import { withDigest } from "./judge/file-result.ts";
import { withHosts, type Host } from "./judge/host.ts";
import { resultForHosts, type CheckedWithEach } from "./judge/several-hosts.ts";
import { comparerWith } from "./lock/lock-difference.ts";
import type { Contents } from "./lock/lock.ts";
import { listPlugins, readListed } from "./judge/plugin-files.ts";
import { defaultCarrierNames } from "../manifest/carrier/carrier-names.ts";
import type { CheckAllRequest, Progress } from "./model/request.ts";
import type { CheckResult } from "./model/result.ts";
import { UsageError } from "./model/usage-error.ts";
import { isOfShard, shardResult } from "./shard/shard.ts";

/**
 * Checks every plugin in the folders against the host or hosts, and the plugins against each other; of a shard only its own plugins.
 * @throws UsageError when a folder, a host or a lock cannot be read, and when a lock or a shard is asked for with several hosts.
 */
export async function checkAll(request: CheckAllRequest, progress?: Progress): Promise<CheckResult> {
  return (await check(request, request.lock !== undefined, progress)).result;
}

/** A set that was checked, with the content of its plugins. */
export interface CheckedContents {
  readonly result: CheckResult;
  readonly contents: Contents;
}

/** The same, with the content of each plugin as it was checked: what a lock is written from. */
export function checkContents(request: CheckAllRequest, progress?: Progress): Promise<CheckedContents> {
  return check(request, true, progress);
}

async function check(
  request: CheckAllRequest,
  readsContents: boolean,
  progress: Progress | undefined,
): Promise<CheckedContents> {
  const { host, shard } = request;
  const count = "kind" in host ? 1 : host.length;
  if (count > 1 && (readsContents || shard !== undefined)) {
    throw new UsageError(
      "bad-usage",
      `${shard === undefined ? "a lock" : "a shard"} is for one host, and ${count} are given`,
      ["Run the command once for each host."],
    );
  }
  return withHosts(request, (hosts) => checkAgainst(hosts, request, readsContents, progress));
}

async function checkAgainst(
  hosts: readonly [Host, ...Host[]],
  request: CheckAllRequest,
  readsContents: boolean,
  progress: Progress | undefined,
): Promise<CheckedContents> {
  const { fileSystem, names = defaultCarrierNames, expect = [], policy, shard, digests = false } = request;
  const [host] = hosts;
  const compare = request.lock && comparerWith(fileSystem, request.lock);
  const { files: listed, changed } = listPlugins(request);
  const own = shard === undefined ? listed : listed.filter((file) => isOfShard(file, shard));
  const contents = new Map<string, Digest | Unreadable>();
  const use = async (opened: OpenedArtifact): Promise<CheckedWithEach> => {
    const checked = hosts.map((each) => checkOne(opened, each, policy));
    if (!readsContents && !digests) return checked;
    const digest = await digestOfOpened(opened);
    contents.set(opened.file.path, digest);
    return digests
      ? checked.map(({ plugin, member }) => ({ plugin: withDigest(plugin, digest), member }))
      : checked;
  };
  const refuseChange: typeof changed = (gone) => {
    const [first] = changed(gone);
    if (first === undefined) return [];
    // A shard reports none but its own files.
    throw new UsageError(
      "file-changed",
      `${first.path}: the folder ${first.unreadable?.reason ?? "was changed"}`,
      ["Run all shards again when no plugin is being added or removed."],
    );
  };
  const whatChanged = shard === undefined ? changed : refuseChange;
  const all = await readListed(own, whatChanged, { fileSystem, names }, use, progress);
  const checked = all.flatMap(([each]) => each ?? []);
  const plugins = checked.map(({ plugin }) => plugin);
  const lock = await compare?.({ host: host.result, plugins }, contents);
  const whole = request.files === undefined;
  const result =
    shard === undefined
      ? resultForHosts(hosts, all, (each, its) => checkSet(each, its, { expect, policy, whole, lock }))
      : await shardResult(shard, request, { host, listed, checked, lock });
  return { result, contents };
}

import type { OpenedArtifact } from "../artifact/artifact.ts";
import { digestOfOpened, type Digest } from "../artifact/digest.ts";
import type { Unreadable } from "../artifact/unreadable.ts";
import { checkOne, checkSet, type Checked } from "./judge/checked-set.ts";
import { withDigest } from "./judge/file-result.ts";
import { withHost, type Host } from "./judge/host.ts";
import { comparerWith } from "./lock/lock-difference.ts";
import type { Contents } from "./lock/lock.ts";
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

function check(
  request: CheckAllRequest,
  readsContents: boolean,
  progress: Progress | undefined,
): Promise<CheckedContents> {
  return withHost(request, (host) => checkAgainst(host, request, readsContents, progress));
}

async function checkAgainst(
  host: Host,
  request: CheckAllRequest,
  readsContents: boolean,
  progress: Progress | undefined,
): Promise<CheckedContents> {
  const { fileSystem, names = defaultCarrierNames, expect = [], policy, shard, digests = false } = request;
  const compare = request.lock && comparerWith(fileSystem, request.lock);
  const listed = listPlugins(request);
  const own = shard === undefined ? listed : listed.filter((file) => isOfShard(file, shard));
  const contents = new Map<string, Digest | Unreadable>();
  const use = async (opened: OpenedArtifact): Promise<Checked> => {
    if (!readsContents && !digests) return checkOne(opened, host, policy);
    const digest = await digestOfOpened(opened);
    contents.set(opened.file.path, digest);
    const { plugin, member } = checkOne(opened, host, policy);
    return { plugin: digests ? withDigest(plugin, digest) : plugin, member };
  };
  const checked = await readListed(own, { fileSystem, names }, use, progress);
  const plugins = checked.map(({ plugin }) => plugin);
  const lock = await compare?.({ host: host.result, plugins }, contents);
  const result =
    shard === undefined
      ? checkSet(host, checked, { expect, policy, whole: request.files === undefined, lock })
      : await shardResult(shard, request, { host, listed, checked, lock });
  return { result, contents };
}

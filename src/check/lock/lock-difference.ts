import { digestOf } from "../../artifact/digest.ts";
import type { Side } from "../../rules/finding.ts";
import type { LockDifference } from "../../rules/rule.ts";
import { readLock } from "./lock-file.ts";
import { lockedName, type LockDocument, type LockedFile, type LockSubject } from "./lock.ts";
import type { LockRequest } from "../model/request.ts";

/**
 * A function that compares a set with a lock. The lock is read now.
 * @throws UsageError if it cannot be read.
 */
export function comparerWith(request: LockRequest): (set: LockSubject) => Promise<readonly LockDifference[]> {
  const lock = readLock(request.file);
  return (set) => lockDifferences(lock, request, set);
}

/** How a checked set differs from its lock: policy, host, then the plugins in the order of their names. */
async function lockDifferences(
  lock: LockDocument,
  { file, policySha256 }: LockRequest,
  { host, plugins }: LockSubject,
): Promise<readonly LockDifference[]> {
  const there = new Map(plugins.map(({ path }) => [lockedName(path, file), path]));
  const locked = new Map(lock.plugins.map((each) => [each.path, each]));
  const names = [...new Set([...locked.keys(), ...there.keys()])].sort();
  const differences: LockDifference[] = [];
  if (lock.policy.sha256 !== policySha256) {
    differences.push({ kind: "changed", what: "policy", name: "policy", now: undefined, locked: undefined });
  }
  if (host !== null) {
    const name = lockedName(host.path, file);
    differences.push(...(await difference("host", name, host.path, lock.host, file)));
  }
  for (const name of names) {
    differences.push(...(await difference("plugin", name, there.get(name), locked.get(name), file)));
  }
  return differences;
}

async function difference(
  what: "plugin" | "host",
  name: string,
  path: string | undefined,
  locked: LockedFile | undefined,
  lockFile: string,
): Promise<readonly LockDifference[]> {
  const now = path === undefined ? undefined : await sideOf(path);
  const before = locked && { value: described(locked), from: lockFile };
  if (before === undefined) return [{ kind: "added", what, name, now, locked: before }];
  if (now === undefined) return [{ kind: "removed", what, name, now, locked: before }];
  return now.value === before.value ? [] : [{ kind: "changed", what, name, now, locked: before }];
}

/** A file is compared by its content: the host can be in a different place. */
async function sideOf(path: string): Promise<Side> {
  const digest = await digestOf(path);
  return { value: digest.kind === "digest" ? described(digest) : digest.reason, from: path };
}

function described({ sha256, size }: Pick<LockedFile, "sha256" | "size">): string {
  return `sha256 ${sha256}, ${size} bytes`;
}

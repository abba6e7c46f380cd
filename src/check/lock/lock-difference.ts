import { digestOf, type Digest } from "../../artifact/digest.ts";
import type { Unreadable } from "../../artifact/unreadable.ts";
import type { Files } from "../../files/files.ts";
import type { Side } from "../../rules/finding.ts";
import type { LockDifference } from "../../rules/rule.ts";
import { readLock } from "./lock-file.ts";
import { lockedName, type Contents, type LockDocument, type LockedFile, type LockSubject } from "./lock.ts";
import type { LockRequest } from "../model/request.ts";

/**
 * A function that compares a set with a lock. The lock is read now.
 * @throws UsageError if it cannot be read.
 */
export function comparerWith(
  files: Files,
  request: LockRequest,
): (set: LockSubject, contents: Contents) => Promise<readonly LockDifference[]> {
  const lock = readLock(files, request.file);
  return (set, contents) => lockDifferences(files, lock, request, set, contents);
}

/** How a checked set differs from its lock: policy, host, then the plugins in the order of their names. */
async function lockDifferences(
  files: Files,
  lock: LockDocument,
  { file, policySha256, settings }: LockRequest,
  { host, plugins }: LockSubject,
  contents: Contents,
): Promise<readonly LockDifference[]> {
  const there = new Map(plugins.map(({ path }) => [lockedName(path, file), path]));
  const locked = new Map(lock.plugins.map((each) => [each.path, each]));
  const names = [...new Set([...locked.keys(), ...there.keys()])].sort();
  const differences: LockDifference[] = [];
  if (lock.policy.sha256 !== policySha256) {
    differences.push({
      kind: "changed",
      what: "policy",
      name: "policy",
      now: undefined,
      locked: undefined,
      ...(settings === undefined ? {} : { settings }),
    });
  }
  if (host !== null) {
    const name = lockedName(host.path, file);
    const now = sideOf(host.path, await digestOf(files, host.path));
    differences.push(...difference("host", name, now, lock.host, file));
  }
  for (const name of names) {
    const path = there.get(name);
    const content = path === undefined ? undefined : contents.get(path);
    const now = path === undefined || content === undefined ? undefined : sideOf(path, content);
    differences.push(...difference("plugin", name, now, locked.get(name), file));
  }
  return differences;
}

function difference(
  what: "plugin" | "host",
  name: string,
  now: Side | undefined,
  locked: LockedFile | undefined,
  lockFile: string,
): readonly LockDifference[] {
  const before = locked && { value: described(locked), from: lockFile };
  if (before === undefined) return [{ kind: "added", what, name, now, locked: before }];
  if (now === undefined) return [{ kind: "removed", what, name, now, locked: before }];
  return now.value === before.value ? [] : [{ kind: "changed", what, name, now, locked: before }];
}

/** A file is compared by its content: the host can be in a different place. */
function sideOf(path: string, digest: Digest | Unreadable): Side {
  return { value: digest.kind === "digest" ? described(digest) : digest.reason, from: path };
}

function described({ sha256, size }: Pick<LockedFile, "sha256" | "size">): string {
  return `sha256 ${sha256}, ${size} bytes`;
}

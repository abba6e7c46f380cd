import { dirname, relative, resolve, sep } from "node:path";
import { digestOf } from "../../artifact/digest.ts";
import type { LockRequest } from "../model/request.ts";
import type { CheckResult, Verdict } from "../model/result.ts";
import { UsageError } from "../model/usage-error.ts";

/** Version of schemas/lock.schema.json. */
export const lockSchemaVersion = 1;

/** What a set was when it passed its gate, for a later check to hold it against. */
export interface LockDocument {
  readonly schemaVersion: typeof lockSchemaVersion;
  /** What wrote it; informative. */
  readonly tool: { readonly name: string; readonly version: string };
  readonly policy: { readonly sha256: string };
  readonly host: LockedFile;
  /** In the order of their paths' letters. */
  readonly plugins: readonly LockedPlugin[];
}

export interface LockedFile {
  /** Relative to the lock's folder, with slashes. */
  readonly path: string;
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
}

export interface LockedPlugin extends LockedFile {
  readonly verdict: Verdict;
}

/** What is to be locked: how it was checked. */
export type LockSubject = Pick<CheckResult, "host" | "plugins">;

/**
 * The lock of a set that was checked.
 * @throws UsageError where a file cannot be read, or is another than the one that was checked.
 */
export async function lockOf(
  { host, plugins }: LockSubject,
  { file, policySha256 }: LockRequest,
  tool: LockDocument["tool"],
): Promise<LockDocument> {
  if (host === null) throw new Error("a check without a host");
  const locked: LockedPlugin[] = [];
  for (const plugin of plugins) {
    locked.push({ ...(await lockedFile(plugin, file)), verdict: plugin.verdict ?? "unknown" });
  }
  return {
    schemaVersion: lockSchemaVersion,
    tool,
    policy: { sha256: policySha256 },
    host: await lockedFile(host, file),
    plugins: locked.sort((one, other) => (one.path < other.path ? -1 : 1)),
  };
}

/** How a lock names a file: the same wherever the lock and what it is about lie together. */
export function lockedName(path: string, lockFile: string): string {
  return relative(dirname(resolve(lockFile)), resolve(path))
    .split(sep)
    .join("/");
}

async function lockedFile(
  { path, size }: { readonly path: string; readonly size: number | null },
  lockFile: string,
): Promise<LockedFile> {
  const digest = await digestOf(path);
  if (digest.kind === "unreadable") {
    throw new UsageError("file-unreadable", `${path}: cannot be locked: ${digest.reason}`);
  }
  if (digest.size !== size) {
    throw new UsageError("file-changed", `${path}: changed while it was checked; nothing is locked`, [
      "Run again when the file is no longer being written.",
    ]);
  }
  return { path: lockedName(path, lockFile), sha256: digest.sha256, size: digest.size };
}

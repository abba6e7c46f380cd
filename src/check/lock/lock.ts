import { dirname, relative, resolve, sep } from "node:path";
import { digestOf, type Digest } from "../../artifact/digest.ts";
import type { Unreadable } from "../../artifact/unreadable.ts";
import type { Files } from "../../files/files.ts";
import type { LockRequest } from "../model/request.ts";
import type { CheckResult, Verdict } from "../model/result.ts";
import { UsageError } from "../model/usage-error.ts";

/** Version of schemas/lock.schema.json. */
export const lockSchemaVersion = 1;

/** What a set was when it passed its gate, for a later check to compare with. */
export interface LockDocument {
  readonly schemaVersion: typeof lockSchemaVersion;
  /** What wrote it; informative. */
  readonly tool: { readonly name: string; readonly version: string };
  readonly policy: { readonly sha256: string };
  readonly host: LockedFile;
  /** Sorted by path. */
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

/** A checked set, to be locked. */
export type LockSubject = Pick<CheckResult, "host" | "plugins">;

/** The content of plugins by their paths, from the same bytes that were checked. */
export type Contents = ReadonlyMap<string, Digest | Unreadable>;

/**
 * The lock of a set that was checked.
 * @throws UsageError if a file cannot be read, or changed since it was checked.
 */
export async function lockOf(
  files: Files,
  { host, plugins }: LockSubject,
  contents: Contents,
  { file, policySha256 }: LockRequest,
  tool: LockDocument["tool"],
): Promise<LockDocument> {
  if (host === null) throw new Error("a check without a host");
  const locked: LockedPlugin[] = [];
  for (const plugin of plugins) {
    const content = contents.get(plugin.path);
    if (content === undefined) throw new Error(`the content of ${plugin.path} was not read`);
    locked.push({ ...lockedFile(plugin, content, file), verdict: plugin.verdict ?? "unknown" });
  }
  return {
    schemaVersion: lockSchemaVersion,
    tool,
    policy: { sha256: policySha256 },
    host: lockedFile(host, await digestOf(files, host.path), file),
    plugins: locked.sort((one, other) => (one.path < other.path ? -1 : 1)),
  };
}

/** The name of a file in a lock: it stays the same if the lock and the files are moved together. */
export function lockedName(path: string, lockFile: string): string {
  return relative(dirname(resolve(lockFile)), resolve(path))
    .split(sep)
    .join("/");
}

function lockedFile(
  { path, size }: { readonly path: string; readonly size: number | null },
  digest: Digest | Unreadable,
  lockFile: string,
): LockedFile {
  if (digest.kind === "unreadable") {
    throw new UsageError("file-unreadable", `${path}: cannot be locked: ${digest.reason}`);
  }
  if (digest.size !== size) {
    throw new UsageError("file-changed", `${path}: changed while it was being checked; no lock was written`, [
      "Run again when the file is no longer being written.",
    ]);
  }
  return { path: lockedName(path, lockFile), sha256: digest.sha256, size: digest.size };
}

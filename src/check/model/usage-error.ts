export type UsageErrorCode =
  | "bad-usage"
  | "folder-not-found"
  | "folder-unreadable"
  | "file-not-found"
  | "host-unreadable"
  | "host-manifest-invalid"
  | "host-missing"
  | "output-unwritable"
  | "config-not-found"
  | "config-invalid"
  | "lock-unreadable"
  | "lock-invalid"
  | "file-unreadable"
  | "archive-unreadable"
  | "file-changed"
  | "manifest-invalid"
  | "embed-refused"
  | "report-invalid"
  | "shards-mismatch"
  | "program-missing"
  | "program-failed"
  | "manifest-incomplete";

/** The request cannot be carried out, and the user can fix it (exit 2). It is never a finding about a plugin. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  constructor(
    readonly code: UsageErrorCode,
    message: string,
    /** What to try next, one sentence each. */
    readonly hints: readonly string[] = [],
  ) {
    super(message);
  }
}

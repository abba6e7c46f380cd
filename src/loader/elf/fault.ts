import type { DlopenCheck } from "../check.ts";

/** Something wrong with a file that has nothing to do with other files; who words the message knows the file's name. */
export interface Fault {
  readonly outcome: "refused" | "crash";
  readonly check: DlopenCheck;
  /** Null where the loader says nothing. */
  readonly text: string | null;
  readonly errno?: string | undefined;
  readonly cause: string;
}

/** The host's process is killed by SIGBUS. */
export function truncated(cause: string): Fault {
  return {
    outcome: "crash",
    check: "truncated",
    text: null,
    cause: `the file is cut off, and the loader touches memory that it no longer has: ${cause}`,
  };
}

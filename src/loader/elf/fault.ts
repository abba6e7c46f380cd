import type { DlopenCheck } from "../check.ts";

/** Something wrong with a file that has nothing to do with other files. Its message begins with a name that only the caller knows. */
export interface Fault {
  readonly outcome: "refused" | "crash";
  readonly check: DlopenCheck;
  /** Null if the loader prints nothing, or the text cannot be known. */
  readonly text: string | null;
  readonly cause: string;
}

/** The host's process is killed by SIGBUS. @param what which part is missing, without a full stop. */
export function truncated(what: string): Fault {
  return {
    outcome: "crash",
    check: "truncated",
    text: null,
    cause: `The file is truncated: ${what}. The process crashes when the loader touches the missing part.`,
  };
}

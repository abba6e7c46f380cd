import { readFileSync, statSync } from "node:fs";
import { unreadable } from "../../artifact/unreadable.ts";
import { UsageError } from "../../check/model/usage-error.ts";
import { invalidReport } from "../../check/shard/shard-report.ts";

/** A longer report is refused unread, in bytes: Node's strings cannot be longer. */
const reportLimit = 2 ** 29 - 1024;

/** The text of a report that is to be merged. @throws UsageError if it cannot be read. */
export function reportText(file: string): string {
  try {
    // A shell's <(…) is a pipe, and as good as a file.
    const { size } = statSync(file);
    if (size > reportLimit)
      throw invalidReport(file, `it is ${size} bytes, more than the limit of ${reportLimit}`);
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError("file-unreadable", `${file}: ${unreadable(file, null, error).reason}`);
  }
}

import { closeSync, openSync, readSync } from "node:fs";
import { unreadable } from "../../artifact/unreadable.ts";
import { UsageError } from "../../check/model/usage-error.ts";
import { invalidReport } from "../../check/shard/shard-report.ts";

/** A longer report is refused, in bytes: Node's strings cannot be longer. */
const reportLimit = 2 ** 29 - 1024;
/** Read at a time. */
const CHUNK = 2 ** 20;

/**
 * The text of a report that is to be merged. A shell's `<(…)` is a pipe, and as good as a file; one that never ends is read no further
 * than to its first byte if that begins no report, and to the limit at most.
 * @throws UsageError if it cannot be read.
 */
export function reportText(file: string): string {
  let fd: number | undefined;
  try {
    fd = openSync(file, "r");
    return contentOf(file, fd);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError("file-unreadable", `${file}: ${unreadable(file, null, error).reason}`);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

function contentOf(file: string, fd: number): string {
  const chunks: Buffer[] = [];
  for (let size = 0; ;) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const got = readSync(fd, chunk, 0, CHUNK, null);
    if (got === 0) return Buffer.concat(chunks, size).toString("utf8");
    if (size === 0 && !/^[\s\ufeff{]/.test(chunk.toString("utf8", 0, Math.min(got, 4))))
      throw invalidReport(file, "it is not JSON");
    size += got;
    if (size > reportLimit) throw invalidReport(file, `it is longer than the limit of ${reportLimit} bytes`);
    chunks.push(chunk.subarray(0, got));
  }
}

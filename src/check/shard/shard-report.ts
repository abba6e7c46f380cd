import { readFileSync, statSync } from "node:fs";
import { unreadable } from "../../artifact/unreadable.ts";
import { schemaBreaches } from "../model/json-schema.ts";
import type { HostResult, PluginResult } from "../model/result.ts";
import type { Shard } from "../model/shard-record.ts";
import { UsageError } from "../model/usage-error.ts";

/** The report of a shard, as `check-all --shard` wrote it. */
export interface ShardReport {
  /** Where it was read. */
  readonly file: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly host: HostResult;
  readonly plugins: readonly PluginResult[];
  readonly shard: Shard;
}

/** A longer report is refused unread, in bytes: Node's strings are no longer. */
const reportLimit = 2 ** 29 - 1024;

/** @throws UsageError where there is no report of a shard. */
export function readShardReport(file: string): ShardReport {
  const value = parsed(file, textOf(file));
  const { error, shard } = (value ?? {}) as {
    readonly error?: { readonly message?: unknown };
    shard?: unknown;
  };
  if (error !== undefined) {
    throw invalid(file, `it reports a failure: ${String(error.message)}`, "Run that shard again.");
  }
  if (shard === undefined) throw invalid(file, "it is not a shard report");
  const [breach] = schemaBreaches("report", value);
  if (breach !== undefined) throw invalid(file, `${breach.pointer} ${breach.message}`.trim());
  const report = value as Omit<ShardReport, "file"> & { readonly command: string };
  if (report.command !== "check-all") throw invalid(file, `it is a report of ${report.command}`);
  const { index, count, members } = report.shard;
  if (index > count) throw invalid(file, `there is no shard ${index} of ${count}`);
  if (members.length !== report.plugins.length)
    throw invalid(file, "its shard metadata does not match its plugins");
  return { ...report, file };
}

function textOf(file: string): string {
  try {
    // A shell's <(…) is a pipe, and as good as a file.
    const { size } = statSync(file);
    if (size > reportLimit) throw invalid(file, `it is ${size} bytes long, more than ${reportLimit}`);
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError("file-unreadable", `${file}: ${unreadable(file, null, error).reason}`);
  }
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(file, "it is not JSON");
  }
}

function invalid(file: string, reason: string, hint?: string): UsageError {
  return new UsageError("report-invalid", `${file}: cannot be merged: ${reason}`, [
    hint ?? "`plugins check-all --shard 1/5 -o json=FILE` creates a mergeable report.",
  ]);
}

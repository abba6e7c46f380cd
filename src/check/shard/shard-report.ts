import { validateReport } from "../model/generated/report-validator.ts";
import { schemaBreaches } from "../model/json-schema.ts";
import type { Configuration } from "../model/configuration.ts";
import type { HostResult, PluginResult } from "../model/result.ts";
import type { Shard } from "../model/shard-record.ts";
import { UsageError } from "../model/usage-error.ts";

/** The report of a shard, as `check-all --shard` wrote it. */
export interface ShardReport {
  /** The file it was read from. */
  readonly file: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly host: HostResult;
  readonly plugins: readonly PluginResult[];
  readonly configuration: Configuration | null;
  readonly shard: Shard;
}

/** @throws UsageError if it is not the report of a shard. */
export function readShardReport(file: string, text: string): ShardReport {
  const value = parsed(file, text);
  const { error, shard } = (value ?? {}) as {
    readonly error?: { readonly message?: unknown };
    shard?: unknown;
  };
  if (error !== undefined) {
    throw invalidReport(file, `it reports a failure: ${String(error.message)}`, "Run that shard again.");
  }
  if (shard === undefined) throw invalidReport(file, "it is not a shard report");
  const [breach] = schemaBreaches(validateReport, value);
  if (breach !== undefined) throw invalidReport(file, `${breach.pointer} ${breach.message}`.trim());
  const report = value as Omit<ShardReport, "file"> & { readonly command: string };
  if (report.command !== "check-all") throw invalidReport(file, `it is a report of ${report.command}`);
  const { index, count, members } = report.shard;
  if (index > count) throw invalidReport(file, `there is no shard ${index} of ${count}`);
  if (members.length !== report.plugins.length)
    throw invalidReport(file, "its shard metadata does not match its plugins");
  return { ...report, file };
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidReport(file, "it is not JSON");
  }
}

export function invalidReport(file: string, reason: string, hint?: string): UsageError {
  return new UsageError("report-invalid", `${file}: cannot be merged: ${reason}`, [
    hint ?? "`plugins check-all --shard 1/5 -o json=FILE` creates a mergeable report.",
  ]);
}

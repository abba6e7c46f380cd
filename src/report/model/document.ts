import type {
  CheckResult,
  HostResult,
  InspectResult,
  PluginResult,
  Summary,
} from "../../check/model/result.ts";
import type { Shard } from "../../check/model/shard-record.ts";
import type { Finding } from "../../rules/finding.ts";
import { terminalSafeJson } from "./visible.ts";

/** Version of schemas/report.schema.json: fields may be added without a new one, never repurposed. */
export const schemaVersion = 1;

export interface Tool {
  readonly name: string;
  readonly version: string;
}

/** The JSON report of `list`, `validate` and `check-all`, and of every command that failed. */
export interface ReportDocument {
  readonly schemaVersion: typeof schemaVersion;
  readonly tool: Tool;
  /** null if it is unknown which command was meant. */
  readonly command: string | null;
  readonly host: HostResult | null;
  readonly plugins: readonly PluginResult[];
  readonly findings: readonly Finding[];
  readonly summary: Summary;
  readonly exitCode: number;
  /** Only with `check-all --shard`: what `merge` needs. */
  readonly shard?: Shard;
  readonly error?: ToolError;
}

/** Why the command could not run. */
export interface ToolError {
  /** `bad-usage`, `host-unreadable`, …, or `bug`. */
  readonly code: string;
  readonly message: string;
  /** What to try next. */
  readonly hints: readonly string[];
}

/** The JSON report of `inspect`: one plugin with everything known about it. */
export interface InspectDocument extends InspectResult {
  readonly schemaVersion: typeof schemaVersion;
  readonly tool: Tool;
  readonly command: "inspect";
  readonly exitCode: number;
}

export function reportDocument(
  command: string,
  result: CheckResult,
  exitCode: number,
  tool: Tool,
): ReportDocument {
  const { host, plugins, findings, summary, shard } = result;
  const document = { schemaVersion, tool, command, host, plugins, findings, summary, exitCode } as const;
  return shard === undefined ? document : { ...document, shard };
}

export function inspectDocument(result: InspectResult, exitCode: number, tool: Tool): InspectDocument {
  return { schemaVersion, tool, command: "inspect", ...result, exitCode };
}

const nothing: Summary = {
  plugins: 0,
  compatible: 0,
  incompatible: 0,
  unknown: 0,
  unreadable: 0,
  errors: 0,
  warnings: 0,
};

/** The document of a command that could not run, or has nothing to report. */
export function emptyDocument(
  command: string | null,
  exitCode: number,
  tool: Tool,
  error?: ToolError,
): ReportDocument {
  const document = {
    schemaVersion,
    tool,
    command,
    host: null,
    plugins: [],
    findings: [],
    summary: nothing,
    exitCode,
  } as const;
  return error === undefined ? document : { ...document, error };
}

/** The text of one JSON document, ending with a line break. */
export function jsonText(document: unknown): string {
  return `${terminalSafeJson(JSON.stringify(document, null, 2))}\n`;
}

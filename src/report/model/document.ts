import type { Configuration } from "../../check/model/configuration.ts";
import type { HostResult, InspectResult, PluginResult, Summary } from "../../check/model/result.ts";
import type { Shard } from "../../check/model/shard-record.ts";
import { LongListing } from "../../object/listing.ts";
import type { Fix } from "../../language/fix.ts";
import type { Finding, Severity } from "../../rules/finding.ts";
import type { ProblemRule } from "./problem-rule.ts";
import type { Tool } from "./tool.ts";
import { terminalSafeJson } from "./visible.ts";

/** Version of schemas/report.schema.json: fields may be added without a new one, never repurposed. */
export const schemaVersion = 1;

/** What the schema is called: `plugins schema report` prints it. */
export const schema = "urn:otelcol-plugins:report:1";

/** The JSON report of `list`, `validate` and `check-all`, and of every command that failed. */
export interface ReportDocument {
  readonly $schema: typeof schema;
  readonly schemaVersion: typeof schemaVersion;
  readonly tool: Tool;
  /** null if it is unknown which command was meant. */
  readonly command: string | null;
  readonly host: HostResult | null;
  /** Only if there are several. */
  readonly hosts?: readonly HostResult[];
  readonly plugins: readonly ReportedPlugin[];
  readonly findings: readonly ReportedFinding[];
  /** What is wrong, the worst first. */
  readonly causes: readonly ReportedCause[];
  readonly summary: Summary;
  /** What was odd but stopped nothing. */
  readonly warnings: readonly string[];
  /** What the command ran with; null if there was no configuration file and no variable lowered anything, or the command failed. */
  readonly configuration: Configuration | null;
  /** Why the check fails, in a sentence; null if it does not. */
  readonly failure: string | null;
  readonly exitCode: number;
  /** Only with `check-all --shard`: what `merge` needs. */
  readonly shard?: Shard;
  readonly error?: ToolError;
}

/** A finding with the cause that it is of; none if it is suppressed. */
export interface ReportedFinding extends Finding {
  readonly causeId?: string;
}

export interface ReportedPlugin extends PluginResult {
  readonly findings: readonly ReportedFinding[];
}

/** One thing that is wrong, with all that it explains. */
export interface ReportedCause {
  /** The same in every run in which the same is wrong. */
  readonly id: string;
  readonly rule: ProblemRule;
  readonly severity: Severity;
  readonly message: string;
  /** Paths of the plugins that it is wrong in; none if it is about the host or the set. */
  readonly plugins: readonly string[];
  /** Paths of the hosts that it is wrong with; only if there are several, and it is not about the set alone. */
  readonly hosts?: readonly string[];
  /** How many findings are of it. */
  readonly findings: number;
  readonly fix: readonly Fix[];
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
  readonly $schema: typeof schema;
  readonly schemaVersion: typeof schemaVersion;
  readonly tool: Tool;
  readonly command: "inspect";
  readonly configuration: Configuration | null;
  readonly exitCode: number;
}

export function inspectDocument(
  result: InspectResult,
  exitCode: number,
  tool: Tool,
  configuration: Configuration | null = null,
): InspectDocument {
  return { $schema: schema, schemaVersion, tool, command: "inspect", ...result, configuration, exitCode };
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
  warnings: readonly string[] = [],
): ReportDocument {
  const document = {
    $schema: schema,
    schemaVersion,
    tool,
    command,
    host: null,
    plugins: [],
    findings: [],
    causes: [],
    summary: nothing,
    warnings,
    configuration: null,
    failure: null,
    exitCode,
  } as const;
  return error === undefined ? document : { ...document, error };
}

/** The text of one JSON document, ending with a line break. */
export function jsonText(document: unknown): string {
  return `${terminalSafeJson(JSON.stringify(document, null, 2))}\n`;
}

/** An array of more entries is written an entry at a time. */
const longArray = 64;

/**
 * The same text in pieces, for documents of ten thousand plugins or a million symbols: no piece has more than one entry of a long array,
 * and none is made before it is asked for.
 */
export function* jsonPieces(document: object): Generator<string, void, undefined> {
  yield* piecesOf(document, "\n");
  yield "\n";
}

/** @param line what begins a line: a line break and the indentation. */
function* piecesOf(value: object, line: string): Generator<string, void, undefined> {
  const inner = `${line}  `;
  const isList = Array.isArray(value) || value instanceof LongListing;
  let before = isList ? "[" : "{";
  for (const [key, each] of isList ? inList(value) : Object.entries(value)) {
    if (each === undefined) continue;
    yield isList ? `${before}${inner}` : `${before}${inner}${terminalSafeJson(JSON.stringify(key))}: `;
    before = ",";
    if (isLong(each)) yield* piecesOf(each, inner);
    else yield terminalSafeJson(JSON.stringify(each, null, 2)).replaceAll("\n", inner);
  }
  const [open, end] = isList ? ["[", "]"] : ["{", "}"];
  yield before === "," ? `${line}${end}` : `${open}${end}`;
}

function* inList(list: Iterable<unknown>): Generator<[string, unknown], void, undefined> {
  for (const each of list) yield ["", each];
}

/** Whether a long array is in it, however deep. Only what the program itself made is asked. */
function isLong(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  if (value instanceof LongListing) return true;
  if (Array.isArray(value)) return value.length > longArray || value.some(isLong);
  return Object.values(value).some(isLong);
}

import type { CheckResult } from "../check/model/result.ts";
import type { ReportContext } from "./model/report-context.ts";

/** A report of many plugins is long: a format may write it in pieces, each made when it is asked for. */
type Write = (result: CheckResult, context: ReportContext) => string | Iterable<string>;

interface FileFormatRow {
  /** Whether `plugins list` supports it: a listing has no findings. */
  readonly forList: boolean;
  /** How a report of it begins. No other program's file does. */
  readonly opening: RegExp;
  /** Loads the code of this format only. */
  readonly load: () => Promise<Write>;
}

/** A row per format, in the order of help and completion. A new format is its file and a row here. */
const fileFormats = {
  json: {
    forList: true,
    opening: /^\{\s*"\$schema": "urn:otelcol-plugins:report:/,
    load: async () => (await import("./format/json.ts")).jsonReport,
  },
  sarif: {
    forList: false,
    opening:
      /^\{\s*"\$schema": "[^"]*sarif[^"]*",\s*"version": "[^"]*",\s*"runs": \[\s*\{\s*"tool": \{\s*"driver": \{\s*"name": "otelcol-plugins"/,
    load: async () => (await import("./format/sarif.ts")).sarifReport,
  },
  junit: {
    forList: false,
    opening: /^<\?xml [^>]*>\s*<testsuites name="otelcol-plugins /,
    load: async () => (await import("./format/junit.ts")).junitReport,
  },
  gitlab: {
    forList: false,
    opening:
      /^\[\s*(?:\]|\{\s*"description": "(?:[^"\\]|\\.)*",\s*"check_name": "[a-z-]+",\s*"fingerprint": ")/,
    load: async () => (await import("./format/gitlab.ts")).gitlabReport,
  },
  github: {
    forList: false,
    opening: /^::(?:error|warning|notice)(?: |::)/,
    load: async () => (await import("./format/github.ts")).githubReport,
  },
  markdown: {
    forList: true,
    opening: /^## Plugin(?:s| compatibility)\n\n/,
    load: async () => (await import("./format/markdown.ts")).markdownReport,
  },
  cyclonedx: {
    forList: true,
    opening:
      /^\{\s*"\$schema": "http:\/\/cyclonedx\.org\/[^"]*",[^{[]*"metadata": \{\s*"tools": \[\s*\{\s*"name": "otelcol-plugins"/,
    load: async () => (await import("./format/cyclonedx.ts")).cyclonedxReport,
  },
  html: {
    forList: true,
    opening: /^<!doctype html>[^]{0,2000}<meta name="generator" content="otelcol-plugins /,
    load: async () => (await import("./html/page.ts")).htmlReport,
  },
} as const satisfies Readonly<Record<string, FileFormatRow>>;

/** All formats but the table, which depends on the command and on the screen. */
export type FileFormat = keyof typeof fileFormats;

export type Format = "table" | FileFormat;

const fileFormatNames = Object.keys(fileFormats) as readonly FileFormat[];

/** Every value of `-o FORMAT`. */
export const formats: readonly Format[] = ["table", ...fileFormatNames];

/** Those of `plugins list`. */
export const listFormats: readonly Format[] = [
  "table",
  ...fileFormatNames.filter((name) => fileFormats[name].forList),
];

/** The table, a lock, a fix script and a manifest, whose keys are sorted. */
const otherOpenings = [
  /^(?:Hosts? {2}|Plugins in |No plugins found\.)/,
  /^\{\s*"schemaVersion":\s*\d+,\s*"tool":\s*\{\s*"name":\s*"otelcol-plugins"/,
  /^#!\/usr\/bin\/env bash\n# Run it in the project of the plugins that it names\./,
  /^(?:\[\s*)?\{[^]*?"build_flags": \[[^\]]*\],\s*"build_profile": "/,
];

/** So much of a file tells whether it is ours, in bytes. A message in a GitLab report may be long. */
export const longestOpening = 64 * 1024;

/** Whether a file that begins so is a report, a lock, a fix script or a manifest that an earlier run wrote, or has nothing in it. */
export function isOurs(head: string): boolean {
  const openings = [...fileFormatNames.map((name) => fileFormats[name].opening), ...otherOpenings];
  return head.trim() === "" || openings.some((opening) => opening.test(head));
}

/** A report in pieces, which are to be written one behind the other. */
export async function reportPieces(
  format: FileFormat,
  result: CheckResult,
  context: ReportContext,
): Promise<Iterable<string>> {
  const write: Write = await fileFormats[format].load();
  const text = write(result, context);
  return typeof text === "string" ? [text] : text;
}

/** A report as one text. */
export async function reportText(
  format: FileFormat,
  result: CheckResult,
  context: ReportContext,
): Promise<string> {
  return [...(await reportPieces(format, result, context))].join("");
}

import type { CheckResult } from "../check/model/result.ts";
import type { ReportContext } from "./model/report-context.ts";

type Write = (result: CheckResult, context: ReportContext) => string | Promise<string>;

interface FileFormatRow {
  /** Whether `plugins list` supports it: a listing has no findings. */
  readonly forList: boolean;
  /** Loads the code of this format only. */
  readonly load: () => Promise<Write>;
}

/** A row per format, in the order of help and completion. A new format is its file and a row here. */
const fileFormats = {
  json: { forList: true, load: async () => (await import("./format/json.ts")).jsonReport },
  sarif: { forList: false, load: async () => (await import("./format/sarif.ts")).sarifReport },
  junit: { forList: false, load: async () => (await import("./format/junit.ts")).junitReport },
  gitlab: { forList: false, load: async () => (await import("./format/gitlab.ts")).gitlabReport },
  github: { forList: false, load: async () => (await import("./format/github.ts")).githubReport },
  markdown: { forList: true, load: async () => (await import("./format/markdown.ts")).markdownReport },
  cyclonedx: { forList: true, load: async () => (await import("./format/cyclonedx.ts")).cyclonedxReport },
  html: { forList: true, load: async () => (await import("./html/page.ts")).htmlReport },
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

export async function reportText(
  format: FileFormat,
  result: CheckResult,
  context: ReportContext,
): Promise<string> {
  const write: Write = await fileFormats[format].load();
  return write(result, context);
}

import type { CheckResult } from "../check/model/result.ts";
import type { ReportContext } from "./model/report-context.ts";

/** Every way a report can be written, for `-o FORMAT`. */
export const formats = [
  "table",
  "json",
  "sarif",
  "junit",
  "gitlab",
  "github",
  "markdown",
  "cyclonedx",
  "html",
] as const;

export type Format = (typeof formats)[number];

/** What makes sense of a listing, in which nothing is judged. */
export const listFormats = [
  "table",
  "json",
  "markdown",
  "cyclonedx",
  "html",
] as const satisfies readonly Format[];

/** All formats but the table, which depends on the screen. */
export type FileFormat = Exclude<Format, "table">;

/** The report as text. Only the code of the format that is asked for is loaded. */
export async function reportText(
  format: FileFormat,
  result: CheckResult,
  context: ReportContext,
): Promise<string> {
  switch (format) {
    case "json": {
      const { jsonText, reportDocument } = await import("./model/document.ts");
      return jsonText(reportDocument(context.command, result, context.exitCode, context.tool));
    }
    case "sarif":
      return (await import("./format/sarif.ts")).sarifReport(result, context);
    case "junit":
      return (await import("./format/junit.ts")).junitReport(result, context);
    case "gitlab":
      return (await import("./format/gitlab.ts")).gitlabReport(result, context);
    case "github":
      return (await import("./format/github.ts")).githubReport(result, context);
    case "markdown":
      return (await import("./format/markdown.ts")).markdownReport(result, context);
    case "cyclonedx":
      return (await import("./format/cyclonedx.ts")).cyclonedxReport(result, context);
    case "html":
      return (await import("./html/page.ts")).htmlReport(result, context);
  }
}

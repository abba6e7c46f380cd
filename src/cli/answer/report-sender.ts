import type { CheckResult } from "../../check/model/result.ts";
import { reportPieces } from "../../report/format.ts";
import type { ReportContext } from "../../report/model/report-context.ts";
import type { ScreenOptions } from "../../report/screen/layout/style.ts";
import { fromEnvironment } from "../config/environment.ts";
import { writeRemark, writeReport } from "../terminal/output.ts";
import { appendStepSummary, stepSummaryRoom, writeReportFile } from "./report-files.ts";
import type { ReportOutput } from "../request/report-output.ts";
import { screenOptions } from "../terminal/screen.ts";

export interface Reports {
  readonly outputs: readonly ReportOutput[];
  readonly result: CheckResult;
  readonly context: ReportContext;
  readonly table: (options: ScreenOptions) => Promise<string>;
  readonly color: boolean | undefined;
  /** Do not report which files were written. */
  readonly quiet: boolean;
}

/** Whether stdout must be one JSON document, and stderr only say what went wrong. */
export function isJsonOnStdout(outputs: readonly ReportOutput[]): boolean {
  return outputs.some(({ format, file }) => format === "json" && file === undefined);
}

/** A table in a file can be read anywhere: as wide as it needs to be, without color. */
const onPaper: ScreenOptions = { width: null, color: 0, unicode: true };

/**
 * Writes every report. Files come first, so that nothing is on stdout if one of them fails.
 * @throws UsageError if a file cannot be written.
 */
export async function sendReports(reports: Reports): Promise<void> {
  const { outputs, result, context, quiet } = reports;
  let onStdout: string | Iterable<string> = "";
  for (const { format, file } of outputs) {
    const options = file === undefined ? screenOptions(reports.color) : onPaper;
    const text =
      format === "table" ? [await reports.table(options)] : await reportPieces(format, result, context);
    if (file === undefined) {
      onStdout = text;
    } else {
      writeReportFile(file, text);
      if (!quiet) writeRemark(`wrote ${file}`);
    }
  }
  if (outputs.some(({ format }) => format === "github")) await addStepSummary(result, context);
  writeReport(onStdout);
}

async function addStepSummary(result: CheckResult, context: ReportContext): Promise<void> {
  const file = fromEnvironment("GITHUB_STEP_SUMMARY");
  if (file === undefined) return;
  const { markdownReport } = await import("../../report/format/markdown.ts");
  appendStepSummary(file, markdownReport(result, context, stepSummaryRoom));
}

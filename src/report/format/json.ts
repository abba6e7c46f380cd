import type { CheckResult } from "../../check/model/result.ts";
import { jsonText } from "../model/document.ts";
import { reportDocument } from "../model/report-document.ts";
import type { ReportContext } from "../model/report-context.ts";

/** The report as one JSON document (schemas/report.schema.json). */
export function jsonReport(result: CheckResult, context: ReportContext): string {
  return jsonText(reportDocument(result, context));
}

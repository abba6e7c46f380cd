import type { CheckResult } from "../../check/model/result.ts";
import { jsonPieces } from "../model/document.ts";
import { reportDocument } from "../model/report-document.ts";
import type { ReportContext } from "../model/report-context.ts";

/** The report as one JSON document (schemas/report.schema.json), in pieces. */
export function jsonReport(result: CheckResult, context: ReportContext): Iterable<string> {
  return jsonPieces(reportDocument(result, context));
}

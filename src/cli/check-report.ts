import type { Progress } from "../operations/request.ts";
import type { CheckResult } from "../operations/result.ts";
import type { CheckView } from "../report/check-screen.ts";
import { jsonText, reportDocument, type Tool } from "../report/document.ts";
import { exitCodeOf } from "../report/exit-code.ts";
import type { ScreenOptions } from "../report/style.ts";
import { failureLine, summaryLine } from "../report/summary-line.ts";
import { writeRemark, writeReport } from "./output.ts";
import { withProgress } from "./progress.ts";
import { besideReport, screenOptions } from "./screen.ts";

/** What `validate` and `check-all` have in common: they check, report, and fail where something is wrong. */
export interface CheckCommand {
  readonly name: "validate" | "check-all";
  readonly tool: Tool;
  readonly flags: {
    readonly json: boolean;
    readonly color: boolean | undefined;
    readonly quiet: boolean;
    readonly "allow-unknown": boolean;
  };
  readonly check: (progress: Progress) => Promise<CheckResult>;
  readonly render: (result: CheckResult, view: CheckView, options: ScreenOptions) => Promise<string>;
}

/** Checks, prints what was found and sets the exit code. */
export async function runCheck({ name, tool, flags, check, render }: CheckCommand): Promise<void> {
  const { json, quiet, color } = flags;
  const allowUnknown = flags["allow-unknown"];
  const { result, seconds } = await withProgress(!json && !quiet, check);
  const code = exitCodeOf(result, allowUnknown);
  if (json) {
    writeReport(jsonText(reportDocument(name, result, code, tool)));
  } else {
    writeReport(await render(result, { quiet, allowUnknown }, screenOptions(color)));
    const failure = failureLine(result, allowUnknown);
    if (!quiet) besideReport(summaryLine(result, seconds));
    if (failure !== undefined) writeRemark(failure);
  }
  if (result.plugins.length === 0) writeRemark("Warning: there was no plugin to check.");
  process.exitCode = code;
}

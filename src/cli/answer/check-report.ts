import type { Configuration } from "../../check/model/configuration.ts";
import type { Progress } from "../../check/model/request.ts";
import type { CheckResult } from "../../check/model/result.ts";
import type { CheckView } from "../../report/screen/check-all.ts";
import type { Tool } from "../../report/model/tool.ts";
import { exitCodeOf, exitCodes } from "../../check/model/exit-code.ts";
import type { Gate } from "../../check/model/gate.ts";
import type { ScreenOptions } from "../../report/screen/layout/style.ts";
import { failureText, waivedText } from "../../report/model/failure-text.ts";
import type { TableView } from "../../report/screen/layout/table-view.ts";
import { writeRemark } from "../terminal/output.ts";
import { warn, warningsSaid } from "../terminal/warning.ts";
import { withProgress } from "../terminal/progress.ts";
import { placeOfCommand, refuseForeign, writeReportFile } from "./report-files.ts";
import { outputsOf } from "../request/report-output.ts";
import { isJsonOnStdout, sendReports } from "./report-sender.ts";
import { besideReport, stderrWidth } from "../terminal/screen.ts";

/** What `validate`, `check-all`, `lock`, `merge` and `manifest --verify` have in common: they check, report, and fail if something is wrong. */
export interface CheckCommand {
  readonly name: "validate" | "check-all" | "lock" | "manifest";
  readonly tool: Tool;
  readonly flags: {
    readonly json: boolean;
    readonly output: readonly string[] | undefined;
    readonly color: boolean | undefined;
    readonly quiet: boolean;
    readonly verbose?: boolean;
    readonly "fix-script"?: string | undefined;
  };
  /** The columns of the table. */
  readonly view?: TableView | undefined;
  readonly gate: Gate;
  /** Path of the archive that is checked. */
  readonly archive?: string | undefined;
  readonly configuration: Configuration | null;
  readonly check: (progress: Progress) => Promise<CheckResult>;
  /** Called when the check passes, before it is reported. @returns a line about what was done. */
  readonly passed?: (result: CheckResult) => Promise<string>;
  readonly render: (result: CheckResult, view: CheckView, options: ScreenOptions) => Promise<string>;
}

/** Checks, prints what was found and sets the exit code. */
export async function runCheck({
  name,
  tool,
  flags,
  gate,
  configuration,
  check,
  passed,
  render,
  view,
  archive,
}: CheckCommand): Promise<void> {
  const { quiet, color, verbose } = flags;
  const outputs = outputsOf(flags);
  const isJson = isJsonOnStdout(outputs);
  const script = flags["fix-script"];
  for (const { file } of outputs) if (file !== undefined) refuseForeign(file);
  if (script !== undefined) refuseForeign(script, "fix script");
  const { result, seconds } = await withProgress(!isJson && !quiet, check);
  const exitCode = exitCodeOf(result, gate);
  if (result.plugins.length === 0 && result.shard === undefined) warn("no plugins found to check.");
  const failure = failureText(result, gate, name);
  const done = exitCode === exitCodes.ok.code ? await passed?.(result) : undefined;
  const context = {
    tool,
    command: name,
    exitCode,
    failure,
    gate,
    place: placeOfCommand(archive),
    warnings: warningsSaid(),
    configuration,
  };
  const table = (options: ScreenOptions): Promise<string> =>
    render(result, { quiet, verbose, configuration, ...view, ...gate }, options);
  if (script !== undefined) {
    const { fixScriptOf } = await import("../../report/model/fix-script.ts");
    writeReportFile(script, fixScriptOf(result, gate), "fix script");
    if (!quiet) writeRemark(`wrote ${script}`);
  }
  await sendReports({ outputs, result, context, table, color, quiet });
  if (!isJson) {
    // Of one file, the screen says it all.
    if (!quiet && name !== "manifest") {
      const { summaryLine } = await import("../../report/screen/block/summary-line.ts");
      besideReport(summaryLine(result, seconds, stderrWidth()));
    }
    const remark = failure ?? waivedText(result, gate, name);
    if (remark !== undefined) writeRemark(remark);
    if (done !== undefined && !quiet) writeRemark(done);
  }
  process.exitCode = exitCode;
}

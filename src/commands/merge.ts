import { Args } from "@oclif/core";
import { BaseCommand } from "../cli/base-command.ts";
import { runCheck } from "../cli/answer/check-report.ts";
import { quietFlag, reportFlags, tableFlags, verboseFlag } from "../cli/request/flags.ts";
import { reportText } from "../cli/request/report-text.ts";
import { tableView } from "../cli/request/table-flags.ts";
import { formats } from "../report/format.ts";
import { checkColumnNames } from "../report/screen/check-columns.ts";

export default class Merge extends BaseCommand {
  static override summary = "Merge `check-all --shard` reports into one report for the whole set.";
  static override description =
    "The result is identical to check-all without --shard: checks across plugins are done here, with the settings of the shards. No plugin is read again. The exit code is that of check-all.";
  static override args = {
    report: Args.string({
      description: "JSON reports of all shards, in any order.",
      required: true,
      multiple: true,
      ignoreStdin: true,
    }),
  };
  static override flags = {
    ...reportFlags(formats),
    ...tableFlags(checkColumnNames),
    ...quietFlag,
    ...verboseFlag,
  };
  static override usage = ["merge REPORT.json... [FLAGS]"];
  static override examples = [
    "<%= config.bin %> merge shard-*.json",
    "<%= config.bin %> merge shard-*.json -o json=report.json -o junit=report.xml -o table",
  ];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Merge);
    const view = tableView(flags, checkColumnNames);
    const { merge } = await import("../check/shard/merge.ts");
    const { checkAllScreen } = await import("../report/screen/check-all.ts");
    const { result, gate, configuration } = merge(args.report, reportText, this.tool);
    await runCheck({
      name: "check-all",
      tool: this.tool,
      flags,
      gate: { ...gate, maxWarnings: gate.maxWarnings ?? undefined },
      configuration,
      check: () => Promise.resolve(result),
      render: checkAllScreen,
      view,
    });
  }
}

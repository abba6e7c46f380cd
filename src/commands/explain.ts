import { Args, Flags } from "@oclif/core";
import { BaseCommand } from "../cli/base-command.ts";
import { configFlags, settingFlags, settingsIn } from "../cli/config/setting-flags.ts";
import { explained } from "../cli/request/explained.ts";
import { writeReport } from "../cli/terminal/output.ts";
import { screenOptions } from "../cli/terminal/screen.ts";
import { jsonText } from "../report/model/document.ts";
import { explainDocument } from "../report/model/explain-document.ts";

export default class Explain extends BaseCommand {
  static override summary = "Explain a rule, or what a loader's error message means and what to do about it.";
  static override description =
    "With no argument, lists all rules. With --error, text can be pasted straight from a log: each message in it is explained once, first the one that names FILE. With FILE and --host, the files are checked to find out which cause applies, and all findings are shown. The exit code is 0 if the message or rule could be explained.";
  static override args = {
    subject: Args.string({
      description: "A rule's id, or, with --error, the plugin that the message is about.",
      ignoreStdin: true,
    }),
  };
  static override flags = {
    error: Flags.string({
      char: "e",
      description: "Message from Go, glibc, musl or macOS (- for stdin).",
      helpValue: "TEXT",
    }),
    ...settingFlags(...settingsIn("host", "manifest")),
    ...configFlags,
  };
  static override usage = ["explain [RULE]", "explain --error TEXT [FILE --host FILE] [FLAGS]"];
  static override examples = [
    "<%= config.bin %> explain toolchain-mismatch",
    "<%= config.bin %> explain --error 'plugin was built with a different version of package internal/goarch'",
    "journalctl -u otelcol | <%= config.bin %> explain --error - plugins/kafkaexporter.so --host otelcol",
  ];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Explain);
    const answer = await explained(args.subject, flags);
    if (flags.json) {
      writeReport(jsonText(explainDocument(answer, this.tool)));
      return;
    }
    const { explainScreen } = await import("../report/screen/explain.ts");
    writeReport(await explainScreen(answer, screenOptions(flags.color)));
  }
}

import { Flags } from "@oclif/core";
import { BaseCommand } from "../cli/base-command.ts";
import { configurationOf } from "../cli/config/in-force.ts";
import { loadSettings } from "../cli/config/load.ts";
import { carrierNames } from "../cli/config/request.ts";
import { configFlags, settingFlags, settingsIn } from "../cli/config/setting-flags.ts";
import { refuseArchives } from "../cli/request/archive.ts";
import { fileArgs } from "../cli/request/flags.ts";
import { refuseFolders } from "../cli/request/paths.ts";
import { writeRemark, writeReport } from "../cli/terminal/output.ts";
import { writePaged } from "../cli/terminal/paged.ts";
import { screenOptions } from "../cli/terminal/screen.ts";
import { disk } from "../files/disk.ts";
import { inspectDocument, jsonPieces } from "../report/model/document.ts";
import { inspectExitCode } from "../check/model/exit-code.ts";

export default class Inspect extends BaseCommand {
  static override summary =
    "Show everything about one plugin: manifest, facts read from the binary, symbols, libraries, sections.";
  static override description =
    "Nothing is compared or checked. The exit code is 1 only if the file cannot be read or has no such --field.";
  static override args = fileArgs;
  static override flags = {
    symbols: Flags.boolean({ description: "Show all exported symbols." }),
    sections: Flags.boolean({ description: "Show all sections." }),
    dependencies: Flags.boolean({ description: "Show all dependencies." }),
    field: Flags.string({
      description: "Print one value: a manifest field, or a path into the --json output.",
      helpValue: "PATH",
    }),
    "no-pager": Flags.boolean({
      description: "Print a long screen as it is, not in a pager.",
      helpGroup: "output",
    }),
    ...settingFlags(...settingsIn("manifest")),
    ...configFlags,
  };
  static override usage = ["inspect FILE [FLAGS]"];
  static override examples = [
    "<%= config.bin %> inspect plugins/kafkaexporter.so",
    "<%= config.bin %> inspect kafkaexporter.so --field toolchain_version",
    "<%= config.bin %> inspect kafkaexporter.so --symbols --sections",
  ];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Inspect);
    refuseArchives([args.file], "inspect");
    refuseFolders([args.file], "list");
    const { inspect } = await import("../check/inspect.ts");
    const settings = await loadSettings(flags);
    const configuration = await configurationOf(settings, Inspect.flags);
    const result = await inspect(disk, args.file, carrierNames(settings));
    const code = inspectExitCode(result);
    const document = inspectDocument(result, code, this.tool, configuration);
    process.exitCode = code;
    if (flags.field !== undefined) {
      const { fieldAnswer } = await import("../cli/answer/field-text.ts");
      const form = flags.json ? "json" : process.stdout.isTTY ? "visible" : "raw";
      const { text, remark, exitCode } = fieldAnswer(document, flags.field, form);
      writeReport(text);
      if (remark !== undefined) writeRemark(remark);
      process.exitCode = exitCode;
    } else if (flags.json) {
      writeReport(jsonPieces(document));
    } else {
      const { inspectScreen } = await import("../report/screen/inspect.ts");
      const screen = await inspectScreen(result, { ...flags, configuration }, screenOptions(flags.color));
      if (flags["no-pager"]) writeReport(screen);
      else await writePaged(screen);
    }
  }
}

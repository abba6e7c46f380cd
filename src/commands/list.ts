import { BaseCommand } from "../cli/base-command.ts";
import { carrierNames, folderArgs, foldersOf, nameFlags, recursiveFlag } from "../cli/flags.ts";
import { writeReport } from "../cli/output.ts";
import { withProgress } from "../cli/progress.ts";
import { besideReport, screenOptions } from "../cli/screen.ts";
import { jsonText, reportDocument } from "../report/document.ts";
import { exitCodes } from "../report/exit-code.ts";
import { listLine } from "../report/summary-line.ts";

export default class List extends BaseCommand {
  static override summary = "List the plugins of a folder with what their manifests say.";
  static override description =
    "What cannot be read is listed too, with the reason. Nothing is compared or judged: the exit code is 0.";
  static override args = folderArgs;
  static override flags = { ...recursiveFlag, ...nameFlags };
  static override usage = ["list [DIR...] [FLAGS]"];
  static override examples = [
    "<%= config.bin %> list plugins",
    "<%= config.bin %> list --recursive --json /opt/otel",
  ];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(List);
    const request = {
      folders: foldersOf(args.dir),
      recursive: flags.recursive,
      names: carrierNames(flags),
    };
    const { list } = await import("../operations/list.ts");
    const { result, seconds } = await withProgress(!flags.json, (progress) => list(request, progress));
    if (flags.json) {
      writeReport(jsonText(reportDocument("list", result, exitCodes.ok.code, this.tool)));
      return;
    }
    const { listScreen } = await import("../report/list-screen.ts");
    writeReport(await listScreen(result, screenOptions(flags.color)));
    besideReport(listLine(result, seconds));
  }
}

import { BaseCommand } from "../cli/base-command.ts";
import { configurationOf } from "../cli/config/in-force.ts";
import { loadSettings } from "../cli/config/load.ts";
import { carrierNames, foldersOf } from "../cli/config/request.ts";
import { configFlags, folderArgs, settingFlags, settingsIn } from "../cli/config/setting-flags.ts";
import { withInput, withoutArchives } from "../cli/request/archive.ts";
import { filesFrom } from "../cli/request/files-from.ts";
import { filesFromFlags, reportFlags, tableFlags } from "../cli/request/flags.ts";
import { withProgress } from "../cli/terminal/progress.ts";
import { placeOfCommand, refuseForeign } from "../cli/answer/report-files.ts";
import { refuseFiles } from "../cli/request/paths.ts";
import { outputsOf } from "../cli/request/report-output.ts";
import { isJsonOnStdout, sendReports } from "../cli/answer/report-sender.ts";
import { besideReport } from "../cli/terminal/screen.ts";
import { tableView } from "../cli/request/table-flags.ts";
import { exitCodes } from "../check/model/exit-code.ts";
import { listFormats } from "../report/format.ts";
import type { ReportContext } from "../report/model/report-context.ts";
import { listColumnNames } from "../report/screen/list-columns.ts";

export default class List extends BaseCommand {
  static override summary = "List the plugins in a folder, with what their manifests say.";
  static override description =
    "Files that cannot be read are listed too, with the reason. Nothing is compared or checked; the exit code is 0.";
  static override args = folderArgs;
  static override flags = {
    ...reportFlags(listFormats),
    ...tableFlags(listColumnNames),
    ...filesFromFlags,
    ...settingFlags("recursive", ...settingsIn("manifest", "archive")),
    ...configFlags,
  };
  static override usage = ["list [DIR...] [FLAGS]"];
  static override examples = [
    "<%= config.bin %> list plugins",
    "<%= config.bin %> list plugins --columns plugin,toolchain,built --sort built",
    "<%= config.bin %> list --recursive --json /opt/otel",
  ];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(List);
    refuseFiles(withoutArchives(args.dir), "inspect");
    const loaded = await loadSettings(flags, args.dir);
    const view = tableView(flags, listColumnNames);
    const files = await filesFrom(flags, args.dir);
    const reading = { settings: loaded, hasHost: false, hasFolders: files === undefined };
    await withInput(reading, async ({ fileSystem, settings, archive }) => {
      const request = {
        fileSystem,
        folders: files === undefined ? foldersOf(settings) : [],
        files,
        recursive: settings.recursive,
        names: carrierNames(settings),
      };
      const outputs = outputsOf(flags, listFormats);
      const isJson = isJsonOnStdout(outputs);
      for (const { file } of outputs) if (file !== undefined) refuseForeign(file);
      const { list } = await import("../check/list.ts");
      const { result, seconds } = await withProgress(!isJson, (progress) => list(request, progress));
      const configuration = await configurationOf(settings, List.flags);
      const context: ReportContext = {
        tool: this.tool,
        command: "list",
        exitCode: exitCodes.ok.code,
        failure: undefined,
        gate: { allowUnknown: true },
        place: placeOfCommand(archive),
        configuration,
      };
      const table: Parameters<typeof sendReports>[0]["table"] = async (options) => {
        const { listScreen } = await import("../report/screen/list.ts");
        return listScreen(result, options, { ...view, configuration });
      };
      await sendReports({ outputs, result, context, table, color: flags.color, quiet: false });
      if (!isJson) {
        const { listLine } = await import("../report/screen/block/summary-line.ts");
        besideReport(listLine(result, seconds));
      }
    });
  }
}

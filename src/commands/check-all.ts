import { BaseCommand } from "../cli/base-command.ts";
import { runCheck } from "../cli/check-report.ts";
import {
  carrierNames,
  expectFlag,
  folderArgs,
  foldersOf,
  hostFlags,
  hostOf,
  nameFlags,
  recursiveFlag,
} from "../cli/flags.ts";

export default class CheckAll extends BaseCommand {
  static override summary =
    "Check every plugin of a folder against the host, and the plugins against one another.";
  static override args = folderArgs;
  static override flags = { ...hostFlags, ...expectFlag, ...recursiveFlag, ...nameFlags };
  static override usage = [
    "check-all [DIR...] --host FILE [FLAGS]",
    "check-all [DIR...] --host-manifest FILE [FLAGS]",
  ];
  static override examples = [
    "<%= config.bin %> check-all dist/plugins --host dist/otelcol",
    "<%= config.bin %> check-all --host otelcol --expect kafkaexporter,redactionprocessor",
    "<%= config.bin %> check-all --host-manifest otelcol.json --json",
  ];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(CheckAll);
    const request = {
      folders: foldersOf(args.dir),
      recursive: flags.recursive,
      names: carrierNames(flags),
      host: hostOf(flags),
      arch: flags.arch,
      expect: flags.expect ?? [],
    };
    const { checkAll } = await import("../operations/check-all.ts");
    const { checkScreen } = await import("../report/check-screen.ts");
    const check: Parameters<typeof runCheck>[0]["check"] = (progress) => checkAll(request, progress);
    await runCheck({ name: "check-all", tool: this.tool, flags, check, render: checkScreen });
  }
}

import { BaseCommand } from "../cli/base-command.ts";
import { runCheck } from "../cli/answer/check-report.ts";
import { configurationOf } from "../cli/config/in-force.ts";
import { loadSettings } from "../cli/config/load.ts";
import { lockOf } from "../cli/config/lock-request.ts";
import { carrierNames, foldersOf, gateOf, hostsOf, policyOf } from "../cli/config/request.ts";
import { configFlags, folderArgs, settingFlags, settingsIn } from "../cli/config/setting-flags.ts";
import { withInput, withoutArchives } from "../cli/request/archive.ts";
import { filesFrom } from "../cli/request/files-from.ts";
import {
  extraFlags,
  filesFromFlags,
  quietFlag,
  reportFlags,
  shardFlag,
  tableFlags,
  verboseFlag,
} from "../cli/request/flags.ts";
import { refuseFiles } from "../cli/request/paths.ts";
import { shardOf } from "../cli/request/shard.ts";
import { tableView } from "../cli/request/table-flags.ts";
import { formats } from "../report/format.ts";
import { checkColumnNames } from "../report/screen/check-columns.ts";

export default class CheckAll extends BaseCommand {
  static override summary =
    "Check every plugin in a folder against the host, and the plugins against each other.";
  static override args = folderArgs;
  static override flags = {
    ...reportFlags(formats),
    ...tableFlags(checkColumnNames),
    ...quietFlag,
    ...extraFlags,
    ...verboseFlag,
    ...filesFromFlags,
    ...shardFlag,
    ...settingFlags("recursive", "expect", ...settingsIn("host", "gate", "lock", "manifest", "archive")),
    ...configFlags,
  };
  static override usage = [
    "check-all [DIR...] --host FILE [FLAGS]",
    "check-all [DIR...] --host-manifest FILE [FLAGS]",
  ];
  static override examples = [
    "<%= config.bin %> check-all dist/plugins --host dist/otelcol",
    "<%= config.bin %> check-all --host otelcol --expect kafkaexporter,redactionprocessor",
    "<%= config.bin %> check-all --host-manifest otelcol.json --json",
    "<%= config.bin %> check-all --host otelcol-1.2 --host otelcol-1.3",
    "<%= config.bin %> check-all --host otelcol --locked",
    "<%= config.bin %> check-all app.tar --host /otelcol --plugins /plugins",
    "<%= config.bin %> check-all plugins --host otelcol --shard 2/5 -o json=shard-2.json",
    "<%= config.bin %> check-all --host otelcol -o table -o sarif=plugins.sarif -o html=plugins.html",
  ];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(CheckAll);
    refuseFiles(withoutArchives(args.dir), "validate");
    const loaded = await loadSettings(flags, args.dir);
    const view = tableView(flags, checkColumnNames);
    const files = await filesFrom(flags, args.dir);
    const reading = { settings: loaded, hasHost: true, hasFolders: files === undefined };
    await withInput(reading, async ({ fileSystem, settings, archive }) => {
      const { recursive, arch, expect, locked } = settings;
      const shard = shardOf(flags.shard, settings);
      const request = {
        fileSystem,
        folders: files === undefined ? foldersOf(settings) : [],
        files,
        recursive,
        names: carrierNames(settings),
        host: hostsOf(settings),
        arch,
        expect,
        policy: policyOf(settings, new Date()),
        digests: flags.digests,
        lock: locked ? lockOf(settings) : undefined,
        shard,
      };
      const gate = gateOf(settings);
      const { checkAll } = await import("../check/check-all.ts");
      const { checkAllScreen } = await import("../report/screen/check-all.ts");
      const check: Parameters<typeof runCheck>[0]["check"] = (progress) => checkAll(request, progress);
      await runCheck({
        name: "check-all",
        tool: this.tool,
        flags,
        gate,
        configuration: await configurationOf(settings, CheckAll.flags),
        check,
        render: checkAllScreen,
        view,
        archive,
      });
    });
  }
}

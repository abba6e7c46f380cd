import { BaseCommand } from "../cli/base-command.ts";
import { runCheck } from "../cli/answer/check-report.ts";
import { configurationOf } from "../cli/config/in-force.ts";
import { loadSettings } from "../cli/config/load.ts";
import { lockOf } from "../cli/config/lock-request.ts";
import { carrierNames, foldersOf, gateOf, hostsOf, policyOf } from "../cli/config/request.ts";
import { configFlags, lockArgs, settingFlags, settingsIn } from "../cli/config/setting-flags.ts";
import { refuseArchives } from "../cli/request/archive.ts";
import { quietFlag, reportFlags } from "../cli/request/flags.ts";
import { refuseFiles } from "../cli/request/paths.ts";
import { refuseForeign, writeReportFile } from "../cli/answer/report-files.ts";
import { disk } from "../files/disk.ts";
import type { Contents } from "../check/lock/lock.ts";
import { counted } from "../report/model/verdict.ts";
import { jsonText } from "../report/model/document.ts";
import { formats } from "../report/format.ts";

export default class Lock extends BaseCommand {
  static override summary = "Check a folder like check-all and, if it passes, write a lock file.";
  static override description =
    "The lock file records the content of every plugin and of the host, and the policy under which they passed. `check-all --locked` fails if anything is different. If the check fails, the exit code is 1 and an existing lock file is left unchanged.";
  static override args = lockArgs;
  static override flags = {
    ...reportFlags(formats),
    ...quietFlag,
    ...settingFlags("recursive", "expect", "lockFile", ...settingsIn("host", "gate", "manifest")),
    ...configFlags,
  };
  static override usage = ["lock [DIR...] --host FILE [FLAGS]"];
  static override examples = [
    "<%= config.bin %> lock dist/plugins --host dist/otelcol",
    "<%= config.bin %> lock --host otelcol --lock-file release/plugins.lock.json",
  ];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Lock);
    refuseArchives(args.dir ?? [], "lock");
    refuseFiles(args.dir, "validate");
    const settings = await loadSettings(flags, args.dir);
    const { recursive, arch, expect } = settings;
    const request = {
      fileSystem: disk,
      folders: foldersOf(settings),
      recursive,
      names: carrierNames(settings),
      host: hostsOf(settings),
      arch,
      expect,
      policy: policyOf(settings, new Date()),
    };
    const lock = lockOf(settings);
    refuseForeign(lock.file, "lock");
    const { checkContents } = await import("../check/check-all.ts");
    const operation = await import("../check/lock/lock.ts");
    const { checkAllScreen } = await import("../report/screen/check-all.ts");
    let locked: Contents = new Map();
    await runCheck({
      name: "lock",
      tool: this.tool,
      flags,
      gate: gateOf(settings),
      configuration: await configurationOf(settings, Lock.flags),
      check: async (progress) => {
        const { result, contents } = await checkContents(request, progress);
        locked = contents;
        return result;
      },
      passed: async (result) => {
        const document = await operation.lockOf(disk, result, locked, lock, this.tool);
        writeReportFile(lock.file, jsonText(document), "lock");
        return `Locked the host and ${counted(document.plugins.length, "plugin")} in ${lock.file}.`;
      },
      render: checkAllScreen,
    });
  }
}

import { BaseCommand } from "../cli/base-command.ts";
import { runCheck } from "../cli/check-report.ts";
import { configFlags, gateFlags, lockFlags, targetFlags } from "../cli/config/flags.ts";
import { loadSettings } from "../cli/config/load.ts";
import { carrierNames, foldersOf, gateOf, hostOf, lockOf, policyOf } from "../cli/config/request.ts";
import { expectFlag, folderArgs, hostFlags, nameFlags, recursiveFlag, reportFlags } from "../cli/flags.ts";
import { writeReportFile } from "../cli/report-files.ts";
import { disk } from "../files/disk.ts";
import type { Contents } from "../check/lock/lock.ts";
import { counted } from "../report/model/verdict.ts";
import { jsonText } from "../report/model/document.ts";
import { formats } from "../report/format.ts";

export default class Lock extends BaseCommand {
  static override summary = "Check a folder as check-all does and, where all is well, lock what was checked.";
  static override description =
    "The lock names every plugin and the host by their content, and the policy they passed by. `check-all --locked` fails where anything is different. A set that fails is not locked: the exit code is 1, and a lock that is there stays as it is.";
  static override args = folderArgs;
  static override flags = {
    ...reportFlags(formats),
    ...hostFlags,
    ...expectFlag,
    ...recursiveFlag,
    ...nameFlags,
    ...targetFlags,
    ...gateFlags,
    ...lockFlags,
    ...configFlags,
  };
  static override usage = ["lock [DIR...] --host FILE [FLAGS]"];
  static override examples = [
    "<%= config.bin %> lock dist/plugins --host dist/otelcol",
    "<%= config.bin %> lock --host otelcol --lock-file release/plugins.lock.json",
  ];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Lock);
    const settings = await loadSettings(flags, args.dir);
    const { recursive, arch, expect } = settings;
    const request = {
      fileSystem: disk,
      folders: foldersOf(settings),
      recursive,
      names: carrierNames(settings),
      host: hostOf(settings),
      arch,
      expect,
      policy: policyOf(settings, new Date()),
    };
    const lock = lockOf(settings);
    const { checkContents } = await import("../check/check-all.ts");
    const operation = await import("../check/lock/lock.ts");
    const { checkAllScreen } = await import("../report/screen/check-all.ts");
    let locked: Contents = new Map();
    await runCheck({
      name: "lock",
      tool: this.tool,
      flags,
      gate: gateOf(settings),
      check: async (progress) => {
        const { result, contents } = await checkContents(request, progress);
        locked = contents;
        return result;
      },
      passed: async (result) => {
        const document = await operation.lockOf(disk, result, locked, lock, this.tool);
        writeReportFile(lock.file, jsonText(document));
        return `Locked the host and ${counted(document.plugins.length, "plugin")} in ${lock.file}.`;
      },
      render: checkAllScreen,
    });
  }
}

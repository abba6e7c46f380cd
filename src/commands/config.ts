import { BaseCommand } from "../cli/base-command.ts";
import { configFlags, gateFlags, lockedFlags, targetFlags } from "../cli/config/flags.ts";
import { loadSettings } from "../cli/config/load.ts";
import { settingRows } from "../cli/config/rows.ts";
import { expectFlag, folderArgs, hostFlags, nameFlags, recursiveFlag } from "../cli/flags.ts";
import { writeReport } from "../cli/output.ts";
import { screenOptions } from "../cli/screen.ts";
import { configDocument } from "../report/model/config-document.ts";
import { jsonText } from "../report/model/document.ts";
import { configScreen } from "../report/screen/config.ts";

const { host, "host-manifest": hostManifest, arch } = hostFlags;

export default class Config extends BaseCommand {
  static override summary = "Show the settings that hold, and where each of them comes from.";
  static override description =
    "Flags go before the environment, the environment before the configuration file. It takes the flags of the other commands, and shows what they would do.";
  static override args = folderArgs;
  static override flags = {
    host,
    "host-manifest": hostManifest,
    arch,
    ...expectFlag,
    ...recursiveFlag,
    ...nameFlags,
    ...targetFlags,
    ...gateFlags,
    ...lockedFlags,
    ...configFlags,
  };
  static override usage = ["config [FLAGS]"];
  static override examples = [
    "<%= config.bin %> config",
    "<%= config.bin %> config --config release/plugins.config.yaml --json",
  ];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Config);
    const settings = await loadSettings(flags, args.dir);
    const shown = { file: settings.configFile ?? null, settings: settingRows(settings) };
    if (flags.json) writeReport(jsonText(configDocument(shown, this.tool)));
    else writeReport(await configScreen(shown, screenOptions(flags.color)));
  }
}

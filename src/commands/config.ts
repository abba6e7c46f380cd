import { BaseCommand } from "../cli/base-command.ts";
import { loadSettings } from "../cli/config/load.ts";
import { settingRows } from "../cli/config/rows.ts";
import { configFlags, flagSettingNames, folderArgs, settingFlags } from "../cli/config/setting-flags.ts";
import { writeReport } from "../cli/terminal/output.ts";
import { screenOptions } from "../cli/terminal/screen.ts";
import { configDocument } from "../report/model/config-document.ts";
import { jsonText } from "../report/model/document.ts";
import { configScreen } from "../report/screen/config.ts";

export default class Config extends BaseCommand {
  static override summary = "Show the effective settings and where each one comes from.";
  static override description =
    "Flags override environment variables, which override the configuration file. Pass the flags of another command to see their effect.";
  static override args = folderArgs;
  static override flags = { ...settingFlags(...flagSettingNames), ...configFlags };
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

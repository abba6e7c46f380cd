import { Args } from "@oclif/core";
import { BaseCommand } from "../cli/base-command.ts";
import { loadSettings } from "../cli/config/load.ts";
import { carrierNames } from "../cli/config/request.ts";
import { configFlags, settingFlags, settingsIn } from "../cli/config/setting-flags.ts";
import { refuseArchives } from "../cli/request/archive.ts";
import { writeReport } from "../cli/terminal/output.ts";
import { screenOptions } from "../cli/terminal/screen.ts";
import { disk } from "../files/disk.ts";
import { diffDocument, diffExitCode } from "../report/model/diff-document.ts";
import { jsonText } from "../report/model/document.ts";

export default class Diff extends BaseCommand {
  static override summary =
    "Show everything that differs between two plugins, two hosts, or a plugin and a host.";
  static override description =
    "No verdict is given and no loader behavior is predicted (`validate` does that). As with diff(1), the exit code is 0 if nothing that matters differs, 1 if something does, 2 if a file cannot be read. What never matters: build times, build ids, source locations and spelling; between a plugin and a host, also what only one of them needs.";
  static override args = {
    a: Args.string({ description: "Plugin or host.", required: true, ignoreStdin: true }),
    b: Args.string({ description: "Plugin or host to compare it with.", required: true, ignoreStdin: true }),
  };
  static override flags = { ...settingFlags(...settingsIn("manifest")), ...configFlags };
  static override usage = ["diff A B [FLAGS]"];
  static override examples = [
    "<%= config.bin %> diff released/kafkaexporter.so dist/kafkaexporter.so",
    "<%= config.bin %> diff otelcol-1.22 otelcol-1.23 --json",
    "<%= config.bin %> diff dist/kafkaexporter.so otelcol",
  ];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Diff);
    refuseArchives([args.a, args.b], "diff");
    const names = carrierNames(await loadSettings(flags));
    const { diff } = await import("../check/diff/diff.ts");
    const result = await diff(disk, args.a, args.b, names);
    process.exitCode = diffExitCode(result);
    if (flags.json) {
      writeReport(jsonText(diffDocument(result, this.tool)));
      return;
    }
    const { diffScreen } = await import("../report/screen/diff.ts");
    writeReport(await diffScreen(result, screenOptions(flags.color)));
  }
}

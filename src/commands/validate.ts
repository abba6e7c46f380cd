import { BaseCommand } from "../cli/base-command.ts";
import { runCheck } from "../cli/answer/check-report.ts";
import { configurationOf } from "../cli/config/in-force.ts";
import { loadSettings } from "../cli/config/load.ts";
import { carrierNames, gateOf, hostsOf, policyOf } from "../cli/config/request.ts";
import { configFlags, settingFlags, settingsIn } from "../cli/config/setting-flags.ts";
import { refuseWholeArchives, withInput } from "../cli/request/archive.ts";
import { filesFrom } from "../cli/request/files-from.ts";
import { extraFlags, filesArgs, filesFromFlags, quietFlag, reportFlags } from "../cli/request/flags.ts";
import { refuseFolders } from "../cli/request/paths.ts";
import { UsageError } from "../check/model/usage-error.ts";
import { formats } from "../report/format.ts";

export default class Validate extends BaseCommand {
  static override summary =
    "Check the given plugins against the host; shows both values of every comparison.";
  static override args = filesArgs;
  static override flags = {
    ...reportFlags(formats),
    ...quietFlag,
    ...extraFlags,
    ...filesFromFlags,
    ...settingFlags(...settingsIn("host", "gate", "manifest"), "platform", "image"),
    ...configFlags,
  };
  static override usage = [
    "validate FILE... --host FILE [FLAGS]",
    "validate FILE... --host-manifest FILE [FLAGS]",
  ];
  static override examples = [
    "<%= config.bin %> validate plugins/kafkaexporter.so --host otelcol",
    "<%= config.bin %> validate kafkaexporter.so --host-manifest otelcol.json --quiet",
    "<%= config.bin %> validate app.tar:/plugins/kafkaexporter.so --host /otelcol",
    "find dist -name '*.so' -print0 | <%= config.bin %> validate --files-from - -0 --host otelcol",
  ];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Validate);
    refuseWholeArchives(args.file);
    refuseFolders(args.file, "check-all");
    const loaded = await loadSettings(flags);
    const listed = await filesFrom(flags);
    const given = [...named(args.file, listed), ...(listed ?? [])];
    // A list is of files: to look at each whether it is an archive would take as long as to read it.
    const reading = { settings: loaded, hasHost: true, files: args.file ?? [] };
    await withInput(reading, async ({ fileSystem, settings, archive }) => {
      const request = {
        fileSystem,
        files: given,
        host: hostsOf(settings),
        names: carrierNames(settings),
        arch: settings.arch,
        policy: policyOf(settings, new Date()),
        digests: flags.digests,
      };
      const { validate } = await import("../check/validate.ts");
      const { validateScreen } = await import("../report/screen/validate.ts");
      await runCheck({
        name: "validate",
        tool: this.tool,
        flags,
        gate: gateOf(settings),
        configuration: await configurationOf(settings, Validate.flags),
        check: (progress) => validate(request, progress),
        render: validateScreen,
        archive,
      });
    });
  }
}

/** @throws UsageError if no files are given. An empty list is not a mistake. */
function named(
  files: readonly string[] | undefined,
  listed: readonly string[] | undefined,
): readonly string[] {
  if (files === undefined && listed === undefined) {
    throw new UsageError("bad-usage", "missing argument FILE", [
      "Pass the plugins, or a list of them with --files-from. See `plugins validate --help`.",
    ]);
  }
  return files ?? [];
}

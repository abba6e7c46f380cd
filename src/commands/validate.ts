import { BaseCommand } from "../cli/base-command.ts";
import { runCheck } from "../cli/check-report.ts";
import { carrierNames, filesArgs, hostFlags, hostOf, nameFlags } from "../cli/flags.ts";

export default class Validate extends BaseCommand {
  static override summary = "Check named plugins against the host: every comparison with its two values.";
  static override args = filesArgs;
  static override flags = { ...hostFlags, ...nameFlags };
  static override usage = [
    "validate FILE... --host FILE [FLAGS]",
    "validate FILE... --host-manifest FILE [FLAGS]",
  ];
  static override examples = [
    "<%= config.bin %> validate plugins/kafkaexporter.so --host otelcol",
    "<%= config.bin %> validate kafkaexporter.so --host-manifest otelcol.json --quiet",
  ];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Validate);
    const request = { files: args.file, host: hostOf(flags), names: carrierNames(flags), arch: flags.arch };
    const { validate } = await import("../operations/validate.ts");
    const { validateScreen } = await import("../report/validate-screen.ts");
    await runCheck({
      name: "validate",
      tool: this.tool,
      flags,
      check: (progress) => validate(request, progress),
      render: validateScreen,
    });
  }
}

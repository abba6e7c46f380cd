import { Args, Flags } from "@oclif/core";
import { BaseCommand } from "../cli/base-command.ts";
import { loadSettings } from "../cli/config/load.ts";
import { carrierNames } from "../cli/config/request.ts";
import { configFlags, settingFlags, settingsIn } from "../cli/config/setting-flags.ts";
import { refuseArchives } from "../cli/request/archive.ts";
import { refuseFolders } from "../cli/request/paths.ts";
import { writeRemark, writeReport } from "../cli/terminal/output.ts";
import { screenOptions } from "../cli/terminal/screen.ts";
import { disk } from "../files/disk.ts";
import { jsonText } from "../report/model/document.ts";
import { embedDocument, embedExitCode } from "../report/model/embed-document.ts";

export default class Embed extends BaseCommand {
  static override summary = "Add a manifest to a finished plugin or host.";
  static override description =
    "What is loaded of the file stays the same, byte for byte. The manifest becomes a section that every strip keeps; one that was embedded before is replaced, and a section that was reserved while building is overwritten. The new file is checked before it takes the old one's place. The exit code is 1 if the file disproves what the manifest says, and 2 if it cannot be embedded: then the old file is unchanged.";
  static override args = {
    file: Args.string({ description: "Plugin or host to add it to.", required: true, ignoreStdin: true }),
  };
  static override flags = {
    manifest: Flags.string({
      char: "m",
      description:
        "The manifest, a JSON file (- for stdin). For a host it may be an array, one per language.",
      helpValue: "FILE",
      required: true,
    }),
    output: Flags.string({
      char: "o",
      description: "Write the result to this file, and leave the old one unchanged.",
      helpValue: "FILE",
    }),
    "dry-run": Flags.boolean({ description: "Say what would be done, and write nothing." }),
    "remove-signature": Flags.boolean({
      description: "Remove a code signature (Mach-O) that the change makes invalid.",
    }),
    ...settingFlags(...settingsIn("manifest")),
    ...configFlags,
  };
  static override usage = ["embed FILE --manifest FILE [FLAGS]"];
  static override examples = [
    "<%= config.bin %> embed kafkaexporter.so --manifest manifest.json",
    "<%= config.bin %> embed dist/otelcol --manifest manifests.json -o release/otelcol",
    "<%= config.bin %> embed kafkaexporter.so --manifest - --dry-run < manifest.json",
  ];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Embed);
    refuseArchives([args.file], "embed");
    refuseFolders([args.file], "list");
    const names = carrierNames(await loadSettings(flags));
    const { embed } = await import("../author/embed/embed.ts");
    const { destinationFor } = await import("../cli/answer/edited-file.ts");
    const { manifestBytes } = await import("../cli/request/manifest-bytes.ts");
    const destination = destinationFor(args.file, flags.output);
    const request = {
      fileSystem: disk,
      file: args.file,
      manifest: await manifestBytes(flags.manifest, "--manifest"),
      names,
      removeSignature: flags["remove-signature"],
      dryRun: flags["dry-run"],
    };
    const result = await embed(request, destination);
    const exitCode = embedExitCode(result);
    process.exitCode = exitCode;
    if (flags.json) {
      writeReport(jsonText(embedDocument(result, this.tool)));
      return;
    }
    const { embedScreen } = await import("../report/screen/embed.ts");
    writeReport(await embedScreen(result, screenOptions(flags.color)));
    if (exitCode !== 0) writeRemark(`Failing: the file disproves what the manifest says (exit ${exitCode}).`);
  }
}

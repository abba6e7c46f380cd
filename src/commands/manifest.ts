import { Args, Flags } from "@oclif/core";
import { BaseCommand } from "../cli/base-command.ts";
import { refuseForeign, writeReportFile } from "../cli/answer/report-files.ts";
import { flagsIn } from "../cli/request/arguments.ts";
import { withActivity } from "../cli/terminal/progress.ts";
import { writeRemark, writeReport } from "../cli/terminal/output.ts";
import { disk } from "../files/disk.ts";

export default class Manifest extends BaseCommand {
  static override summary = "Make a plugin's or host's manifest from its sources, or from a built file.";
  static override description =
    "In a Go module or a Cargo package, go or cargo is asked what the build with these flags links; nothing is compiled. What is behind the -- is for `go build` or `cargo build`: give what the real build gets. Of a built file, the manifest says what the file proves. The same sources give the same bytes on every machine.";
  static override args = {
    path: Args.string({
      description: "Folder of a Go package or Cargo package, or a built file. The working folder by default.",
      ignoreStdin: true,
    }),
  };
  static override flags = {
    output: Flags.string({ char: "o", description: "Write the manifest to FILE.", helpValue: "FILE" }),
    set: Flags.string({
      description: "Add a field that the build does not tell: name=kafka, build_time=…; repeatable.",
      helpValue: "KEY=VALUE",
      multiple: true,
      multipleNonGreedy: true,
    }),
    merge: Flags.string({
      description:
        "For a host that links both languages: make an array of this manifest and the one in FILE.",
      helpValue: "FILE",
      multiple: true,
      multipleNonGreedy: true,
    }),
    language: Flags.string({
      description: "What to describe in a folder with both a go.mod and a Cargo.toml.",
      options: ["go", "rust"],
    }),
  };
  static override usage = ["manifest [DIR | FILE] [FLAGS] [-- BUILD FLAGS]"];
  static override examples = [
    "<%= config.bin %> manifest ./kafka -o kafka/manifest.json -- -buildmode=plugin -trimpath",
    "<%= config.bin %> manifest ./batch -o batch/manifest.json -- --release",
    "<%= config.bin %> manifest dist/kafka.so",
    "<%= config.bin %> manifest ./bridge --merge otelcol.json -- --release",
  ];

  async run(): Promise<void> {
    const own = flagsIn(this.argv);
    const buildArguments = this.argv.slice(own.length + 1);
    const { args, flags } = await this.parse(Manifest, [...own]);
    const { output, set = [], merge = [] } = flags;
    if (output !== undefined) refuseForeign(output, "manifest");
    const { generate, merged } = await import("../author/generate/generate.ts");
    const { settingsOf } = await import("../author/generate/setting.ts");
    const { manifestText } = await import("../author/generate/manifest-text.ts");
    const request = {
      files: disk,
      path: args.path ?? ".",
      buildArguments,
      settings: settingsOf(set),
      language: flags.language as "go" | "rust" | undefined,
    };
    const { manifest, remarks } = await withActivity((started) => generate({ ...request, started }));
    const text = manifestText(merge.length === 0 ? manifest : merged(disk, manifest, merge));
    if (output === undefined) writeReport(text);
    else writeReportFile(output, text, "manifest");
    for (const remark of remarks) writeRemark(`plugins: ${remark}`);
  }
}

import { Args, Flags, type Interfaces } from "@oclif/core";
import { BaseCommand } from "../cli/base-command.ts";
import { runCheck } from "../cli/answer/check-report.ts";
import { refuseForeign, writeReportFile } from "../cli/answer/report-files.ts";
import { configurationOf } from "../cli/config/in-force.ts";
import { loadSettings } from "../cli/config/load.ts";
import { carrierNames, gateOf, policyOf } from "../cli/config/request.ts";
import { configFlags, settingFlags, settingsIn } from "../cli/config/setting-flags.ts";
import { flagsIn } from "../cli/request/arguments.ts";
import { quietFlag } from "../cli/request/flags.ts";
import { withActivity } from "../cli/terminal/progress.ts";
import { writeRemark, writeReport } from "../cli/terminal/output.ts";
import { UsageError } from "../check/model/usage-error.ts";
import { disk } from "../files/disk.ts";
import { kitFiles, kitNames, kitSteps, type KitName } from "../author/kit/kit.ts";
import type { Language } from "../language/language-facts.ts";
import { shellWord } from "../language/shell-word.ts";
import type { Manifest as Fields } from "../manifest/generated/manifest.ts";
import { formats } from "../report/format.ts";

type VerifyFlags = Interfaces.InferredFlags<typeof Manifest.flags> &
  Interfaces.InferredFlags<typeof Manifest.baseFlags>;

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
    output: Flags.string({
      char: "o",
      description: "Write the manifest to FILE (- for stdout).",
      helpValue: "FILE",
    }),
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
    verify: Flags.string({
      description:
        "Compare the manifest in this built file with what the sources and the file say now; write none.",
      helpValue: "FILE",
      exclusive: ["output"],
    }),
    report: Flags.string({
      description: `With --verify, report format, written to FILE or stdout; repeatable. Formats: ${formats.join(", ")}.`,
      helpValue: "FORMAT[=FILE]",
      multiple: true,
      multipleNonGreedy: true,
      helpGroup: "output",
    }),
    kit: Flags.string({
      description: `Write the files of a kit into the folder: ${kitNames.join(", ")}. They build the manifest in from then on; none is made now.`,
      options: [...kitNames],
      exclusive: ["output", "set", "merge", "verify", "report", "language", "json"],
    }),
    language: Flags.string({
      description: "What to describe in a folder with both a go.mod and a Cargo.toml: go or rust.",
      options: ["go", "rust"],
    }),
    ...quietFlag,
    ...settingFlags(...settingsIn("gate", "manifest")),
    ...configFlags,
  };
  static override usage = [
    "manifest [DIR | FILE] [FLAGS] [-- BUILD FLAGS]",
    "manifest --verify FILE [DIR] [FLAGS] [-- BUILD FLAGS]",
    "manifest --kit NAME [DIR]",
  ];
  static override examples = [
    "<%= config.bin %> manifest ./kafka -o kafka/manifest.json -- -buildmode=plugin -trimpath",
    "<%= config.bin %> manifest ./batch -o batch/manifest.json -- --release",
    "<%= config.bin %> manifest dist/kafka.so",
    "<%= config.bin %> manifest ./bridge --merge otelcol.json -- --release",
    "<%= config.bin %> manifest --verify dist/kafka.so ./kafka -- -buildmode=plugin -trimpath",
    "<%= config.bin %> manifest --kit go ./kafka",
  ];

  async run(): Promise<void> {
    const own = flagsIn(this.argv);
    const buildArguments = this.argv.slice(own.length + 1);
    const { args, flags } = await this.parse(Manifest, [...own]);
    const { output, set = [], merge = [], verify, report, kit } = flags;
    if (kit !== undefined) {
      if (buildArguments.length > 0) {
        throw new UsageError("bad-usage", "--kit takes no build flags", [
          "Leave out what is behind the --, and write it into the kit's own file afterwards.",
        ]);
      }
      await this.writeKit(kit as KitName, args.path ?? ".");
      return;
    }
    if (verify === undefined && report !== undefined) {
      throw new UsageError("bad-usage", "--report is only for --verify", ["Use -o FILE for the manifest."]);
    }
    const isForStdout = output === undefined || output === "-";
    if (!isForStdout) refuseForeign(output, "manifest");
    const { generate, merged } = await import("../author/generate/generate.ts");
    const { settingsOf } = await import("../author/generate/setting.ts");
    const settings = settingsOf(set);
    const path = args.path ?? ".";
    const request = {
      files: disk,
      path,
      buildArguments,
      settings,
      language: flags.language as Language | undefined,
      isCompared: verify !== undefined,
    };
    const others = await givenIn(merge);
    const { manifest, remarks, isTimeKnown } = await withActivity((started) =>
      generate({ ...request, started }),
    );
    const manifests = merge.length === 0 ? [manifest] : merged([manifest, ...others]);
    if (verify !== undefined) {
      const remake = isTimeKnown && merge.length === 0 ? remakeOf(path, flags, buildArguments) : undefined;
      await this.verify(verify, { path, manifests, remake }, flags);
      return;
    }
    const { manifestText } = await import("../author/generate/manifest-text.ts");
    const text = manifestText(merge.length === 0 ? manifest : manifests);
    if (isForStdout) writeReport(text);
    else writeReportFile(output, text, "manifest");
    for (const remark of remarks) writeRemark(`plugins: ${remark}`);
  }

  private async writeKit(name: KitName, folder: string): Promise<void> {
    const { refuseNoFolder, writeKit } = await import("../cli/answer/kit-files.ts");
    const { refuseUnsuited } = await import("../author/kit/package-folder.ts");
    const { kits } = await this.config.program.texts();
    refuseNoFolder(folder);
    refuseUnsuited(name, folder, disk);
    const written = writeKit(folder, kitFiles(name, kits));
    const files =
      written.length === 0
        ? ["All files of the kit are there already."]
        : written.map((path) => `wrote  ${path}`);
    const steps = kitSteps[name].map((step) => `next   ${step}`);
    writeReport([...files, ...steps, ""].join("\n"));
  }

  private async verify(
    file: string,
    { path, manifests, remake }: Sources,
    flags: VerifyFlags,
  ): Promise<void> {
    const { verified } = await import("../author/generate/verify.ts");
    const { verifyScreen } = await import("../report/screen/verify.ts");
    const loaded = await loadSettings(flags);
    const sources = manifests.map((manifest, index) => ({
      manifest,
      at: `sources in ${path}#${manifests.length === 1 ? "" : `/${index}`}`,
    }));
    await runCheck({
      name: "manifest",
      tool: this.tool,
      flags: { ...flags, output: flags.report },
      gate: gateOf(loaded),
      configuration: await configurationOf(loaded, Manifest.flags),
      check: () => {
        const inForce = { names: carrierNames(loaded), remake, policy: policyOf(loaded, new Date()) };
        return Promise.resolve(verified(disk, file, sources, inForce));
      },
      render: verifyScreen,
    });
  }
}

/** What the sources say now. */
interface Sources {
  readonly path: string;
  readonly manifests: readonly Fields[];
  readonly remake: string | undefined;
}

/** The command that makes the manifest of the same sources, built with the same flags. */
function remakeOf(
  path: string,
  { set = [], language }: Pick<VerifyFlags, "set" | "language">,
  buildArguments: readonly string[],
): string {
  const words = [
    path,
    ...set.flatMap((each) => ["--set", each]),
    ...(language === undefined ? [] : ["--language", language]),
    ...(buildArguments.length === 0 ? [] : ["--", ...buildArguments]),
  ];
  return ["plugins manifest", ...words.map(shellWord)].join(" ");
}

/** The manifests in files that `--merge` names, read before go or cargo work for long. */
async function givenIn(paths: readonly string[]): Promise<readonly Fields[]> {
  if (paths.length === 0) return [];
  const { givenManifest } = await import("../author/given-manifest.ts");
  const { manifestBytes } = await import("../cli/request/manifest-bytes.ts");
  const all: Fields[] = [];
  for (const path of paths) {
    const { name, bytes } = await manifestBytes(path, "--merge");
    all.push(...givenManifest(name, bytes, "host").manifests);
  }
  return all;
}

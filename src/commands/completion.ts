import { Args } from "@oclif/core";
import { BaseCommand } from "../cli/base-command.ts";
import { completionGrammar } from "../cli/completion/command-grammar.ts";
import { writeReport } from "../cli/terminal/output.ts";
import { completionScript, shells, type Shell } from "../cli/completion/script.ts";
import { jsonText, schemaVersion } from "../report/model/document.ts";
import { exitCodes } from "../check/model/exit-code.ts";

export default class Completion extends BaseCommand {
  static override summary = "Print a shell completion script.";
  static override description =
    "The script completes the commands, flags and values of this version. Nothing is written to disk. Source it from your shell's startup file, as in the examples.";
  static override args = {
    shell: Args.string({
      description: "Shell to generate the script for.",
      required: true,
      options: [...shells],
      ignoreStdin: true,
    }),
  };
  static override usage = ["completion SHELL"];
  static override examples = [
    "source <(<%= config.bin %> completion bash)",
    "source <(<%= config.bin %> completion zsh)",
    "<%= config.bin %> completion fish | source",
    "<%= config.bin %> completion powershell | Out-String | Invoke-Expression",
  ];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Completion);
    const shell = args.shell as Shell;
    const script = completionScript(shell, completionGrammar(this.config));
    if (!flags.json) {
      writeReport(script);
      return;
    }
    const exitCode = exitCodes.ok.code;
    const document = { schemaVersion, tool: this.tool, command: "completion", shell, script, exitCode };
    writeReport(jsonText(document));
  }
}

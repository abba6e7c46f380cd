import { BaseCommand } from "../cli/base-command.ts";
import { writeReport } from "../cli/terminal/output.ts";
import { exitCodes } from "../check/model/exit-code.ts";
import { jsonText, schemaVersion } from "../report/model/document.ts";

export default class Man extends BaseCommand {
  static override summary = "Print the man page.";
  static override description =
    "npm installs the page with the package. A single-file executable has it inside: write it where man(1) looks for pages, as in the example.";
  static override usage = ["man"];
  static override examples = ["<%= config.bin %> man > ~/.local/share/man/man1/plugins.1"];

  async run(): Promise<void> {
    const { flags } = await this.parse(Man);
    const { manPage: page } = await this.config.program.texts();
    if (!flags.json) {
      writeReport(page);
      return;
    }
    const exitCode = exitCodes.ok.code;
    writeReport(jsonText({ schemaVersion, tool: this.tool, command: "man", page, exitCode }));
  }
}

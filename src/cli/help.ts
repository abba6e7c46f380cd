import { CommandHelp, Help } from "@oclif/core";
import { exitCodes } from "../check/model/exit-code.ts";
import { environmentVariables } from "./config/environment.ts";
import { writeReport } from "./terminal/output.ts";

type Sections = ReturnType<CommandHelp["sections"]>;

const exitCodeRows = Object.values(exitCodes).map(({ code, means }): [string, string] => [
  String(code),
  means,
]);
const environmentRows = Object.entries(environmentVariables).map(([name, means]): [string, string] => [
  name,
  means,
]);

/** The same in the help of every command that reads plugins. */
const common: Sections = [
  { header: "EXIT CODES", generate: (_, header) => [{ header, body: exitCodeRows }] },
  { header: "ENVIRONMENT", generate: (_, header) => [{ header, body: environmentRows }] },
];

/** They read no plugins: no finding decides their exit code. `plugins --help` has the rest. */
const withoutCommon: readonly string[] = ["completion", "config", "explain", "man", "schema"];

const rootExamples: [string, string][] = [
  ["$ plugins list plugins", "List the plugins in a folder."],
  [
    "$ plugins inspect plugins/kafkaexporter.so",
    "Show what a plugin's manifest claims and what its binary proves.",
  ],
  ["$ plugins check-all plugins --host otelcol", "Check that the host can load them (the release gate)."],
];

/** The only thing that our texts ask for. oclif would compile a template of each text, which takes longer than all else in a help. */
function rendered(byTemplate: (text: string) => string): (text: string) => string {
  return (text) => {
    const ours = text.replaceAll("<%= config.bin %>", "plugins");
    return ours.includes("<%") ? byTemplate(ours) : ours;
  };
}

/** Examples come first, because most people read no further; exit codes and environment come last. */
class OrderedCommandHelp extends CommandHelp {
  constructor(...given: ConstructorParameters<typeof CommandHelp>) {
    super(...given);
    this.render = rendered(this.render);
  }

  protected override sections(): Sections {
    const sections = super.sections();
    const isExample = ({ header }: Sections[number]): boolean => header === "EXAMPLES";
    return [
      ...sections.filter(isExample),
      ...sections.filter((each) => !isExample(each)),
      ...(withoutCommon.includes(this.command.id) ? [] : common),
    ];
  }
}

/** The help of the program and of each command. */
export default class OrderedHelp extends Help {
  protected override CommandHelpClass = OrderedCommandHelp;

  constructor(...given: ConstructorParameters<typeof Help>) {
    super(...given);
    this.render = rendered(this.render);
  }

  protected override log(text = ""): void {
    writeReport(`${text}\n`);
  }

  override formatRoot(): string {
    const description: unknown = this.config.pjson["description"];
    return [
      this.wrap(String(description), 0),
      this.section("EXAMPLES", rootExamples),
      this.section("USAGE", "$ plugins COMMAND [FLAGS]\n$ plugins COMMAND --help"),
    ].join("\n\n");
  }

  protected override async showRootHelp(): Promise<void> {
    await super.showRootHelp();
    this.log(
      `${this.section("EXIT CODES", exitCodeRows)}\n\n${this.section("ENVIRONMENT", environmentRows)}`,
    );
  }
}

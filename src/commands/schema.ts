import { Args } from "@oclif/core";
import { BaseCommand } from "../cli/base-command.ts";
import { writeReport } from "../cli/terminal/output.ts";
import { screenOptions } from "../cli/terminal/screen.ts";
import { listSchemas } from "../cli/answer/schema-text.ts";
import { unknownWord } from "../cli/suggestion.ts";
import { schemaNames } from "../check/model/shipped-schema.ts";
import { jsonText } from "../report/model/document.ts";
import { schemaListDocument } from "../report/model/schema-document.ts";
import { schemaListScreen } from "../report/screen/schema.ts";

export default class Schema extends BaseCommand {
  static override summary = "Print a bundled JSON schema; with no name, list them.";
  static override description = "All are JSON Schema 2020-12. --json makes no difference to a schema.";
  static override args = {
    name: Args.string({ description: `One of the schemas: ${schemaNames.join(", ")}.`, ignoreStdin: true }),
  };
  static override usage = ["schema [NAME]"];
  static override examples = [
    "<%= config.bin %> schema",
    "<%= config.bin %> schema manifest > otel-plugin-manifest.schema.json",
  ];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Schema);
    const { schemas: texts } = await this.config.program.texts();
    if (args.name !== undefined) {
      const name = schemaNames.find((each) => each === args.name);
      if (name === undefined) {
        const listed = [`Schemas: ${schemaNames.join(", ")}.`];
        throw unknownWord(`unknown schema ${args.name}`, args.name, schemaNames, listed);
      }
      writeReport(texts[name]);
    } else if (flags.json) {
      writeReport(jsonText(schemaListDocument(listSchemas(texts), this.tool)));
    } else {
      writeReport(await schemaListScreen(listSchemas(texts), screenOptions(flags.color)));
    }
  }
}

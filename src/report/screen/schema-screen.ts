import type { SchemaLine } from "../../check/model/shipped-schema.ts";
import { schemaVersion, type Tool } from "../model/document.ts";
import { exitCodes } from "../../check/model/exit-code.ts";
import { onScreen } from "./screen.ts";
import type { ScreenOptions } from "./style.ts";
import { renderTable } from "./table.ts";

/** The JSON report of `plugins schema` without a name. */
export interface SchemaList {
  readonly schemaVersion: typeof schemaVersion;
  readonly tool: Tool;
  readonly command: "schema";
  readonly schemas: readonly SchemaLine[];
  readonly exitCode: 0;
}

export function schemaListDocument(schemas: readonly SchemaLine[], tool: Tool): SchemaList {
  return { schemaVersion, tool, command: "schema", schemas, exitCode: exitCodes.ok.code };
}

/** `plugins schema` without a name: one row a schema. */
export function schemaListScreen(schemas: readonly SchemaLine[], options: ScreenOptions): Promise<string> {
  return onScreen(
    options,
    (style) =>
      renderTable<SchemaLine>(
        [
          { head: "SCHEMA", cell: ({ name }) => ({ text: name, tone: "strong" }) },
          { head: "OF", cell: ({ of }) => ({ text: style.text(of) }), shrinkTo: 24 },
          { head: "ID", cell: ({ id }) => ({ text: id, tone: "faint" }), giveUp: 1 },
        ],
        schemas,
        style,
      ).text,
  );
}

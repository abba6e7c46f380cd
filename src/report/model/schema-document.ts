import type { SchemaLine } from "../../check/model/shipped-schema.ts";
import { schemaVersion } from "./document.ts";
import type { Tool } from "./tool.ts";
import { exitCodes } from "../../check/model/exit-code.ts";

/** The JSON report of `plugins schema` without a name. */
interface SchemaListDocument {
  readonly schemaVersion: typeof schemaVersion;
  readonly tool: Tool;
  readonly command: "schema";
  readonly schemas: readonly SchemaLine[];
  readonly exitCode: 0;
}

export function schemaListDocument(schemas: readonly SchemaLine[], tool: Tool): SchemaListDocument {
  return { schemaVersion, tool, command: "schema", schemas, exitCode: exitCodes.ok.code };
}

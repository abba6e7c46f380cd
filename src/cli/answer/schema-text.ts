import { readFileSync } from "node:fs";
import {
  schemaNames,
  shippedSchemas,
  type SchemaLine,
  type SchemaName,
} from "../../check/model/shipped-schema.ts";

/** The schema's file, as it ships. */
export function schemaText(name: SchemaName): string {
  return readFileSync(new URL(`../../../schemas/${name}.schema.json`, import.meta.url), "utf8");
}

export function listSchemas(): readonly SchemaLine[] {
  return schemaNames.map((name) => {
    const { $id: id } = JSON.parse(schemaText(name)) as { readonly $id: string };
    return { name, id, of: shippedSchemas[name] };
  });
}

import {
  schemaNames,
  shippedSchemas,
  type SchemaLine,
  type SchemaName,
} from "../../check/model/shipped-schema.ts";

/** @param texts the text of each schema's file, as it ships. */
export function listSchemas(texts: Readonly<Record<SchemaName, string>>): readonly SchemaLine[] {
  return schemaNames.map((name) => {
    const { $id: id } = JSON.parse(texts[name]) as { readonly $id: string };
    return { name, id, of: shippedSchemas[name] };
  });
}

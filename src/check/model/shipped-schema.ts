import { readFileSync } from "node:fs";

/** The JSON schemas that ship with the program, and what each describes. */
export const shippedSchemas = {
  manifest: "The manifest that a plugin or host embeds.",
  report: "What the commands print with --json, unless another schema applies.",
  config: "A configuration file: plugins.config.json, plugins.config.yaml, .pluginsrc.",
  lock: "A lock, as `plugins lock` writes it.",
  explain: "What `plugins explain` prints with --json.",
  diff: "What `plugins diff` prints with --json.",
} as const;

export type SchemaName = keyof typeof shippedSchemas;

export const schemaNames = Object.keys(shippedSchemas) as readonly SchemaName[];

/** The schema's file, as it ships. */
export function schemaText(name: SchemaName): string {
  return readFileSync(new URL(`../../../schemas/${name}.schema.json`, import.meta.url), "utf8");
}

/** One line of the list of schemas. */
export interface SchemaLine {
  readonly name: SchemaName;
  /** Its `$id`. */
  readonly id: string;
  /** What it describes. */
  readonly of: string;
}

export function listSchemas(): readonly SchemaLine[] {
  return schemaNames.map((name) => {
    const { $id: id } = JSON.parse(schemaText(name)) as { readonly $id: string };
    return { name, id, of: shippedSchemas[name] };
  });
}

/** The JSON schemas that ship with the program, and what each describes. */
export const shippedSchemas = {
  manifest: "The manifest that a plugin or host embeds.",
  report: "What the commands print with --json, unless another schema applies.",
  config: "A configuration file: plugins.config.json, plugins.config.yaml, .pluginsrc.",
  lock: "A lock, as `plugins lock` writes it.",
  explain: "What `plugins explain` prints with --json.",
  diff: "What `plugins diff` prints with --json.",
  embed: "What `plugins embed` prints with --json.",
} as const;

export type SchemaName = keyof typeof shippedSchemas;

export const schemaNames = Object.keys(shippedSchemas) as readonly SchemaName[];

/** One line of the list of schemas. */
export interface SchemaLine {
  readonly name: SchemaName;
  /** Its `$id`. */
  readonly id: string;
  /** What it describes. */
  readonly of: string;
}

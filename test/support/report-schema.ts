import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";

const schema = JSON.parse(
  readFileSync(new URL("../../schemas/report.schema.json", import.meta.url), "utf8"),
) as object;
const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);

/** What breaks schemas/report.schema.json in a document; nothing where it follows it. */
export function schemaBreaches(document: unknown): readonly string[] {
  if (validate(document)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
}

/** The one JSON document that a command printed. @throws where it is none, or breaks the schema. */
export function reportOf(stdout: string): Readonly<Record<string, unknown>> {
  const document = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
  const breaches = schemaBreaches(document);
  if (breaches.length > 0) throw new Error(breaches.join("\n"));
  return document;
}

import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import type { Log } from "sarif";

/** The errata's schema is written for draft 4; it uses nothing that draft 7 reads otherwise, but for the name of `id`. */
const schema = JSON.parse(
  readFileSync(new URL("schemas/sarif-schema-2.1.0.json", import.meta.url), "utf8"),
) as Record<string, unknown>;
schema["$id"] = schema["id"];
delete schema["id"];
delete schema["$schema"];
const ajv = new Ajv({ allErrors: true, strict: false });
formats.default(ajv);
const validate = ajv.compile(schema);

/** What breaks OASIS' schema in a SARIF log; nothing where it follows it. */
function sarifProblems(log: unknown): readonly string[] {
  if (validate(log)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
}

/** The SARIF log in a text. @throws where it breaks OASIS' schema. */
export function sarifLog(text: string): Log {
  const log: unknown = JSON.parse(text);
  const problems = sarifProblems(log);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return log as Log;
}

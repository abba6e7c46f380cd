import type { ErrorObject, ValidateFunction } from "ajv";
import { escapePointer } from "../../manifest/schema.ts";

/** One place in which a file written by people or by this program breaks its schema. */
export interface SchemaBreach {
  /** JSON pointer to the value that is wrong; for an unknown key, to the object that has it. */
  readonly pointer: string;
  /** A sentence fragment: "must be integer". */
  readonly message: string;
  /** A key that the schema does not know, and the keys that it knows there. */
  readonly unknownKey?: { readonly key: string; readonly known: readonly string[] };
}

/**
 * The breaches of a schema; none if the value is valid.
 * @param compiled ajv's code for one of the schemas in the folder schemas, which has no types.
 */
export function schemaBreaches(compiled: unknown, value: unknown): readonly SchemaBreach[] {
  const validate = compiled as ValidateFunction;
  if (validate(value)) return [];
  return (validate.errors ?? []).filter(({ keyword }) => keyword !== "if").map(breach);
}

function breach({
  keyword,
  instancePath,
  schemaPath,
  params,
  message,
  parentSchema,
}: ErrorObject): SchemaBreach {
  const given = params as Readonly<Record<string, unknown>>;
  switch (keyword) {
    case "additionalProperties": {
      const key = String(given["additionalProperty"]);
      const properties = (parentSchema as { readonly properties?: object } | undefined)?.properties ?? {};
      const known = Object.keys(properties).filter((each) => !each.startsWith("$"));
      return { pointer: instancePath, message: `unknown key ${key}`, unknownKey: { key, known } };
    }
    case "required":
      return { pointer: instancePath, message: `${String(given["missingProperty"])} is missing` };
    case "enum": {
      const allowed = (given["allowedValues"] as readonly unknown[]).map(String).join(", ");
      return { pointer: instancePath, message: `must be one of ${allowed}` };
    }
    case "format":
      return { pointer: instancePath, message: "must be a date such as 2027-01-31" };
    case "false schema": {
      const other = /\/dependentSchemas\/([^/]+)\//.exec(schemaPath)?.[1] ?? "another key that is here";
      return { pointer: instancePath, message: `cannot be combined with ${other}` };
    }
    case "dependentSchemas":
    case "not":
      return { pointer: instancePath, message: "contains mutually exclusive keys" };
    case "propertyNames":
      return {
        pointer: `${instancePath}/${escapePointer(String(given["propertyName"]))}`,
        message: "is not an allowed key",
      };
    default:
      return { pointer: instancePath, message: message ?? keyword };
  }
}

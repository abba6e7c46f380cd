import { createRequire } from "node:module";
import type { ErrorObject, ValidateFunction } from "ajv";
import type { Ajv2020 as Ajv } from "ajv/dist/2020.js";
import type { FormatsPlugin } from "ajv-formats";
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

/** A schema of the folder schemas. */
interface ShippedSchema {
  readonly $id: string;
}

const require = createRequire(import.meta.url);
const compiled = new Map<string, ValidateFunction>();

/**
 * The breaches of one of the schemas in the folder schemas; none if the value is valid.
 * @param definition the part of it that the value must follow, by its name in $defs: with fewer alternatives, the messages are clearer.
 */
export function schemaBreaches(
  schema: ShippedSchema,
  value: unknown,
  definition?: string,
): readonly SchemaBreach[] {
  const key = `${schema.$id} ${definition ?? ""}`;
  const validate = compiled.get(key) ?? compile(schema, definition);
  compiled.set(key, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).filter(({ keyword }) => keyword !== "if").map(breach);
}

// Only commands that read such a file load ajv.
function compile(schema: ShippedSchema, definition: string | undefined): ValidateFunction {
  const { Ajv2020 } = require("ajv/dist/2020.js") as { readonly Ajv2020: typeof Ajv };
  const addFormats = require("ajv-formats") as FormatsPlugin;
  const ajv = new Ajv2020({ allErrors: true, verbose: true, validateSchema: false, allowUnionTypes: true });
  addFormats(ajv, ["date"]);
  if (definition === undefined) return ajv.compile(schema);
  ajv.addSchema(schema);
  return ajv.compile({ $ref: `${schema.$id}#/$defs/${definition}` });
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

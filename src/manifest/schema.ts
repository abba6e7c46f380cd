import type { ErrorObject, ValidateFunction } from "ajv";
import manifestSchema from "../../schemas/manifest.schema.json" with { type: "json" };
import { validateManifest } from "./generated/manifest-validator.ts";
import type { Manifest } from "./generated/manifest.ts";
import { memo } from "./memo.ts";

/** The version of schemas/manifest.schema.json that this program reads. */
export const schemaVersion = 1;

/** One place where a manifest breaks the schema. */
export interface SchemaProblem {
  /** JSON pointer to the field, "" for the whole. */
  readonly pointer: string;
  readonly expected: string;
  readonly found: string;
  /** Set if the field is required and not there. */
  readonly isMissing?: true;
}

const validate = validateManifest as unknown as ValidateFunction<Manifest>;

/** Holds a JSON value against schemas/manifest.schema.json; every breach is returned, none where it is valid. */
export function schemaProblems(value: unknown): readonly SchemaProblem[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => problem(error));
}

function problem(error: ErrorObject): SchemaProblem {
  const params = error.params as Readonly<Record<string, unknown>>;
  if (error.keyword === "required") {
    return {
      pointer: `${error.instancePath}/${escapePointer(String(params["missingProperty"]))}`,
      expected: "a value, since the field is required",
      found: "nothing",
      isMissing: true,
    };
  }
  return {
    pointer: error.instancePath,
    expected: expectation(error, params),
    found: shortly(error.data),
  };
}

function expectation(error: ErrorObject, params: Readonly<Record<string, unknown>>): string {
  switch (error.keyword) {
    case "type":
      return `a JSON ${String(params["type"])}`;
    case "enum":
      return (params["allowedValues"] as readonly unknown[]).map((each) => JSON.stringify(each)).join(" or ");
    case "format":
      return "an RFC 3339 time such as 2025-07-03T12:34:56Z";
    case "minLength":
      return "text that is not empty";
    case "minimum":
      return `at least ${String(params["limit"])}`;
    case "propertyNames":
      return "keys that are not empty";
    default:
      return error.message ?? error.keyword;
  }
}

/** A value as JSON, cut to what fits a line. */
export function shortly(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** One reference token of a JSON pointer (RFC 6901, section 3). */
export const escapePointer: (token: string) => string = memo((token) =>
  token.replaceAll("~", "~0").replaceAll("/", "~1"),
);

/** The names of the fields that the schema knows. */
export const manifestFields: readonly string[] = Object.keys(manifestSchema.properties);

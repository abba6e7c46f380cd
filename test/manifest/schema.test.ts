import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect, it } from "vitest";
import { manifestFields } from "../../src/manifest/schema.ts";

const place = new URL("../../schemas/manifest.schema.json", import.meta.url);
const schema = JSON.parse(readFileSync(place, "utf8")) as object;

it("the manifest's schema is a valid schema, in ajv's strict mode too", () => {
  const ajv = new Ajv2020({ strict: true });
  addFormats.default(ajv);
  expect(ajv.validateSchema(schema)).toBe(true);
  expect(() => ajv.compile(schema)).not.toThrow();
});

it("the types follow the schema", async () => {
  // @ts-expect-error -- a script without types
  const { manifestTypes } = (await import("../../scripts/generate.js")) as {
    manifestTypes: () => Promise<string>;
  };
  const types = readFileSync(new URL("../../src/manifest/manifest.ts", import.meta.url), "utf8");
  expect(await manifestTypes()).toBe(types);
});

it("the fields that a misspelling is held against are the schema's", () => {
  expect(manifestFields()).toContain("dependency_hashes");
  expect(manifestFields()).toHaveLength(12);
});

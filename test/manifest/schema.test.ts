import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect, it } from "vitest";
import { manifestFields, schemaProblems } from "../../src/manifest/schema.ts";
import { exampleManifest } from "../support/example-manifest.ts";

const place = new URL("../../schemas/manifest.schema.json", import.meta.url);
const schema = JSON.parse(readFileSync(place, "utf8")) as object;

it("the manifest's schema is a valid schema, in ajv's strict mode too", () => {
  const ajv = new Ajv2020({ strict: true });
  addFormats.default(ajv);
  expect(ajv.validateSchema(schema)).toBe(true);
  expect(() => ajv.compile(schema)).not.toThrow();
});

it("the types follow the schema", async () => {
  const { manifestTypes } = await generator();
  expect(await manifestTypes()).toBe(textOf("src/manifest/generated/manifest.ts"));
});

it("the validators are what ajv makes of the schemas", async () => {
  const { validatorFiles } = await generator();
  const files = await validatorFiles();
  expect(Object.keys(files).length).toBe(4);
  for (const [file, text] of Object.entries(files)) expect(textOf(file) === text, file).toBe(true);
});

it("the validator finds what ajv finds", () => {
  const ajv = new Ajv2020({ allErrors: true, verbose: true });
  addFormats.default(ajv);
  const byAjv = ajv.compile(schema);
  const broken: unknown[] = [
    null,
    [],
    {},
    { ...exampleManifest(), build_time: "yesterday", schema_version: 0, target: "" },
    { ...exampleManifest(), dependency_hashes: { "": "h1:", a: 1 }, build_flags: "-race" },
    { ...exampleManifest(), language: "c", components: [{ kind: "" }, 7] },
  ];
  for (const value of broken) {
    expect(byAjv(value)).toBe(false);
    const places = (byAjv.errors ?? []).map(({ instancePath }) => instancePath);
    expect(schemaProblems(value).map(({ pointer }, at) => pointer.startsWith(places[at] ?? "none"))).toEqual(
      places.map(() => true),
    );
  }
  expect(byAjv(exampleManifest())).toBe(true);
  expect(schemaProblems(exampleManifest())).toEqual([]);
});

it("the fields that a misspelling is held against are the schema's", () => {
  expect(manifestFields).toContain("dependency_hashes");
  expect(manifestFields).toHaveLength(12);
});

function textOf(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
}

function generator(): Promise<{
  readonly manifestTypes: () => Promise<string>;
  readonly validatorFiles: () => Promise<Readonly<Record<string, string>>>;
}> {
  // @ts-expect-error -- a script without types
  return import("../../scripts/generate.js") as Promise<never>;
}

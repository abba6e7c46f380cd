import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect, it } from "vitest";
import { escapePointer, manifestFields, schemaProblems, shortly } from "../../src/manifest/schema.ts";
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

it.each([
  [{ build_flags: "-race" }, "/build_flags", "a JSON array", '"-race"'],
  [{ build_flags: [1] }, "/build_flags/0", "a JSON string", "1"],
  [{ language: "zig" }, "/language", '"go" or "rust"', '"zig"'],
  [
    { build_time: "yesterday" },
    "/build_time",
    "an RFC 3339 time such as 2025-07-03T12:34:56Z",
    '"yesterday"',
  ],
  [{ target: "" }, "/target", "text that is not empty", '""'],
  [{ schema_version: 0 }, "/schema_version", "at least 1", "0"],
  [{ dependency_hashes: { "": "h1:a=" } }, "/dependency_hashes", "keys that are not empty", "an object"],
])(
  "a breach is told with its place, what was expected and what was found: %j",
  (fields, pointer, expected, found) => {
    expect(schemaProblems({ ...exampleManifest(), ...fields })).toContainEqual({ pointer, expected, found });
  },
);

it("a missing field is told as such", () => {
  const { language, ...rest } = exampleManifest();
  expect(language).toBe("go");
  expect(schemaProblems(rest)).toEqual([
    {
      pointer: "/language",
      expected: "a value, since the field is required",
      found: "nothing",
      isMissing: true,
    },
  ]);
});

it.each([
  [undefined, "nothing"],
  [null, "null"],
  [true, "true"],
  [[1, 2], "an array of 2"],
  [{ a: 1 }, "an object"],
  ["x".repeat(78), JSON.stringify("x".repeat(78))],
  ["x".repeat(79), `"${"x".repeat(76)}…`],
])("a value is told on one line: %j", (value, text) => {
  expect(shortly(value)).toBe(text);
});

it.each([
  ["a/b/c", "a~1b~1c"],
  ["~/~", "~0~1~0"],
  ["~1", "~01"],
  ["plain", "plain"],
])("%s is a part of a JSON pointer", (token, escaped) => {
  expect(escapePointer(token)).toBe(escaped);
});

it("the fields that a misspelling is held against are the schema's", () => {
  expect(manifestFields).toContain("dependency_hashes");
  expect(manifestFields).toHaveLength(13);
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

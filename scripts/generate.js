// Writes what follows from the JSON Schemas: TypeScript types, and the code that ajv makes of a schema. A test fails when
// one of them is not in step.
import { readFileSync, writeFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import addFormats from "ajv-formats";
import { compile } from "json-schema-to-typescript";
import prettier from "prettier";

const root = new URL("../", import.meta.url);
const banner =
  "// Made from schemas/manifest.schema.json by `npm run generate`; edit that file instead of this one.";

/** The text of src/manifest/generated/manifest.ts as the schema asks for it. */
export async function manifestTypes() {
  return formatted(await compile(manifestSchema(), "Manifest", { bannerComment: banner, format: false }));
}

/**
 * The text of src/manifest/generated/manifest-validator.ts: ajv's code for the schema. To load ajv and have it compile the schema would
 * cost each run some 75 ms.
 */
export async function manifestValidator() {
  // Whether a text is empty, its code units tell as well as its characters, which would have to be counted.
  const unicode = false;
  const code = { source: true, esm: true };
  const ajv = new Ajv2020({ allErrors: true, verbose: true, unicode, code, logger: false });
  addFormats.default(ajv, ["date-time"]);
  const schema = manifestSchema();
  ajv.addSchema(schema);
  const text = standaloneCode.default(ajv, { validateManifest: schema.$id });
  return formatted(`${banner}
    /* eslint-disable */
    // @ts-nocheck -- ajv's code has no types
    import { createRequire } from "node:module";
    // ajv's code asks for its own helpers by require, in ES modules too.
    const require = createRequire(import.meta.url);
    ${text.replace(/^"use strict";/, "")}`);
}

function manifestSchema() {
  return JSON.parse(readFileSync(new URL("schemas/manifest.schema.json", root), "utf8"));
}

async function formatted(text) {
  const options = await prettier.resolveConfig(new URL("package.json", root));
  return prettier.format(text, { ...options, parser: "typescript" });
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(new URL("src/manifest/generated/manifest.ts", root), await manifestTypes());
  writeFileSync(new URL("src/manifest/generated/manifest-validator.ts", root), await manifestValidator());
}

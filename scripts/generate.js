// Writes the TypeScript types that follow the JSON Schemas. A test fails when they are not in step.
import { readFileSync, writeFileSync } from "node:fs";
import { compile } from "json-schema-to-typescript";
import prettier from "prettier";

const root = new URL("../", import.meta.url);

/** The text of src/manifest/manifest.ts as the schema asks for it. */
export async function manifestTypes() {
  const schema = JSON.parse(readFileSync(new URL("schemas/manifest.schema.json", root), "utf8"));
  const text = await compile(schema, "Manifest", {
    bannerComment:
      "// Made from schemas/manifest.schema.json by `npm run generate`; edit that file instead of this one.",
    format: false,
  });
  return prettier.format(text, {
    ...(await prettier.resolveConfig(new URL("package.json", root))),
    parser: "typescript",
  });
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(new URL("src/manifest/manifest.ts", root), await manifestTypes());
}

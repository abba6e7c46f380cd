// Writes what follows from other files: types and ajv's code from the manifest's JSON Schema, the list of rule pages and the schemas'
// examples from the folders of src/rules. A test fails if one of them is out of date.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import addFormats from "ajv-formats";
import { compile } from "json-schema-to-typescript";
import prettier from "prettier";

const root = new URL("../", import.meta.url);
const banner =
  "// Made from schemas/manifest.schema.json by `npm run generate`; edit that file instead of this one.";

/** The text of src/manifest/generated/manifest.ts, made from the schema. */
export async function manifestTypes() {
  return formatted(await compile(manifestSchema(), "Manifest", { bannerComment: banner, format: false }));
}

/**
 * The text of src/manifest/generated/manifest-validator.ts: ajv's code for the schema. Loading ajv and compiling the schema
 * would cost each run about 75 ms.
 */
export async function manifestValidator() {
  // Code units tell as well as characters whether a text is empty, and characters would have to be counted.
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

/** Every rule's group and id, which are the names of its folders: src/rules/GROUP/ID/rule.ts. */
export function ruleFolders() {
  const rules = new URL("src/rules/", root);
  const groups = readdirSync(rules, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return groups
    .flatMap(({ name: group }) => readdirSync(new URL(`${group}/`, rules)).map((id) => ({ group, id })))
    .filter(({ group, id }) => existsSync(new URL(`${group}/${id}/rule.ts`, rules)))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** The text of src/rules/generated/pages.ts. It is separate from the registry, since most commands show no page. */
export async function rulePages() {
  const folders = ruleFolders();
  const name = (id) => id.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  return formatted(`// Made from the folders of src/rules by \`npm run generate\`.
    import type { RuleId } from "../registry.ts";
    import type { RulePage } from "../rule-page.ts";
    ${folders.map(({ group, id }) => `import { ${name(id)} } from "../${group}/${id}/page.ts";`).join("\n")}

    /** The page of every rule. */
    export const rulePages: Readonly<Record<RuleId, RulePage>> = {
      ${folders.map(({ id }) => `"${id}": ${name(id)},`).join("\n")}
    };`);
}

/** Where the schemas name all rules as examples. */
const rulesInSchemas = { report: "rule", explain: "ruleId" };

/** The text of a schema that names all rules: "report" or "explain". */
export async function schemaWithRules(name) {
  const schema = JSON.parse(readFileSync(new URL(`schemas/${name}.schema.json`, root), "utf8"));
  schema.$defs[rulesInSchemas[name]].examples = ruleFolders().map(({ id }) => id);
  const options = await prettier.resolveConfig(new URL("package.json", root));
  return prettier.format(JSON.stringify(schema, null, 2), { ...options, parser: "json" });
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
  writeFileSync(new URL("src/rules/generated/pages.ts", root), await rulePages());
  for (const name of Object.keys(rulesInSchemas)) {
    writeFileSync(new URL(`schemas/${name}.schema.json`, root), await schemaWithRules(name));
  }
}

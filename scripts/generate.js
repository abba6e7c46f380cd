// Writes what follows from other files: types and ajv's code from the manifest's JSON Schema, the list of rule pages and the schemas'
// examples from the folders of src/rules. A test fails if one of them is out of date.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import addFormats from "ajv-formats";
import { compile } from "json-schema-to-typescript";
import prettier from "prettier";

const root = new URL("../", import.meta.url);
/** The text of src/manifest/generated/manifest.ts, made from the schema. */
export async function manifestTypes() {
  const bannerComment = banner("manifest");
  return formatted(await compile(schemaOf("manifest"), "Manifest", { bannerComment, format: false }));
}

/** For a file that this program writes itself: nobody corrects it, so the first breach is enough, without its schema. */
const firstBreach = { allErrors: false, verbose: false, inlineRefs: false };

/**
 * The schemas that files are checked against when the tool runs. Loading ajv and compiling one of them would cost each run about
 * 75 ms; ajv's code for it costs nothing.
 */
const validators = {
  manifest: {
    file: "src/manifest/generated/manifest-validator.ts",
    name: "validateManifest",
    format: "date-time",
  },
  config: { file: "src/check/model/generated/config-validator.ts", name: "validateConfig", format: "date" },
  lock: {
    file: "src/check/model/generated/lock-validator.ts",
    name: "validateLock",
    options: firstBreach,
    format: "date",
  },
  // With fewer alternatives, the messages are clearer.
  report: {
    file: "src/check/model/generated/report-validator.ts",
    name: "validateReport",
    options: firstBreach,
    format: "date",
    definition: "report",
  },
};

/** The text of each file with ajv's code for a schema, by the file's path. */
export async function validatorFiles() {
  const all = Object.entries(validators).map(async ([schema, validator]) => [
    validator.file,
    await validatorText(schema, validator),
  ]);
  return Object.fromEntries(await Promise.all(all));
}

async function validatorText(name, { name: exported, options = {}, format, definition }) {
  const code = { source: true, esm: true };
  const ajv = new Ajv2020({ allErrors: true, verbose: true, ...options, ...lenient, code });
  addFormats.default(ajv, [format]);
  const schema = schemaOf(name);
  ajv.addSchema(schema);
  if (definition === undefined) ajv.getSchema(schema.$id);
  else ajv.addSchema({ $id: "whole", $ref: `${schema.$id}#/$defs/${definition}` });
  const text = standaloneCode.default(ajv, { [exported]: definition === undefined ? schema.$id : "whole" });
  const imports = new Map();
  // ajv's code asks for its helpers by require, in ES modules too.
  const body = text.replace(/^"use strict";/, "").replace(/require\("([^"]+)"\)/g, (_, path) => {
    if (!imports.has(path)) imports.set(path, `helper${imports.size}`);
    return imports.get(path);
  });
  const lines = [...imports].map(([path, local]) => `import * as ${local} from "${path}.js";`);
  return formatted(`${banner(name)}
    /* eslint-disable */
    // @ts-nocheck -- ajv's code has no types
    ${lines.join("\n")}
    ${body}`);
}

/**
 * The schemas are ours, and a test checks them. Code units tell as well as characters whether a text is empty, and characters would
 * have to be counted.
 */
const lenient = { validateSchema: false, allowUnionTypes: true, unicode: false, logger: false };

function banner(name) {
  return `// Made from schemas/${name}.schema.json by \`npm run generate\`; edit that file instead of this one.`;
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
  const schema = schemaOf(name);
  schema.$defs[rulesInSchemas[name]].examples = ruleFolders().map(({ id }) => id);
  const options = await prettier.resolveConfig(new URL("package.json", root));
  return prettier.format(JSON.stringify(schema, null, 2), { ...options, parser: "json" });
}

function schemaOf(name) {
  return JSON.parse(readFileSync(new URL(`schemas/${name}.schema.json`, root), "utf8"));
}

async function formatted(text) {
  const options = await prettier.resolveConfig(new URL("package.json", root));
  return prettier.format(text, { ...options, parser: "typescript" });
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(new URL("src/manifest/generated/manifest.ts", root), await manifestTypes());
  writeFileSync(new URL("src/rules/generated/pages.ts", root), await rulePages());
  for (const name of Object.keys(rulesInSchemas)) {
    writeFileSync(new URL(`schemas/${name}.schema.json`, root), await schemaWithRules(name));
  } // After the schemas: they are made from them.
  for (const [file, text] of Object.entries(await validatorFiles())) {
    mkdirSync(new URL("./", new URL(file, root)), { recursive: true });
    writeFileSync(new URL(file, root), text);
  }
}

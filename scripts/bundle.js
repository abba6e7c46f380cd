// Bundles src and the packages that it uses: the command line in a few CommonJS files, which start faster than ES modules, or in one,
// for a single-file executable; and the library in one ES module.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const root = fileURLToPath(new URL("../", import.meta.url));

/**
 * The files of the command line, in the order in which they are filled: each takes what its roots need and no file before it has. V8
 * looks at all code of a file when it is loaded, at about 40 MB/s, so that the whole program in one file would take as long to load as
 * Node itself.
 */
const files = {
  start: ["entry:entry"],
  oclif: ["node_modules/@oclif/core/lib/command.js"],
  help: ["src/cli/help.ts"],
  list: ["src/commands/list.ts", "src/check/list.ts", "src/report/format/json.ts"],
  read: [
    "src/object/open.ts",
    "src/artifact/artifact.ts",
    "src/check/judge/file-result.ts",
    "src/language/combined-fixes.ts",
    "src/language/languages.ts",
    "src/manifest/claim.ts",
    "src/manifest/schema.ts",
    "src/rules/evaluation.ts",
    "src/rules/generated/pages.ts",
    "src/rules/registry.ts",
  ],
  check: [
    "src/commands/check-all.ts",
    "src/commands/validate.ts",
    "src/check/check-all.ts",
    "src/check/validate.ts",
  ],
  screen: [
    "src/report/screen/list.ts",
    "src/report/screen/check-all.ts",
    "src/report/screen/validate.ts",
    "node_modules/chalk/source/index.js",
    "node_modules/string-width/index.js",
  ],
  config: ["src/cli/config/file.ts"],
  failure: ["src/cli/failure.ts"],
};

/** The file of everything else. */
const rest = "more";

/** What is imported everywhere but only called once there is a plugin to read: it is loaded then. */
const late = files.read;

/** The same of Node's own modules. */
const lateBuiltins = [
  "node:child_process",
  "node:crypto",
  "node:readline",
  "node:stream/consumers",
  "node:zlib",
];

/** What src imports from oclif, and where it is: none of its search for commands and plugins. */
const oclifParts = {
  Args: 'require("./args")',
  Flags: 'require("./flags")',
  Command: 'require("./command").Command',
  CommandHelp: 'require("./help").CommandHelp',
  Help: 'require("./help").Help',
};

/** oclif's search for commands and plugins, and its spinner: nothing here uses them. */
const leftOutOfOclif = /(?:^|\/)(?:config|ts-path|module-loader|ux|read-pjson)$/;

/** What the CycloneDX library asks for to write XML: only JSON is written, and a copy that happens to lie around is not loaded. */
const leftOutElsewhere = /^xmlbuilder2$/;

const options = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20.19",
  // Names stay: a stack trace in a bug report must be readable, and V8 does not care.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
};

/**
 * The classes of the commands (`load[ID]()`) and the tables that help shows, in one file, for what is derived from them.
 * @param outfile where the code is written.
 */
export async function bundleCommands(outfile) {
  await build({
    ...options,
    stdin: {
      contents: `export { exitCodes } from "./src/check/model/exit-code.ts";
        export { environmentVariables } from "./src/cli/config/environment.ts";
        export const load = {${commandLoaders()}};`,
      resolveDir: root,
    },
    format: "cjs",
    outfile,
    plugins: [oclif, leftOut],
  });
}

/**
 * The command line in several files: start.cjs exports `run(argv)` and loads the others.
 * @param outdir where they are written.
 * @param description what else is known of the program: oclif's manifest of the commands, and the man page.
 * @returns what is in them, as esbuild describes it.
 */
export async function bundleCommandLine(outdir, description) {
  const { outputFiles, metafile } = await build({
    ...options,
    entryPoints: ["entry:", ...late],
    format: "esm",
    splitting: true,
    write: false,
    outdir,
    plugins: [entry(description), oclif, leftOut],
  });
  const chunks = await chunksOf(outputFiles, metafile);
  const fileOf = placesOf(chunks);
  mkdirSync(outdir, { recursive: true });
  for (const file of [...Object.keys(files), rest]) {
    const functions = chunks
      .filter(({ id }) => fileOf[id] === file)
      // The parentheses tell V8 that the function is called soon. Without them, it would be parsed twice.
      .map(({ id, code }) => `${JSON.stringify(id)}:(function(exports,require,module){${code}})`);
    const object = `{${functions.join(",\n")}}`;
    const text = file === "start" ? startText(object, fileOf, chunks[0].id) : `module.exports=${object};\n`;
    writeFileSync(join(outdir, `${file}.cjs`), `"use strict";\n${text}`);
  }
  return metafile;
}

/** The library, which ES modules import and, from Node 20.19, CommonJS modules require. */
export async function bundleLibrary(outfile) {
  const { metafile } = await build({
    ...options,
    entryPoints: ["src/index.ts"],
    format: "esm",
    outfile,
    plugins: [leftOut],
    banner: {
      js: 'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);',
    },
  });
  return metafile;
}

/** A command's name is that of its file. */
function commandLoaders() {
  const ids = readdirSync(join(root, "src/commands")).map((file) => basename(file, ".ts"));
  return ids.map((id) => `${JSON.stringify(id)}: () => import("./src/commands/${id}.ts")`).join(",");
}

/** The text of each file in the folder kits, by its path there. */
function kits() {
  const names = readdirSync(join(root, "kits"), { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => relative(join(root, "kits"), join(each.parentPath, each.name)));
  return Object.fromEntries(names.sort().map((name) => [name, read(`kits/${name}`)]));
}

/** The module `entry:`, which puts together src/cli/program.ts's Program. */
function entry({ commands, manPage }) {
  const { name, version, description, bin } = JSON.parse(read("package.json"));
  const schemas = readdirSync(join(root, "schemas")).map((file) => [
    basename(file, ".schema.json"),
    read(`schemas/${file}`),
  ]);
  // A text that is parsed when it is asked for costs less than an object.
  const program = `{
    ...${JSON.stringify({ name, version, description, names: Object.keys(bin) })},
    commands: () => JSON.parse(${JSON.stringify(JSON.stringify(commands))}),
    texts: async () => (await import("texts:")).default,
    load: {${commandLoaders()}},
  }`;
  const contents = {
    "entry:": `import { main } from "./src/cli/main.ts";
      const program = ${program};
      export const run = (argv) => main(argv, program);`,
    "texts:": `export default ${JSON.stringify({ schemas: Object.fromEntries(schemas), manPage, kits: kits() })};`,
  };
  return {
    name: "entry",
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^(?:entry|texts):$/ }, ({ path }) => ({
        path: path.replace(":", ""),
        namespace: path.replace(":", ""),
      }));
      onLoad({ filter: /./, namespace: "entry" }, () => ({ contents: contents["entry:"], resolveDir: root }));
      onLoad({ filter: /./, namespace: "texts" }, () => ({ contents: contents["texts:"] }));
    },
  };
}

/** esbuild's files as CommonJS, the entry first. */
async function chunksOf(outputFiles, { outputs }) {
  const known = Object.entries(outputs).map(([path, output]) => ({ id: basename(path), ...output }));
  const isLate = ({ inputs }) => late.some((part) => part in inputs);
  const lateIds = known.filter(isLate).map(({ id }) => id);
  const all = outputFiles.map(async ({ path, text }) => {
    const chunk = known.find(({ id }) => id === basename(path));
    const { code } = await transform(text, {
      ...{ platform: "node", target: options.target, format: "cjs", supported: { "dynamic-import": false } },
      ...{ minifyWhitespace: true, minifySyntax: true },
    });
    return {
      id: chunk.id,
      isLate: isLate(chunk),
      roots: [chunk.entryPoint, ...Object.keys(chunk.inputs).filter((input) => isRoot(input))],
      needs: chunk.imports
        .filter(({ kind, external }) => kind === "import-statement" && external !== true)
        .map(({ path: each }) => basename(each)),
      code: withLate(code, [...lateBuiltins, ...lateIds.map((id) => `./${id}`)]),
    };
  });
  const chunks = await Promise.all(all);
  refuseUnknownLoads(chunks);
  return chunks.sort(
    (one, other) => Number(other.roots.includes(files.start[0])) - Number(one.roots.includes(files.start[0])),
  );
}

/**
 * @param chunks their ids and code.
 * @throws Error if one loads what no file has: esbuild gives a module of `late` that is also imported by `import()` a second file.
 */
export function refuseUnknownLoads(chunks) {
  const ids = new Set(chunks.map(({ id }) => id));
  for (const { id, code } of chunks) {
    for (const [, wanted] of code.matchAll(/\brequire\("\.\/([^"]+)"\)/g))
      if (!ids.has(wanted))
        throw new Error(`scripts/bundle.js: ${id} loads ${wanted}, which no file has; import it statically`);
  }
}

/** Roots that are not loaded by `import()`, but are part of a chunk. */
function isRoot(input) {
  return late.includes(input) || files.oclif.includes(input);
}

/** Which file each chunk is in. */
function placesOf(chunks) {
  const fileOf = {};
  const place = (chunk, file) => {
    if (chunk.id in fileOf) return;
    fileOf[chunk.id] = file;
    for (const id of chunk.needs) {
      const needed = chunks.find((each) => each.id === id);
      if (!needed.isLate || file === "read") place(needed, file);
    }
  };
  for (const [file, roots] of Object.entries(files)) {
    for (const name of roots) {
      const found = chunks.filter((each) => each.roots.includes(name));
      if (found.length === 0) throw new Error(`scripts/bundle.js: ${name} is not loaded by itself`);
      for (const chunk of found) place(chunk, file);
    }
  }
  for (const { id } of chunks) fileOf[id] ??= rest;
  return fileOf;
}

/** start.cjs: its own chunks, and what loads a chunk from whichever file it is in. */
function startText(own, fileOf, entryId) {
  return `const own = ${own};
const fileOf = ${JSON.stringify(fileOf)};
const loaded = new Map();
function load(name) {
  if (!name.startsWith("./")) return require(name);
  const known = loaded.get(name);
  if (known !== undefined) return known.exports;
  const module = { exports: {} };
  loaded.set(name, module);
  const id = name.slice(2);
  const file = fileOf[id];
  (file === "start" ? own : require(\`./\${file}.cjs\`))[id](module.exports, load, module);
  return module.exports;
}
exports.run = (argv) => load("./${entryId}").run(argv);
`;
}

/** Code in which modules are not loaded at its start, but where they are used. @param modules as they are required. */
function withLate(code, modules) {
  const call = modules.map((each) => each.replace(/[./]/g, "\\$&")).join("|");
  return withUsesReplaced(
    code,
    new RegExp(
      `(?<=[;,]|var )(?<name>\\w+)=(?<value>(?:__toESM\\()?require\\("(?:${call})"\\)(?:,1\\)|\\))?)(?=[;,])`,
      "g",
    ),
    ({ name }) => name,
  );
}

/**
 * oclif's modules load one another at once: all of them, with what they use, for any of them. Here each is loaded where something of it
 * is used.
 */
const oclif = {
  name: "oclif",
  setup({ onLoad }) {
    onLoad({ filter: /\/node_modules\/@oclif\/core\/lib\/index\.js$/ }, () => ({
      contents: Object.entries(oclifParts)
        .map(([name, value]) => `Object.defineProperty(exports, "${name}", { get: () => ${value} });`)
        .join("\n"),
    }));
    onLoad({ filter: /\/node_modules\/@oclif\/core\/lib\/.*\.js$/ }, ({ path }) => ({
      contents: withUsesReplaced(
        readFileSync(path, "utf8"),
        /^(?:const|var) (?<name>\w+) = (?<value>(?:__import(?:Default|Star)\()?require\("[^"]+"\)\)?);$/gm,
        () => "",
      ),
    }));
  },
};

/**
 * `const name = require("path")` is removed, and each `name.thing` becomes `(require("path")).thing`. A module that is also used as a
 * whole stays as it is.
 */
function withUsesReplaced(code, declaration, left) {
  const found = [...code.matchAll(declaration)].map(({ 0: text, groups }) => ({ text, ...groups }));
  // Not a member of that name; `...name.list` is one of the uses.
  const use = (name, after) => new RegExp(`(?<![\\w$]|(?<!\\.\\.)\\.)${name}${after}`, "g");
  return found
    .filter(({ name, text }) => !use(name, "(?![\\w$.])").test(code.replace(text, "")))
    .reduce(
      (lazy, { name, value, text }) =>
        lazy.replace(text, () => left({ name })).replace(use(name, "(?=\\.)"), () => `(${value})`),
      code,
    );
}

const leftOut = {
  name: "left-out",
  setup({ onLoad, onResolve }) {
    const namespace = "left-out";
    onResolve({ filter: leftOutElsewhere }, ({ path }) => ({ path, namespace }));
    onResolve({ filter: leftOutOfOclif }, ({ path, importer }) =>
      importer.includes("/node_modules/@oclif/core/") ? { path, namespace } : undefined,
    );
    onLoad({ filter: /./, namespace }, ({ path }) => ({
      contents: `throw new Error(${JSON.stringify(`${path} is not part of this program`)});`,
    }));
  },
};

function read(path) {
  return readFileSync(join(root, path), "utf8");
}

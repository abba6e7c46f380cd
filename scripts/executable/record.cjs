// Runs commands and writes V8's code for what they used beside each file of the folder: FILE.code. Its argument is the folder.
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { Script } = require("node:vm");

const folder = process.argv[2];
const scripts = new Map();
const sample = "fixtures/sample-rust/plugins";
const commands = [
  ["--version"],
  ["--help"],
  ["list", "--help"],
  ["list", "--json", sample],
  ["list", sample],
  ["check-all", sample, "--host", "fixtures/sample-rust/otelcol"],
  ["check-all", sample, "--host", "fixtures/sample-rust/otelcol", "--json"],
  ["explain", "claim-target"],
];

function load(name) {
  const filename = name.slice(2);
  const module = { exports: {} };
  // As program.cjs does it: V8 compares the text, and the name is part of what it keeps.
  const script = new Script(readFileSync(join(folder, filename), "utf8"), { filename });
  scripts.set(filename, script);
  script.runInThisContext()(module.exports, requireAny, module);
  return module.exports;
}

const loaded = new Map();
function requireAny(name) {
  if (!name.startsWith("./")) return require(name);
  if (!loaded.has(name)) loaded.set(name, load(name));
  return loaded.get(name);
}

async function record() {
  const { run } = load("./start.cjs");
  for (const argv of commands) await run(argv);
  for (const [name, script] of scripts)
    writeFileSync(join(folder, `${name}.code`), script.createCachedData());
  process.exitCode = 0;
}

void record();

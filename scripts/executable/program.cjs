// The main program of an executable: start.cjs and the files that it asks for are among its assets, each as one function, and with it
// V8's code for it if it could be made.
const { getAsset, getRawAsset } = require("node:sea");
const { Script } = require("node:vm");

function load(name) {
  const filename = name.slice(2);
  const module = { exports: {} };
  const script = new Script(getAsset(filename, "utf8"), { filename, cachedData: codeOf(filename) });
  script.runInThisContext()(module.exports, requireAny, module);
  return module.exports;
}

function codeOf(filename) {
  try {
    return Buffer.from(getRawAsset(`${filename}.code`));
  } catch {
    return undefined;
  }
}

const loaded = new Map();
function requireAny(name) {
  if (!name.startsWith("./")) return require(name);
  if (!loaded.has(name)) loaded.set(name, load(name));
  return loaded.get(name);
}

void load("./start.cjs").run(process.argv.slice(2));

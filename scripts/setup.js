// Prepares a fresh clone: installs dependencies and builds, each only if it is missing or out of date. npm runs it, as `prepare`, when it
// installs or packs a source tree.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

/**
 * What builds is a development dependency, which NODE_ENV=production leaves out. An npm that runs this as `prepare` hands its own settings
 * down: `npm install --global git+https://…` asks for a global installation, `npm pack --dry-run` for none. `prepare` would come here again.
 */
const plain = [
  "--include=dev",
  "--global=false",
  "--location=project",
  "--dry-run=false",
  "--ignore-scripts",
  "--no-fund",
  "--no-audit",
  "--loglevel=error",
];
const root = fileURLToPath(new URL("../", import.meta.url));

/** Does what is missing, and reports it on stderr. */
export function setUp() {
  if (isOlder("node_modules/.package-lock.json", ["package-lock.json"])) {
    run("installing dependencies", "npm", "ci", ...plain);
  }
  if (isOlder("oclif.manifest.json", ["package.json", "schemas", "scripts", "src"])) {
    run("building", process.execPath, join(root, "scripts/build.js"));
  }
}

function isOlder(made, sources) {
  if (!existsSync(join(root, made))) return true;
  const time = statSync(join(root, made)).mtimeMs;
  return sources.some((source) => newest(join(root, source)) > time);
}

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function run(what, command, ...args) {
  process.stderr.write(`${what} …\n`);
  // stdout belongs to the caller, so the tools' output goes to stderr.
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2] });
  if (error !== undefined) throw error;
  if (status !== 0) {
    process.stderr.write(`${what} failed\n`);
    process.exit(2);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUp();

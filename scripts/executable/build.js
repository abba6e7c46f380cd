// Builds single-file executables, which need no Node: `node scripts/executable/build.js [TARGET...] [--out DIR]`, by default all targets
// into dist-executable, with SHA256SUMS. Each is Node with the command line inside, as Node's single executable applications are.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inject } from "postject";
import { argumentsOf, wrongUsage } from "../command-line.js";
import { signAdHoc } from "./code-signature.js";
import { nodeFor, targetNames } from "./runtime.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const commandLine = join(root, "dist/cli");

/** What Node looks for in itself (https://nodejs.org/docs/latest-v22.x/api/single-executable-applications.html). */
const fuse = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";

/** What is put into Node for a target. */
function blobFor(target) {
  const folder = mkdtempSync(join(tmpdir(), "plugins-executable-"));
  try {
    const at = (name) => join(folder, name);
    const assets = {};
    for (const name of readdirSync(commandLine)) {
      assets[name] = at(name);
      writeFileSync(at(name), asFunction(readFileSync(join(commandLine, name), "utf8")));
    }
    if (recordCode(target, folder)) {
      for (const name of Object.keys(assets)) {
        if (existsSync(at(`${name}.code`))) assets[`${name}.code`] = at(`${name}.code`);
      }
    }
    copyFileSync(new URL("program.cjs", import.meta.url), at("program"));
    const config = { main: at("program"), output: at("blob"), disableExperimentalSEAWarning: true, assets };
    writeFileSync(at("config.json"), JSON.stringify(config));
    const own = nodeFor(`${process.platform}-${process.arch}`);
    execFileSync(own, ["--experimental-sea-config", at("config.json")], { stdio: "ignore" });
    return readFileSync(at("blob"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function asFunction(text) {
  return `(function (exports, require, module) {${text}\n})`;
}

/**
 * Lets the target's own Node run a few commands, and keeps what V8 makes of their code: it starts them faster, and is only right for the
 * version and the machine that it is made with.
 * @returns whether that Node can be run here; without it, an executable starts slower and does the same.
 */
function recordCode(target, folder) {
  const [system, machine] = target.split("-");
  if (system !== process.platform) return false;
  // Another machine's Linux programs can be run if the kernel is told to by which emulator.
  if (machine !== process.arch && spawnSync(nodeFor(target), ["-e", "0"]).status !== 0) return false;
  const record = fileURLToPath(new URL("record.cjs", import.meta.url));
  const { status, stderr } = spawnSync(nodeFor(target), [record, folder], {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`record.cjs ended with ${status}: ${stderr}`);
  return true;
}

async function build(targets, out) {
  mkdirSync(out, { recursive: true });
  const sums = [];
  for (const target of targets) {
    const file = join(out, `plugins-${target}`);
    copyFileSync(nodeFor(target), file);
    chmodSync(file, 0o755);
    const isMac = target.startsWith("darwin");
    await quietly(() =>
      inject(file, "NODE_SEA_BLOB", blobFor(target), {
        sentinelFuse: fuse,
        ...(isMac ? { machoSegmentName: "NODE_SEA" } : {}),
      }),
    );
    // An executable for macOS on arm64 is killed if its signature is missing or wrong, and injecting makes Node's own wrong.
    if (isMac) writeFileSync(file, signAdHoc(readFileSync(file), "otelcol-plugins"));
    sums.push(`${createHash("sha256").update(readFileSync(file)).digest("hex")}  ${basename(file)}\n`);
  }
  writeFileSync(join(out, "SHA256SUMS"), sums.join(""));
}

/** postject writes what LIEF warns of (section names of Node's that have no text) to stderr, by console. */
async function quietly(work) {
  const { warn, error } = console;
  console.warn = console.error = () => undefined;
  try {
    await work();
  } finally {
    Object.assign(console, { warn, error });
  }
}

const usage = "npm run build:executable -- [TARGET…] [--out DIR]";
const { positionals, values } = argumentsOf(usage, {
  allowPositionals: true,
  options: { out: { type: "string", default: join(root, "dist-executable") } },
});
const unknown = positionals.find((target) => !targetNames.includes(target));
if (unknown !== undefined) wrongUsage(usage, `unknown target ${unknown}: expected ${targetNames.join(", ")}`);
execFileSync(process.execPath, [join(root, "scripts/setup.js")], { stdio: "inherit" });
await build(positionals.length === 0 ? targetNames : positionals, values.out);

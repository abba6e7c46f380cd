// Changes the code a little, many times, and tells which changes no test of `unit` notices. docs/fuzzing.md describes it.
//   node scripts/mutation.js [--share N [--seed N]] [FOLDER or FILE…]
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { argumentsOf, wrongUsage } from "./command-line.js";

const root = fileURLToPath(new URL("../", import.meta.url));
const usage = "npm run test:mutation -- [--share N [--seed N]] [FOLDER or FILE…]";
const { values, positionals } = argumentsOf(usage, {
  options: { share: { type: "string", default: "1" }, seed: { type: "string", default: "1" } },
  allowPositionals: true,
});
const { share, seed } = values;
const folders = positionals.length > 0 ? positionals : ["src/rules", "src/manifest", "src/loader"];

const missing = folders.find((each) => !existsSync(join(root, each)));
if (missing !== undefined) wrongUsage(usage, `there is no ${missing} in this repository`);
if (!/^[1-9][0-9]*$/.test(share)) wrongUsage(usage, "--share takes a whole number, from 1 on");

/** Pages are prose, and what is generated is made from the schemas. */
const files = folders
  .flatMap((folder) =>
    folder.endsWith(".ts")
      ? [folder]
      : readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, name)),
  )
  .filter((name) => name.endsWith(".ts") && !/\/generated\/|\/page\.ts$/.test(name))
  .filter((name) => isInShare(name))
  .sort();
if (files.length === 0) {
  console.error("no files to change");
  process.exit(2);
}
console.log(`${files.length} files of ${folders.join(", ")}`);
const stryker = join(root, "node_modules/@stryker-mutator/core/bin/stryker.js");
const { status } = spawnSync(process.execPath, [stryker, "run", "--mutate", files.join(",")], {
  cwd: root,
  stdio: "inherit",
});
process.exitCode = status ?? 2;

/** One file in so many, the same ones in every run with one seed. */
function isInShare(name) {
  return createHash("sha256").update(`${seed} ${name}`).digest().readUInt32BE(0) % Number(share) === 0;
}

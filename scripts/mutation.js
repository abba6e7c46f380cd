// Changes the code a little, many times, and tells which changes no test of `unit` notices. docs/fuzzing.md describes it.
//   node scripts/mutation.js [--share N [--seed N]] [FOLDER or FILE…]
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = fileURLToPath(new URL("../", import.meta.url));
const { values, positionals } = parseArgs({
  options: { share: { type: "string", default: "1" }, seed: { type: "string", default: "1" } },
  allowPositionals: true,
});
const { share, seed } = values;
const folders = positionals.length > 0 ? positionals : ["src/rules", "src/manifest", "src/loader"];

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

// Writes every file of a release: `node scripts/release-files.js [--out DIR]`, by default into dist-release. Package, executables, bill of
// materials, and SHA256SUMS of them all.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { argumentsOf, wrongUsage } from "./command-line.js";

const root = fileURLToPath(new URL("../", import.meta.url));
const usage = "npm run build:release -- [--out DIR]";
const { values } = argumentsOf(usage, {
  options: { out: { type: "string", default: join(root, "dist-release") } },
});
const out = resolve(values.out);

/** What a program says is for the screen, but for the one whose output is the file. */
const run = (program, args, stdout = 2) =>
  execFileSync(program, args, { cwd: root, stdio: ["ignore", stdout, "inherit"] });

// All in it is removed, so it must be a release of before.
const sums = join(out, "SHA256SUMS");
const ours = existsSync(sums) ? readFileSync(sums, "utf8").split(/\s+/) : [];
const stray = (existsSync(out) ? readdirSync(out) : []).find(
  (name) => !["SHA256SUMS", ...ours].includes(name),
);
if (stray !== undefined)
  wrongUsage(usage, `${out} would be emptied, and has ${stray}, which is of no release`);
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
run(process.execPath, ["scripts/setup.js"]);
run(process.execPath, ["scripts/executable/build.js", "--out", out]);
run("npm", ["pack", "--silent", "--pack-destination", out]);
writeFileSync(join(out, "otelcol-plugins.cdx.json"), run(process.execPath, ["scripts/sbom.js"], "pipe"));

const files = readdirSync(out).filter((name) => name !== "SHA256SUMS");
const sum = (name) =>
  createHash("sha256")
    .update(readFileSync(join(out, name)))
    .digest("hex");
writeFileSync(join(out, "SHA256SUMS"), files.map((name) => `${sum(name)}  ${name}\n`).join(""));

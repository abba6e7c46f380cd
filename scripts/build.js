// Compiles src into dist and writes oclif.manifest.json, so that the command line need not load every command.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeManPage } from "./man.js";

const root = fileURLToPath(new URL("../", import.meta.url));
const dist = join(root, "dist");
// Built elsewhere and then renamed, so that a command that runs meanwhile never sees half of it.
const aside = join(root, "node_modules/.cache", `otelcol-plugins-${process.pid}`);
mkdirSync(aside, { recursive: true });
try {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const project = join(root, "tsconfig.build.json");
  const args = [tsc, "-p", project, "--outDir", join(aside, "dist")];
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status === 0) {
    if (existsSync(dist)) renameSync(dist, join(aside, "old"));
    renameSync(join(aside, "dist"), dist);
    await writeManifest();
    await writeManPage();
  } else {
    process.exitCode = status ?? 1;
  }
} finally {
  rmSync(aside, { recursive: true, force: true });
}

/** Its modification time says when the build finished: setup.js compares it with those of the sources. */
async function writeManifest() {
  const { Plugin } = await import("@oclif/core");
  const plugin = new Plugin({ root, type: "core", ignoreManifest: true, errorOnManifestCreate: true });
  await plugin.load();
  const file = join(aside, "oclif.manifest.json");
  writeFileSync(file, `${JSON.stringify(plugin.manifest, null, 2)}\n`);
  renameSync(file, join(root, "oclif.manifest.json"));
}

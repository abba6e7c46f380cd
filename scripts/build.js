// Builds dist, which is what the package has: the bundles of the command line and the library, the types, the man page and the licenses
// of what is bundled; and oclif.manifest.json, which describes the commands.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleCommandLine, bundleCommands, bundleLibrary } from "./bundle.js";
import { licenseFile } from "./licenses.js";
import { manPage } from "./man.js";
import { bundleTypes } from "./types.js";

const root = fileURLToPath(new URL("../", import.meta.url));
const require = createRequire(import.meta.url);

/**
 * What is derived from the classes of the commands.
 * @param folder where files can be written meanwhile.
 */
export async function describeProgram(folder) {
  const outfile = join(folder, "commands.cjs");
  await bundleCommands(outfile);
  const { load, exitCodes, environmentVariables } = require(outfile);
  // What `oclif manifest` does, which would look for the commands by itself.
  const { cacheCommand } = require(join(root, "node_modules/@oclif/core/lib/util/cache-command.js"));
  const all = Object.entries(load).map(async ([id, loadClass]) => {
    const { default: command } = await loadClass();
    command.id = id;
    return [id, JSON.parse(JSON.stringify(await cacheCommand(command)))];
  });
  const commands = Object.fromEntries(await Promise.all(all));
  return { commands, manPage: manPage(commands, { exitCodes, environmentVariables }) };
}

async function build() {
  const dist = join(root, "dist");
  // Built elsewhere and then renamed, so that a command that runs meanwhile never sees half of it.
  const aside = join(root, "node_modules/.cache", `otelcol-plugins-${process.pid}`);
  const made = join(aside, "dist");
  mkdirSync(join(made, "man"), { recursive: true });
  try {
    const description = await describeProgram(aside);
    const [commandLine, library] = await Promise.all([
      bundleCommandLine(join(made, "cli"), description),
      bundleLibrary(join(made, "index.js")),
      bundleTypes(join(made, "index.d.ts")),
    ]);
    writeFileSync(join(made, "man/plugins.1"), description.manPage);
    writeFileSync(join(made, "THIRD-PARTY-LICENSES.txt"), licenseFile([commandLine, library]));
    if (existsSync(dist)) renameSync(dist, join(aside, "old"));
    renameSync(made, dist);
    // Its modification time says when the build finished: setup.js compares it with those of the sources.
    const manifest = join(aside, "oclif.manifest.json");
    writeFileSync(manifest, `${JSON.stringify({ commands: description.commands }, null, 2)}\n`);
    renameSync(manifest, join(root, "oclif.manifest.json"));
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();

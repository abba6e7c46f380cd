#!/usr/bin/env node
// The README's first command: sets up a fresh clone and checks the sample plugins. Exits with the exit code of the check.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { setUp } from "../scripts/setup.js";

setUp();
const root = fileURLToPath(new URL("../", import.meta.url));
const args = ["check-all", "fixtures/sample/plugins", "--host", "fixtures/sample/otelcol"];
if (process.stderr.isTTY) process.stderr.write(`$ plugins ${args.join(" ")}\n`);
const { status } = spawnSync(process.execPath, ["bin/run.js", ...args, ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
process.exitCode = status ?? 2;

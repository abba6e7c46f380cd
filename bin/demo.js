#!/usr/bin/env node
"use strict";
// The README's first command: sets up a fresh clone and checks the sample plugins. Exits with the exit code of the check.
const { spawnSync } = require("node:child_process");
const { join } = require("node:path");

void import("../scripts/setup.js").then(({ setUp }) => {
  setUp();
  const args = ["check-all", "fixtures/sample/plugins", "--host", "fixtures/sample/otelcol"];
  if (process.stderr.isTTY) process.stderr.write(`$ plugins ${args.join(" ")}\n`);
  const { status } = spawnSync(process.execPath, ["bin/run.js", ...args, ...process.argv.slice(2)], {
    cwd: join(__dirname, ".."),
    stdio: "inherit",
  });
  process.exitCode = status ?? 2;
});

#!/usr/bin/env node
"use strict";
// CommonJS, because Node starts it faster, and in words that every Node knows: an old one must be able to say that it is too old.

var version = process.versions.node.split(".").map(Number);
if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  fail("Node 20.19 or later is needed, and this is Node " + process.versions.node);
} else {
  start();
}

function start() {
  try {
    require("../dist/cli/start.cjs").run(process.argv.slice(2)).catch(failByBug);
  } catch (error) {
    if (require("node:fs").existsSync(require("node:path").join(__dirname, "../dist/cli/start.cjs")))
      failByBug(error);
    else fail("this source tree is not built yet: run `node bin/demo.js` or `npm run setup`");
  }
}

function failByBug(error) {
  fail("this is a bug or a broken installation: " + ((error && error.stack) || error));
}

/** Node's own exit code for an error would be 1, which means findings. */
function fail(message) {
  process.stderr.write("plugins: " + message + "\n");
  process.exitCode = 2;
}

#!/usr/bin/env node
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const main = new URL("../dist/cli/main.js", import.meta.url);
if (existsSync(main)) {
  try {
    const { main: run } = await import(main.href);
    await run(process.argv.slice(2), root);
  } catch (error) {
    // Node's own exit code for this would be 1, which means findings.
    process.stderr.write(`plugins: this is a bug or a broken installation: ${error?.stack ?? error}\n`);
    process.exitCode = 2;
  }
} else {
  process.stderr.write(
    "plugins: this source tree is not built yet: run `node bin/demo.js` or `npm run setup`\n",
  );
  process.exitCode = 2;
}

#!/usr/bin/env node
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const main = new URL("../dist/cli/main.js", import.meta.url);
if (existsSync(main)) {
  const { main: run } = await import(main.href);
  await run(process.argv.slice(2), root);
} else {
  process.stderr.write(
    "plugins: this is a source tree that is not built yet: run `node bin/demo.js` or `npm run setup`\n",
  );
  process.exitCode = 2;
}

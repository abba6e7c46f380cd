// Rewrites the expected outputs that are committed (test/golden, pages of docs): it runs only the tests that compare with such
// a file. Arguments select among them as in vitest. Without any, the tests with real loaders are left out: they take long, and
// their results change only with the loaders.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const wanted = process.argv.slice(2);

const files = readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => join("test", name))
  .filter((name) => /toMatchFileSnapshot|expectGolden/.test(readFileSync(join(root, name), "utf8")))
  .filter((name) =>
    wanted.length === 0 ? !name.startsWith("test/loader/") : wanted.some((part) => name.includes(part)),
  );

if (files.length === 0) {
  console.error(`no test with a golden file matches ${wanted.join(" ")}`);
  process.exit(2);
}
const vitest = join(root, "node_modules/vitest/vitest.mjs");
const { status } = spawnSync(process.execPath, [vitest, "run", ...files, "--update"], {
  cwd: root,
  stdio: "inherit",
});
process.exitCode = status ?? 1;

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";

/** Lets Node load TypeScript: the types are left out, file by file, so that stacks and import.meta.url stay what they are. */
export async function load(url, context, next) {
  if (!url.endsWith(".ts")) return next(url, context);
  const file = fileURLToPath(url);
  const options = { loader: "ts", format: "esm", target: "node20.19", sourcefile: file, sourcemap: "inline" };
  const { code } = await transform(readFileSync(file, "utf8"), options);
  return { format: "module", source: code, shortCircuit: true };
}

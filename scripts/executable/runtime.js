// The Node that is inside the executables: from npm, at one version, with the checksums in runtimes.json.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const { version, targets } = JSON.parse(readFileSync(new URL("runtimes.json", import.meta.url), "utf8"));

/** What executables are built for: `linux-x64` and so on. */
export const targetNames = Object.keys(targets);

/** Path of the Node for a target. It is fetched if it is not at hand. @throws Error if it is not what runtimes.json names. */
export function nodeFor(target) {
  const { package: name, integrity } = targets[target];
  const folder = join(root, "node_modules/.cache/otelcol-plugins-runtimes", `${name}-${version}`);
  const node = join(folder, "package/bin/node");
  if (existsSync(node)) return node;
  mkdirSync(join(folder, ".."), { recursive: true });
  const aside = mkdtempSync(`${folder}-`);
  try {
    const options = { cwd: aside, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] };
    const file = execFileSync("npm", ["pack", "--silent", `${name}@${version}`], options).trim();
    const found = `sha512-${createHash("sha512")
      .update(readFileSync(join(aside, file)))
      .digest("base64")}`;
    if (found !== integrity) throw new Error(`${name} ${version} is ${found}, not ${integrity}`);
    execFileSync("tar", ["-xzf", file, "package/bin/node", "package/LICENSE"], options);
    rmSync(join(aside, file));
    if (!existsSync(node)) renameSync(aside, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return node;
}

// Draws the pictures of docs/architecture.md from the imports of src, as dependency-cruiser finds them. A test fails when they
// are out of date.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const page = new URL("../docs/architecture.md", import.meta.url);
/** If a folder has more than this many files next to its folders, they are shown as one box. */
const singleFiles = 12;

/** The text of docs/architecture.md with every picture drawn again. */
export function architecturePage() {
  const imports = importsOfSource();
  return readFileSync(page, "utf8").replace(
    /(<!-- picture: (\S+) -->\n\n).*?(?=<!-- end of picture -->)/gs,
    (_, head, folder) => `${head}${picture(folder, imports)}\n\n`,
  );
}

/** Pairs of files of src: one that imports, and one that it imports. */
function importsOfSource() {
  const bin = fileURLToPath(
    new URL("../node_modules/dependency-cruiser/bin/dependency-cruise.mjs", import.meta.url),
  );
  const args = [bin, "--config", ".dependency-cruiser.cjs", "--output-type", "json", "src"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  // A forbidden import is reported by the lint; the output is complete all the same.
  if (stdout === "") throw new Error(`dependency-cruiser ended with ${status}: ${stderr}`);
  return JSON.parse(stdout).modules.flatMap(({ source, dependencies }) =>
    dependencies
      .filter(({ resolved }) => resolved.startsWith("src/"))
      .map(({ resolved }) => [source, resolved]),
  );
}

/** A Mermaid flow chart of the parts of a folder: an arrow goes from what imports to what is imported. */
function picture(folder, imports) {
  const inside = imports.filter((pair) => pair.every((file) => file.startsWith(`${folder}/`)));
  const files = new Set(inside.flat());
  const single = [...files].filter((file) => !rest(file, folder).includes("/"));
  const part = (file) => {
    const [first, ...more] = rest(file, folder).split("/");
    if (more.length > 0) return `${first}/`;
    return single.length > singleFiles ? "files beside them" : first;
  };
  const parts = [...new Set([...files].map(part))].sort();
  const arrows = new Map(parts.map((each) => [each, new Set()]));
  for (const [from, to] of inside) if (part(from) !== part(to)) arrows.get(part(from)).add(part(to));
  withoutImplied(arrows);
  const lines = [
    ...parts.map((each, at) => `  n${at}["${each}"]`),
    ...parts.flatMap((each, at) =>
      [...arrows.get(each)].sort().map((other) => `  n${at} --> n${parts.indexOf(other)}`),
    ),
  ];
  return ["```mermaid", "flowchart TD", ...lines, "```"].join("\n");
}

function rest(file, folder) {
  return file.slice(folder.length + 1);
}

/** Leaves out every arrow that others imply: with a -> b -> c, not a -> c. */
function withoutImplied(arrows) {
  for (const [from, targets] of arrows) {
    for (const target of [...targets].sort()) {
      targets.delete(target);
      if (!reaches(from, target, arrows)) targets.add(target);
    }
  }
}

function reaches(from, target, arrows) {
  const seen = new Set();
  const open = [from];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (part === target && seen.size > 0) return true;
    if (seen.has(part)) continue;
    seen.add(part);
    open.push(...arrows.get(part));
  }
  return false;
}

if (process.argv[1] === import.meta.filename) writeFileSync(page, architecturePage());

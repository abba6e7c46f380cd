// What it costs to start: the installed package and the single-file executable, over the Node that runs them.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder, emptyFolder } from "./inputs.js";
import { medians } from "./measure.js";

const root = fileURLToPath(new URL("../", import.meta.url));

/** What is started, with the goals: CPU over `node -e 0` at most. */
const commands = [
  { name: "--version", args: ["--version"], package: 1.5, executable: 1.2 },
  {
    name: "list --json of an empty folder",
    args: ["list", "--json", emptyFolder()],
    package: 2.2,
    executable: 1.5,
  },
  { name: "--help", args: ["--help"], package: 2.5, executable: 1.6 },
];

/** @returns {Promise<readonly import("./rows.js").Row[]>} the rows of start-up. Without the Node that goes into it, none of the executable. */
export async function startUpRows(rounds) {
  const { node, program, executable, executableNode } = await startUpPaths();
  const measured = [{ kind: "package", peer: node, start: [node, program] }];
  if (executable !== undefined)
    measured.push({ kind: "executable", peer: executableNode, start: [executable] });
  return measured.flatMap(({ kind, peer, start }) => {
    const all = [[peer, "-e", "0"], ...commands.map(({ args }) => [...start, ...args])];
    const [theirs, ...ours] = medians(all, rounds);
    return commands.map(({ name, [kind]: goal }, at) => ({
      name: `${kind}: ${name} / node -e 0`,
      goal,
      unit: "ms",
      ours: ours[at].cpu,
      theirs: theirs.cpu,
      wall: ours[at].wall / theirs.wall,
    }));
  });
}

/** The package as it is installed, and the executable for this machine, both from this source tree. */
async function startUpPaths() {
  const folder = join(cacheFolder(), "start-up");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const options = { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] };
  const tarball = execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], options).trim();
  execFileSync("tar", ["-xzf", join(folder, tarball), "-C", folder]);
  const paths = { node: process.execPath, program: join(folder, "package/bin/run.js") };
  const { nodeFor, targetNames } = await import("../scripts/executable/runtime.js");
  const target = `${process.platform}-${process.arch}`;
  if (!targetNames.includes(target)) return paths;
  const build = join(root, "scripts/executable/build.js");
  execFileSync(process.execPath, [build, target, "--out", folder], options);
  const executable = join(folder, `plugins-${target}`);
  return existsSync(executable) ? { ...paths, executable, executableNode: nodeFor(target) } : paths;
}

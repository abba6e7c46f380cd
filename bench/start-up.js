// What it costs to start: the installed package and the single-file executable, over the Node that runs them.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));

/** What is started, with the goals: CPU over `node -e 0` at most. */
const commands = [
  { name: "--version", args: () => ["--version"], package: 1.5, executable: 1.2 },
  {
    name: "list --json of an empty folder",
    args: (empty) => ["list", "--json", empty],
    package: 2.2,
    executable: 1.5,
  },
  { name: "--help", args: () => ["--help"], package: 2.5, executable: 1.6 },
];

/** How often a command runs in one measurement: the clock of `times` ticks a hundred times a second. */
const together = 5;

/**
 * The rows of start-up.
 * @param paths `node` runs the package, `program` is its bin/run.js; `executable` is one of `npm run build:executable`, and
 *   `executableNode` the Node in it. Without the last two, there are no rows of the executable.
 * @param rounds how often each command is measured, in turn with `node -e 0`.
 * @returns each row's name, its CPU and its peer's in ms (user and system, the median), the median of their ratios, and the goal.
 */
export function startUpRows({ node, program, executable, executableNode }, rounds = 7) {
  const empty = mkdtempSync(join(tmpdir(), "plugins-empty-"));
  try {
    const measured = [
      { kind: "package", peer: [node, "-e", "0"], start: [node, program] },
      ...(executable === undefined
        ? []
        : [{ kind: "executable", peer: [executableNode, "-e", "0"], start: [executable] }]),
    ];
    return measured.flatMap(({ kind, peer, start }) => {
      const all = [peer, ...commands.map(({ args }) => [...start, ...args(empty)])];
      const [peers, ...ours] = inTurn(all, rounds);
      return commands.map(({ name, [kind]: goal }, at) => ({
        name: `${kind}: ${name}`,
        peerName: "node -e 0",
        ours: median(ours[at]),
        peer: median(peers),
        ratio: median(ours[at].map((time, round) => time / peers[round])),
        goal,
      }));
    });
  } finally {
    rmSync(empty, { recursive: true });
  }
}

/** CPU of each command in each round, in ms. The first round fills the page cache and does not count. */
function inTurn(all, rounds) {
  const times = all.map(() => []);
  for (let round = -1; round < rounds; round += 1) {
    for (const [at, command] of all.entries()) {
      const time = cpuOf(command);
      if (round >= 0) times[at].push(time);
    }
  }
  return times;
}

/** User and system time of a program and its children in ms, as a shell of its own sees it. */
function cpuOf(command) {
  const words = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const script = `i=0; while [ $i -lt ${together} ]; do ${words} >/dev/null || exit 9; i=$((i+1)); done; times`;
  const { status, stdout, stderr } = spawnSync("sh", ["-c", script], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${words} failed: ${stderr}`);
  // POSIX: two lines, of the shell and of its children, each "0m0.05s 0m0.01s".
  const children = stdout.trim().split("\n")[1];
  const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(([, m, s]) => Number(m) * 60 + Number(s));
  return (seconds.reduce((sum, each) => sum + each, 0) * 1000) / together;
}

function median(values) {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
}

/** The package as it is installed, and the executable for this machine, both from this source tree. @returns the paths of the rows. */
export async function startUpPaths(folder) {
  mkdirSync(folder, { recursive: true });
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = mkdtempSync(join(tmpdir(), "plugins-start-up-"));
  try {
    for (const { name, ours, peer, ratio, goal } of startUpRows(await startUpPaths(folder))) {
      console.log(
        `${name.padEnd(44)} ${ours.toFixed(1).padStart(6)} ms / ${peer.toFixed(1).padStart(6)} ms = ${ratio.toFixed(2)}   (goal ${goal})`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

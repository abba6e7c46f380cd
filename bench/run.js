// What `plugins` costs, as ratios to other tools that ran in the same minutes. Times alone say more about the machine.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { largeHost } from "./large-host.js";
import { medians } from "./pairs.js";
import { folderOf, temporaryFolder } from "./plugin-folder.js";

const root = new URL("../", import.meta.url).pathname;
const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
const files = 1000;
const size = 8;

const bin = join(root, "bin/run.js");
const index = join(root, "fixtures/.build/index.json");
if (!existsSync(index)) spawnSync(process.execPath, [join(root, "fixtures/build.js")], { stdio: "inherit" });
const { fixtures } = JSON.parse(readFileSync(index, "utf8"));
const fixture = fixtures.find(({ id }) => id === "elf/go/plugin-section-strip");
const folder = folderOf(join(root, "fixtures/.build", fixture.path), files, size);
const node = process.execPath;
const readobj = ["llvm-readobj", "llvm-readobj-19", "llvm-readobj-14"].find((name) =>
  runs(name, "--version"),
);

const commands = {
  list: [node, bin, "list", folder],
  "list --json": [node, bin, "list", "--json", folder],
  "list of an empty folder": [node, bin, "list", temporaryFolder()],
  "bare positioned-read loop": [node, join(root, "bench/bare-loop.js"), folder],
  "node alone": [node, "-e", "0"],
  ...(runs("go", "version") ? { "go version -m DIR": ["go", "version", "-m", folder] } : {}),
  ...(readobj === undefined
    ? {}
    : { "llvm-readobj -p": ["sh", "-c", `exec ${readobj} -p .otel_manifest ${folder}/*.so`] }),
};
const names = Object.keys(commands);
const times = Object.fromEntries(
  medians(Object.values(commands), rounds).map((time, at) => [names[at], time]),
);

console.log(
  `${files} plugins of ${size} MiB (${fixture.id}, grown), Node ${process.version}, median of ${rounds} rounds\n`,
);
for (const name of names) console.log(`${times[name].toFixed(0).padStart(7)} ms  ${name}`);
const bare = times["bare positioned-read loop"] - times["node alone"];
const startUp = times["list of an empty folder"];
console.log(`
list against bare loop and start-up     ${ratio(times.list, bare + startUp)}   (to stay under 2)
  per file, without start-up            ${ratio(times.list - startUp, bare)}
list --json against list                ${ratio(times["list --json"], times.list)}
start-up against node alone             ${ratio(startUp, times["node alone"])}`);
for (const peer of ["go version -m DIR", "llvm-readobj -p"]) {
  if (peer in times) console.log(`list against ${peer.padEnd(27)}${ratio(times.list, times[peer])}`);
}
if (runs("go", "version") && runs("nm", "--version")) againstLargeHost();

/** A whole command, start-up and the loader's answer included, beside the listing of the host's dynamic symbols alone. */
function againstLargeHost() {
  const { host, plugin, size, symbols } = largeHost();
  const [validate, nm] = medians(
    [
      [node, bin, "validate", plugin, "--host", host],
      ["nm", "-D", host],
    ],
    rounds,
  );
  console.log(`
one plugin against a Go host of ${(size / 1e6).toFixed(0)} MB with ${symbols} dynamic symbols beside its own

${validate.toFixed(0).padStart(7)} ms  validate --host
${nm.toFixed(0).padStart(7)} ms  nm -D of the host

validate against nm -D                  ${ratio(validate, nm)}   (to stay under 1)`);
}

function ratio(one, other) {
  return (one / other).toFixed(2);
}

function runs(command, ...args) {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

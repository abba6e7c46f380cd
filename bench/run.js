// How much time `plugins` takes, compared with other tools that run in turn with it. Absolute times say more about the machine.
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
  "node -e 0": [node, "-e", "0"],
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
  `${files} plugins of ${size} MiB (${fixture.id}, enlarged), Node ${process.version}, median of ${rounds} rounds\n`,
);
for (const name of names) console.log(`${times[name].toFixed(0).padStart(7)} ms  ${name}`);
const bare = times["bare positioned-read loop"] - times["node -e 0"];
const startUp = times["list of an empty folder"];
console.log(`
list / (bare loop + start-up)           ${ratio(times.list, bare + startUp)}   (must stay under 2)
list / bare loop, without start-up      ${ratio(times.list - startUp, bare)}
list --json / list                      ${ratio(times["list --json"], times.list)}
start-up / node -e 0                    ${ratio(startUp, times["node -e 0"])}`);
for (const peer of ["go version -m DIR", "llvm-readobj -p"]) {
  if (peer in times) console.log(`list / ${peer.padEnd(33)}${ratio(times.list, times[peer])}`);
}
if (runs("go", "version") && runs("nm", "--version")) againstLargeHost();

/** A whole command, including start-up and the loader's answer, compared with only listing the host's dynamic symbols. */
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
one plugin against a Go host of ${(size / 1e6).toFixed(0)} MB with ${symbols} added dynamic symbols

${validate.toFixed(0).padStart(7)} ms  validate --host
${nm.toFixed(0).padStart(7)} ms  nm -D of the host

validate / nm -D                        ${ratio(validate, nm)}   (must stay under 1)`);
}

function ratio(one, other) {
  return (one / other).toFixed(2);
}

function runs(command, ...args) {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

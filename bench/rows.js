// What is compared: each row runs our command and a peer's in turn, so that a slower machine slows both.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  emptyFolder,
  filesOf,
  goFiles,
  goFolder,
  grown,
  largeFiles,
  runs,
  rustFiles,
  rustFolder,
  strippedFolder,
  symbolFile,
} from "./inputs.js";
import { medians } from "./measure.js";
import { startUpRows } from "./start-up.js";

const root = fileURLToPath(new URL("../", import.meta.url));
const node = process.execPath;
const bin = join(root, "bin/run.js");
const ours = (...args) => [node, bin, ...args];
const nm = (files) => ["nm", "-D", ...files];
const empty = () => ours("list", "--json", emptyFolder());

/**
 * @typedef {object} Row
 * @property {string} name What is compared with what.
 * @property {string} goal The most that the ratio should be.
 * @property {string} unit Of the two figures.
 * @property {number} ours @property {number} theirs Medians.
 * @property {number} wall The same ratio in wall time; undefined of memory.
 */

const count = 1000;

/** The rows by the names that can be asked for. @type {Record<string, (rounds: number) => readonly Row[] | Promise<readonly Row[]>>} */
export const rows = {
  "start-up": (rounds) => startUpRows(rounds),
  "go-list": (rounds) => {
    const folder = goFolder(count);
    const peer = ["go", "version", "-m", folder];
    return perFile(
      `list --json, ${count} Go plugins / go version -m`,
      2,
      ours("list", "--json", folder),
      peer,
      rounds,
    );
  },
  "go-check": (rounds) => checkRow("Go plugins", goFolder(count), goFiles().host, rounds),
  "stripped-list": (rounds) =>
    listRow("stripped Go plugins with a manifest", strippedFolder(count), ".otel_manifest", rounds),
  "stripped-check": (rounds) =>
    checkRow("stripped Go plugins with a manifest", strippedFolder(count), goFiles().host, rounds),
  "rust-list": (rounds) => listRow("Rust libraries", rustFolder(count), ".comment", rounds),
  "rust-check": (rounds) => checkRow("Rust libraries", rustFolder(count), rustFiles().host, rounds),
  "large-50": (rounds) => largeRow("a Go plugin of 19 MB, host of 51 MB", middle(), rounds),
  "large-300": (rounds) => largeRow("a Go plugin of 60 MB, host of 303 MB", huge(), rounds),
  "memory-json": (rounds) => memoryRow("list --json", ["list", "--json"], rounds),
  "memory-table": (rounds) => memoryRow("list", ["list"], rounds),
  "memory-symbols": (rounds) => {
    const [use] = medians(
      [ours("inspect", "--json", "--symbols", symbolFile(2_000_000))],
      Math.min(rounds, 3),
    );
    return [
      {
        name: "inspect --json --symbols, 2,000,000 symbols: peak memory / 300 MiB",
        goal: 1,
        unit: "MiB",
        ours: use.memory,
        theirs: 300,
      },
    ];
  },
  "inspect-size": (rounds) => {
    const [large, small] = medians(
      [ours("inspect", "--json", grown(400)), ours("inspect", "--json", grown(4))],
      rounds,
    );
    return [ratioRow("inspect --json, 400 MB / 4 MB of the same structure", 1.1, large, small)];
  },
};

const middle = () => largeFiles("large-50", { symbols: 80_000, each: 400 }, { symbols: 20_000, each: 550 });
const huge = () => largeFiles("large-300", { symbols: 530_000, each: 400 }, { symbols: 100_000, each: 400 });

function listRow(what, folder, section, rounds) {
  const bare = [node, join(root, "bench/bare-loop.js"), folder, section];
  const name = `list --json, ${count} ${what} / bare loop of the same reads`;
  return perFile(name, 3, ours("list", "--json", folder), bare, rounds, [node, "-e", "0"]);
}

function checkRow(what, folder, host, rounds) {
  const command = ours("check-all", "--json", folder, "--host", host);
  return perFile(`check-all --json, ${count} ${what} / nm -D`, 0.5, command, nm(filesOf(folder)), rounds);
}

/** What a file costs beyond start-up. @param peerStart what the peer's start-up costs; undefined if that counts as well. */
function perFile(name, goal, command, peer, rounds, peerStart = undefined) {
  if (!runs(peer[0], "--version") && !runs(peer[0], "version")) return [];
  const [all, start, theirs, theirStart] = medians(
    [command, empty(), peer, ...(peerStart === undefined ? [] : [peerStart])],
    rounds,
  );
  const each = (use, less, key) => (use[key] - (less?.[key] ?? 0)) / count;
  return [
    {
      name,
      goal,
      unit: "ms a file",
      ours: each(all, start, "cpu"),
      theirs: each(theirs, theirStart, "cpu"),
      wall: each(all, start, "wall") / each(theirs, theirStart, "wall"),
    },
  ];
}

function largeRow(what, { host, plugin }, rounds) {
  const [own, theirs] = medians([ours("validate", plugin, "--host", host), nm([plugin, host])], rounds);
  return [ratioRow(`validate, ${what} / nm -D of both`, 0.5, own, theirs)];
}

function memoryRow(what, args, rounds) {
  const [many, few] = medians(
    [ours(...args, goFolder(10_000)), ours(...args, goFolder(100))],
    Math.min(rounds, 3),
  );
  const name = `${what}, peak memory of 10,000 plugins / of 100`;
  return [{ name, goal: 1.3, unit: "MiB", ours: many.memory, theirs: few.memory }];
}

function ratioRow(name, goal, own, theirs) {
  return { name, goal, unit: "ms", ours: own.cpu, theirs: theirs.cpu, wall: own.wall / theirs.wall };
}

/** CPU time in ms of what grows in one way, by the count of what grows: it is to be linear. */
export function growth(rounds) {
  const series = (name, what, points) => {
    const uses = medians(
      points.map(([, command]) => command),
      rounds,
    );
    return { name, what, points: points.map(([size], index) => [size, uses[index].cpu]) };
  };
  const [plugin] = goFiles().plugins;
  const hosts = [
    [20_000, goFiles()],
    [100_000, middle()],
    [550_000, huge()],
  ];
  return [
    series(
      "list --json",
      "files",
      [100, 300, 1000, 3000, 10_000].map((files) => [files, ours("list", "--json", goFolder(files))]),
    ),
    series(
      "check-all --json",
      "files",
      [100, 300, 1000].map((files) => [
        files,
        ours("check-all", "--json", goFolder(files), "--host", goFiles().host),
      ]),
    ),
    series(
      "inspect --json",
      "MB of the file",
      [8, 40, 120, 400].map((size) => [size, ours("inspect", "--json", grown(size))]),
    ),
    series(
      "validate",
      "symbols of the host",
      hosts.map(([symbols, { host }]) => [symbols, ours("validate", plugin, "--host", host)]),
    ),
  ];
}

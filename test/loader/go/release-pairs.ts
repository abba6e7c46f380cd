import { disk } from "../../../src/files/disk.ts";
import { predictOnDisk } from "../../support/predict-on-disk.ts";
import { readLoadingHost } from "../../../src/loader/loading-host.ts";
import { openFile } from "../../support/evidence-open.ts";
import { builds } from "../../support/go-builds.ts";
import { buildGo, type GoBuild } from "../../support/go-program.ts";
import { goRelease, goToolchains, installedGo, isFull, type GoToolchain } from "../../support/go-releases.ts";
import type { Trial } from "./confusion.ts";
import { openReally } from "./real-open.ts";

/** One of every run of releases whose moduledata is laid out alike, from where hashes are as they are today. */
const sample = ["1.17.13", "1.19.13", "1.20.14", "1.21.13", "1.22.12", "1.23.12", "1.25.8", "1.27.1"];

export function releases(): readonly GoToolchain[] {
  const own = installedGo();
  const lines = isFull ? goToolchains() : [...sample.map(goRelease), own];
  return [...new Map(lines.map((each) => [each.version, each])).values()];
}

/** The second exports nothing, so that its moduledata has other words where another release looks. */
const plugins: Readonly<Record<string, GoBuild>> = {
  "a plugin": builds.plugin,
  "a plugin that exports nothing": {
    ...builds.plugin,
    files: { "main.go": "package main\n\nfunc main() {}\n" },
  },
};

let trials: Promise<readonly Trial[]> | undefined;

/** Every plugin of every release in the host of every release. */
export function releaseTrials(): Promise<readonly Trial[]> {
  return (trials ??= tryReleases());
}

async function tryReleases(): Promise<readonly Trial[]> {
  const built: {
    readonly version: string;
    readonly host: string;
    readonly plugins: readonly (readonly [string, string])[];
  }[] = [];
  for (const toolchain of releases()) {
    const files: (readonly [string, string])[] = [];
    for (const [kind, build] of Object.entries(plugins)) files.push([kind, await buildGo(toolchain, build)]);
    built.push({ version: toolchain.version, host: await buildGo(toolchain, builds.host), plugins: files });
  }
  return built.flatMap(({ version, host: file }) => {
    const host = readLoadingHost(disk, openFile(file), file, {});
    return built.flatMap((other) =>
      other.plugins.map(([kind, path]): Trial => {
        const [real] = openReally(file, "/", [path], "\n");
        if (real === undefined) throw new Error(`${file} says nothing`);
        return {
          host: `Go ${version}`,
          plugin: `${kind} of Go ${other.version}`,
          prediction: predictOnDisk(path, "go", host).prediction,
          real,
        };
      }),
    );
  });
}

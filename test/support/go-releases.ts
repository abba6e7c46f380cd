import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { lackOf } from "./need.ts";
import releases from "./go-releases.json" with { type: "json" };

const run = promisify(execFile);

/** A Go release, or why it is not at hand. */
export interface GoToolchain {
  /** `1.27.1`. */
  readonly version: string;
  readonly missing: string | undefined;
  /** Runs its go command. Nothing is fetched, and nothing that the machine sets for Go counts. */
  readonly go: (args: readonly string[], options: GoOptions) => Promise<string>;
}

export interface GoOptions {
  readonly folder: string;
  /** GOOS, CGO_ENABLED, … */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What the go command on the PATH says of itself; empty where there is none. */
const installed: Readonly<Record<string, string>> = askInstalled();

/** Whether the tests are to be done with every release line, which takes an hour. */
export const isFull = process.env["FULL_MATRIX"] === "1";

/** Up to this minor release the go command could not fetch another one. */
const firstFetching = 21;

/** The installed Go, and those that each run of the tests is done with; with FULL_MATRIX=1 one of every release line. */
export function goToolchains(): readonly GoToolchain[] {
  const versions = new Set([...releases.always, ...(isFull ? releases.others : [])]);
  const own = installed["GOVERSION"]?.slice("go".length);
  if (own !== undefined) versions.add(own);
  return [...versions].sort((one, two) => minorOf(one) - minorOf(two)).map(toolchainOf);
}

/** For what takes long to build: the newest release alone, but with FULL_MATRIX=1 all of them. */
export function fewToolchains(): readonly GoToolchain[] {
  return isFull ? goToolchains() : [newestGo()];
}

/** The newest release: its `go version -m` is what our reading is held against. */
export function newestGo(): GoToolchain {
  return toolchainOf(releases.newest);
}

/** The Go on the PATH, with which builds of many kinds are made. */
export function installedGo(): GoToolchain {
  return toolchainOf(installed["GOVERSION"]?.slice("go".length) ?? releases.newest);
}

/** Any release, for what is to be tried with some of them in every run. */
export function goRelease(version: string): GoToolchain {
  return toolchainOf(version);
}

/** 27 of 1.27.1. */
export function minorOf(version: string): number {
  return Number(version.split(".")[1]);
}

const found = new Map<string, GoToolchain>();

function toolchainOf(version: string): GoToolchain {
  const known = found.get(version) ?? look(version);
  found.set(version, known);
  return known;
}

function look(version: string): GoToolchain {
  const root = `go${version}` === installed["GOVERSION"] ? installed["GOROOT"] : fetched(version);
  return {
    version,
    missing:
      root === undefined ? (lackOf("go") ?? `no Go ${version}, which could not be fetched`) : undefined,
    go: async (args, { folder, environment }) => {
      if (root === undefined) throw new Error(`there is no Go ${version}`);
      const { stdout } = await run(join(root, "bin", "go"), args, {
        cwd: folder,
        env: { ...process.env, ...settings(root), ...environment },
        maxBuffer: 2 ** 26,
      });
      return stdout;
    },
  };
}

/** Where the go command keeps a release, after it has fetched it as a module. */
function fetched(version: string): string | undefined {
  const { GOVERSION, GOMODCACHE, GOHOSTOS, GOHOSTARCH } = installed;
  if (GOVERSION === undefined || GOMODCACHE === undefined) return undefined;
  const name = `toolchain@v0.0.1-go${version}.${String(GOHOSTOS)}-${String(GOHOSTARCH)}`;
  const root = join(GOMODCACHE, "golang.org", name);
  if (!existsSync(root) && minorOf(GOVERSION) >= firstFetching) {
    // The fetched release then runs, and may fail over settings that it does not know: that does not matter.
    spawnSync("go", ["version"], { cwd: "/", env: { ...process.env, GOTOOLCHAIN: `go${version}` } });
  }
  return existsSync(join(root, "bin", "go")) ? root : undefined;
}

function settings(root: string): Readonly<Record<string, string>> {
  return {
    GOROOT: root,
    GOTOOLCHAIN: "local",
    GOENV: "off",
    GOFLAGS: "",
    GO111MODULE: "on",
    GOWORK: "off",
    GOPROXY: "off",
    GOSUMDB: "off",
    GOCACHE: installed["GOCACHE"] ?? "",
    GOMODCACHE: installed["GOMODCACHE"] ?? "",
    GOPATH: installed["GOPATH"] ?? "",
  };
}

function askInstalled(): Readonly<Record<string, string>> {
  const names = ["GOVERSION", "GOROOT", "GOCACHE", "GOMODCACHE", "GOPATH", "GOHOSTOS", "GOHOSTARCH"];
  const { status, stdout } = spawnSync("go", ["env", "-json", ...names], { cwd: "/", encoding: "utf8" });
  return status === 0 ? (JSON.parse(stdout) as Record<string, string>) : {};
}

import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Built files are kept between runs. */
const cache = fileURLToPath(new URL("../.cache/", import.meta.url));

/** One file to build from a module that has dependencies of its own. */
export interface ModuleBuild {
  /** The folder with go.mod, go.sum and the sources. It is not written to. */
  readonly module: string;
  /** Folder of the package: `./host`. */
  readonly package: string;
  /** `1.26.8`: another one than the installed is fetched as a module. */
  readonly release: string;
  readonly flags?: readonly string[];
  /** Arguments of `go mod edit`: what is moved. Its sums stand in go.sum. */
  readonly edits?: readonly string[];
  /** Run on a copy of the file that is built without it. */
  readonly strip?: string;
  /** Settings of the go command, such as CGO_ENABLED. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Why nothing can be built here; undefined where it can. */
export function missingGo(): string | undefined {
  const { status, stdout } = spawnSync("go", ["env", "GOVERSION"], { cwd: "/", encoding: "utf8" });
  if (status !== 0) return "no go";
  // Before 1.21 the go command cannot fetch the release that is asked for.
  return Number(stdout.split(".")[1]) >= 21 ? undefined : `${stdout.trim()} cannot fetch another release`;
}

/** With which `go` is the go command of a release. */
export function goEnvironment(release: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    GOTOOLCHAIN: `go${release}`,
    CGO_ENABLED: "1",
    GOFLAGS: "",
    GOWORK: "off",
    GO111MODULE: "on",
  };
}

/** Runs the go command of a release; modules are fetched as the machine is set up for it. @returns what it prints. */
export async function runGo(
  release: string,
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { stdout } = await run("go", args, {
    cwd: folder,
    env: { ...goEnvironment(release), ...environment },
    maxBuffer: 2 ** 26,
  });
  return stdout;
}

/** Builds a file in a copy of its module, or finds it built. @param name a folder of the cache. @returns its path. */
export async function buildModule(name: string, build: ModuleBuild): Promise<string> {
  const output = join(cache, name, `${await keyOf(build)}.so`);
  if (existsSync(output)) return output;
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  try {
    const built = join(folder, "built");
    const { strip, ...plain } = build;
    if (strip === undefined) await compile(build, join(folder, "module"), built);
    else await run(strip, ["-o", built, await buildModule(name, plain)]);
    mkdirSync(dirname(output), { recursive: true });
    // In one step, so that a test beside this one sees a whole file or none.
    const whole = `${output}.${process.pid}`;
    cpSync(built, whole);
    renameSync(whole, output);
    return output;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compile(build: ModuleBuild, folder: string, output: string): Promise<void> {
  cpSync(build.module, folder, { recursive: true });
  if (build.edits !== undefined) await runGo(build.release, folder, ["mod", "edit", ...build.edits]);
  const args = ["build", ...(build.flags ?? []), "-o", output, build.package];
  await runGo(build.release, folder, args, build.environment);
}

/** Everything that reaches the package hashes: without -trimpath the folder of the fetched modules does too. */
async function keyOf({ module, ...build }: ModuleBuild): Promise<string> {
  const sources = readdirSync(module, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
    .map((path) => [path.slice(module.length), readFileSync(path, "utf8")]);
  const folders = await runGo(build.release, module, ["env", "GOMODCACHE", "GOARCH"]);
  return createHash("sha256")
    .update(JSON.stringify([sources, build, folders]))
    .digest("hex")
    .slice(0, 16);
}

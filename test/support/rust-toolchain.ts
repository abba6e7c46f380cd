import { execFile, execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { lackOf } from "./need.ts";

const run = promisify(execFile);

/** A Rust compiler, or why there is none. */
export interface RustToolchain {
  /** "stable", "distribution", "distribution-web": what the folder of its builds is called. */
  readonly name: string;
  /** Tells one version from another; part of that folder's name as well. */
  readonly version: string;
  readonly missing: string | undefined;
  /** Whether a run on CI must fail without it. */
  readonly required: boolean;
  /** Lays it out in `folder`, if it is not installed, and tells how to run it. */
  readonly install: (folder: string) => Promise<RustCommand>;
}

export interface RustCommand {
  readonly program: string;
  readonly env: NodeJS.ProcessEnv;
}

/** What `rustc -vV` prints. */
export interface RustVersion {
  /** The first line without its first word: "1.95.0 (59807616e 2026-04-14)". */
  readonly text: string;
  readonly release: string;
  /** 40 hex digits; undefined where it says "unknown". */
  readonly commit: string | undefined;
}

/** The `rustc` on the path, and those of the distribution, which are unpacked beside it without being installed. */
export function rustToolchains(): readonly RustToolchain[] {
  return [
    installed(),
    packaged("distribution", "rustc", ["rustc", "libstd-rust-dev"], true),
    // Debian keeps a later one for browsers in its security updates; other distributions have none.
    packaged("distribution-web", "rustc-web", ["rustc-web", "libstd-rust-web-dev"], false),
  ];
}

export function versionOf({ program, env }: RustCommand): RustVersion {
  const text = execFileSync(program, ["-vV"], { encoding: "utf8", env });
  const field = (name: string): string => new RegExp(`^${name}: (.*)$`, "m").exec(text)?.[1] ?? "";
  const commit = field("commit-hash");
  return {
    text: /^rustc (.*)$/m.exec(text)?.[1] ?? "",
    release: field("release"),
    commit: commit === "unknown" ? undefined : commit,
  };
}

function installed(): RustToolchain {
  const { status, stdout } = spawnSync("rustc", ["-V"], { encoding: "utf8" });
  return {
    name: "stable",
    version: status === 0 ? stdout.replace(/\W+/g, "-") : "none",
    missing: status === 0 ? undefined : "no rustc",
    required: true,
    install: () => Promise.resolve({ program: "rustc", env: process.env }),
  };
}

function packaged(name: string, main: string, packages: readonly string[], required: boolean): RustToolchain {
  const lack = lackOf("apt-cache", "apt-get", "dpkg-deb");
  const { status, stdout } = spawnSync("apt-cache", ["policy", main], { encoding: "utf8" });
  const version = lack === undefined && status === 0 ? /Candidate: (\S+)/.exec(stdout)?.[1] : undefined;
  const offered = version !== undefined && version !== "(none)";
  return {
    name,
    version: offered ? version.replace(/\W+/g, "-") : "none",
    missing: offered ? undefined : (lack ?? `no package ${main} in apt-cache`),
    required,
    install: (folder) => unpack(folder, packages),
  };
}

async function unpack(folder: string, packages: readonly string[]): Promise<RustCommand> {
  mkdirSync(folder, { recursive: true });
  const wanted = packages.flatMap((one) => [one, ...dependencies(one)]);
  await run("apt-get", ["download", "-q", ...new Set(wanted)], { cwd: folder });
  const archives = readdirSync(folder).filter((file) => file.endsWith(".deb"));
  for (const archive of archives) await run("dpkg-deb", ["-x", join(folder, archive), folder]);
  const libraries = ["usr/lib/x86_64-linux-gnu", "usr/lib/aarch64-linux-gnu", "usr/lib"]
    .map((each) => join(folder, each))
    .filter((each) => existsSync(each));
  return {
    program: join(folder, "usr/bin/rustc"),
    env: { ...process.env, LD_LIBRARY_PATH: libraries.join(":") },
  };
}

/** What a package needs of Rust and LLVM, through any number of steps; all else is part of every installation. */
function dependencies(name: string): readonly string[] {
  const options = ["--recurse", "--important", "--no-recommends", "--no-suggests", "--no-conflicts"];
  const text = execFileSync(
    "apt-cache",
    ["depends", ...options, "--no-breaks", "--no-replaces", "--no-enhances", name],
    { encoding: "utf8" },
  );
  return text.split("\n").filter((line) => /^(rustc|libstd-rust|libllvm)/.test(line));
}

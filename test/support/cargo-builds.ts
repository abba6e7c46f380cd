import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { lackOf } from "./need.ts";
import { llvmTool } from "./oracle/tool.ts";
import { cachedFolder } from "./rust-builds.ts";

/** A plugin with dependencies of crates.io, built by `cargo auditable`; or why it is not at hand. */
export interface CargoBuilds {
  readonly missing: string | undefined;
  /** With the ending of Cargo's lock file or a variant's name. */
  readonly file: (name: "Cargo.lock" | (typeof variants)[number]) => string;
}

const variants = ["debug", "release", "strip-symbols", "llvm-strip"] as const;

/** Of crates.io; it builds with Rust 1.95. */
const auditable = "0.7.7";

const manifest = `
[package]
name = "otel-sample"
version = "0.3.1"
edition = "2021"

[lib]
crate-type = ["cdylib"]

[dependencies]
itoa = "=1.0.15"
slab = "=0.4.9"
smallvec = "=1.13.2"

[build-dependencies]
cfg-if = "=1.0.0"

[profile.strip-symbols]
inherits = "release"
strip = "symbols"
`;

/** A release build of it still has panics of slab and smallvec, and none of itoa. */
const source = `
use slab::Slab;
use smallvec::SmallVec;

#[no_mangle]
pub extern "C" fn otel_sum(a: u64, n: usize) -> u64 {
    let mut slots = Slab::new();
    let mut keys: SmallVec<[u64; 4]> = SmallVec::new();
    let mut digits = itoa::Buffer::new();
    for index in 0..n {
        keys.push(slots.insert(index as u64 * a) as u64);
    }
    keys.insert(n, 3);
    keys.swap_remove(n / 2);
    slots.remove(n) + keys[n / 2] + digits.format(a).len() as u64
}
`;

const run = promisify(execFile);

/** What is not in the cache is built now; the first time takes cargo-auditable itself, a minute of computing. */
export async function cargoBuilds(): Promise<CargoBuilds> {
  let folder = "";
  let missing = lackOf("cargo", "rustc", "cc") ?? llvmTool("llvm-strip").missing;
  try {
    if (missing === undefined) folder = await built();
  } catch (error) {
    missing = `no files of cargo auditable, which could not be built: ${String(error)}`;
  }
  return { missing, file: (name) => join(folder, name) };
}

async function built(): Promise<string> {
  const cargo = execFileSync("cargo", ["--version"], { encoding: "utf8" });
  const key = createHash("sha256")
    .update(JSON.stringify([manifest, source, variants, cargo]))
    .digest("hex");
  const tools = await cachedFolder(`cargo-auditable-${auditable}`, install);
  return cachedFolder(`auditable-${auditable}-${key.slice(0, 12)}`, async (folder) => {
    const project = mkdtempSync(join(tmpdir(), "auditable-"));
    try {
      mkdirSync(join(project, "src"));
      writeFileSync(join(project, "Cargo.toml"), manifest);
      writeFileSync(join(project, "build.rs"), "fn main() {}");
      writeFileSync(join(project, "src/lib.rs"), source);
      const PATH = [join(tools, "bin"), process.env["PATH"]].join(delimiter);
      for (const [profile, output, variant] of [
        ["dev", "debug", "debug"],
        ["release", "release", "release"],
        ["strip-symbols", "strip-symbols", "strip-symbols"],
      ] as const) {
        const env = { ...process.env, PATH, CARGO_TARGET_DIR: join(project, "target") };
        await run("cargo", ["auditable", "build", "--profile", profile], { cwd: project, env });
        cpSync(join(project, "target", output, "libotel_sample.so"), join(folder, variant));
      }
      cpSync(join(project, "Cargo.lock"), join(folder, "Cargo.lock"));
      cpSync(join(folder, "release"), join(folder, "llvm-strip"));
      await run(llvmTool("llvm-strip").name, [join(folder, "llvm-strip")]);
    } finally {
      rmSync(project, { recursive: true, force: true });
    }
  });
}

async function install(folder: string): Promise<void> {
  const target = mkdtempSync(join(tmpdir(), "cargo-auditable-"));
  try {
    const env = { ...process.env, CARGO_TARGET_DIR: target, CARGO_PROFILE_DEV_DEBUG: "0" };
    const flags = ["--version", auditable, "--locked", "--debug", "--no-track", "--root", folder];
    await run("cargo", ["install", "cargo-auditable", ...flags], { env, maxBuffer: 2 ** 26 });
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}

import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { llvmTool, type Tool } from "./oracle/tool.ts";
import {
  rustToolchains,
  versionOf,
  type RustCommand,
  type RustToolchain,
  type RustVersion,
} from "./rust-toolchain.ts";

/** One compiler's files, or why they are not at hand. */
export interface RustBuilds {
  readonly name: string;
  readonly missing: string | undefined;
  readonly required: boolean;
  /** What the compiler says of itself. */
  readonly version: () => RustVersion;
  readonly file: (variant: RustVariant) => string;
}

export type RustVariant = (typeof recipes)[number]["variant"];

/** Uses the standard library's tables, formatting and unwinding, and does sums that a debug build checks. */
const plugin = `
use std::collections::HashMap;

#[no_mangle]
pub extern "C" fn otel_score(a: i32, b: i32, names: *const u8, length: usize) -> i32 {
    let names = unsafe { std::slice::from_raw_parts(names, length) };
    let mut seen = HashMap::new();
    for (index, name) in names.iter().enumerate() {
        *seen.entry(*name).or_insert(0i32) += index as i32 * a;
    }
    let text = format!("{:?} {}", seen, b);
    if text.len() > 1000 {
        panic!("too long: {}", text);
    }
    let _ = std::panic::catch_unwind(|| println!("{}", text));
    text.len() as i32 + a * b
}
`;

const core = `
#![no_std]
#[panic_handler]
fn panicked(_: &core::panic::PanicInfo) -> ! {
    loop {}
}
#[no_mangle]
pub extern "C" fn otel_score(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}
`;

/** Each from source by rustc, or from another variant by a tool that strips. */
const recipes = [
  { variant: "debug", rustc: ["-g"] },
  { variant: "release", rustc: ["-O"] },
  { variant: "abort", rustc: ["-O", "-Cpanic=abort"] },
  { variant: "lto", rustc: ["-O", "-Clto=fat", "-Ccodegen-units=1"] },
  { variant: "strip-symbols", rustc: ["-O", "-Cstrip=symbols"] },
  { variant: "dynamic", rustc: ["-O", "-Cprefer-dynamic"], type: "dylib" },
  { variant: "no-std", rustc: ["-O", "-Cpanic=abort"], source: core },
  // The standard library's debug info makes archives 20 times as long.
  {
    variant: "static",
    rustc: ["-O", "-Cpanic=abort"],
    type: "staticlib",
    then: ["--strip-debug", "--keep-file-symbols"],
  },
  { variant: "object", rustc: ["-O", "-Cpanic=abort", "--emit=obj"], source: core },
  { variant: "gnu-strip", from: "release", tool: "strip", flags: [] },
  { variant: "llvm-strip", from: "release", tool: "llvm-strip", flags: [] },
  { variant: "llvm-strip-abort", from: "abort", tool: "llvm-strip", flags: [] },
  { variant: "no-sections", from: "release", tool: "llvm-strip", flags: ["--strip-sections"] },
  { variant: "no-std-llvm-strip", from: "no-std", tool: "llvm-strip", flags: [] },
] as const;

/** Kept between runs: the built files, not the compilers. */
const cache = fileURLToPath(new URL("../.cache/rust/", import.meta.url));

const run = promisify(execFile);

/** The files of every compiler at hand; what is not in the cache is built now. */
export function rustBuilds(): Promise<readonly RustBuilds[]> {
  return Promise.all(rustToolchains().map(buildsOf));
}

/** A folder of the cache, made by `fill` where it is not there; other test runs see it whole or not at all. */
export async function cachedFolder(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const place = join(cache, name);
  if (existsSync(place)) return place;
  mkdirSync(dirname(place), { recursive: true });
  const folder = mkdtempSync(`${place}-`);
  try {
    await fill(folder);
    renameSync(folder, place);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    if (!existsSync(place)) throw error;
  }
  return place;
}

async function buildsOf(toolchain: RustToolchain): Promise<RustBuilds> {
  const { name, required } = toolchain;
  const strip = llvmTool("llvm-strip");
  let missing = toolchain.missing ?? strip.missing;
  let folder = "";
  try {
    if (missing === undefined) folder = await built(toolchain, strip);
  } catch (error) {
    missing = `its files could not be built: ${String(error)}`;
  }
  return {
    name,
    required,
    missing,
    version: () => JSON.parse(readFileSync(join(folder, "version.json"), "utf8")) as RustVersion,
    file: (variant) => join(folder, variant),
  };
}

function built(toolchain: RustToolchain, strip: Tool): Promise<string> {
  const key = createHash("sha256")
    .update(JSON.stringify([plugin, recipes]))
    .digest("hex")
    .slice(0, 12);
  return cachedFolder(`${toolchain.name}-${toolchain.version}-${key}`, async (folder) => {
    const scratch = mkdtempSync(join(tmpdir(), "rust-toolchain-"));
    try {
      const command = await toolchain.install(scratch);
      writeFileSync(join(folder, "version.json"), JSON.stringify(versionOf(command)));
      for (const recipe of recipes) await cook(recipe, folder, command, strip);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
}

async function cook(
  recipe: (typeof recipes)[number],
  folder: string,
  { program, env }: RustCommand,
  strip: Tool,
): Promise<void> {
  const output = join(folder, recipe.variant);
  if ("from" in recipe) {
    cpSync(join(folder, recipe.from), output);
    execFileSync(recipe.tool === "strip" ? "strip" : strip.name, [...recipe.flags, output]);
    return;
  }
  const source = join(folder, "plugin.rs");
  writeFileSync(source, "source" in recipe ? recipe.source : plugin);
  const type = "type" in recipe ? recipe.type : "cdylib";
  const flags = ["--crate-type", type, "--crate-name", "otel_plugin", "-A", "warnings", "-o", output];
  await run(program, [...recipe.rustc, ...flags, "plugin.rs"], { cwd: folder, env });
  if ("then" in recipe) await run("strip", [...recipe.then, output]);
}

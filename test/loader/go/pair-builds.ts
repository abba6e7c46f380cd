import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { findModuledata } from "../../../src/evidence/go/moduledata.ts";
import { readPluginTable } from "../../../src/evidence/go/plugin-table.ts";
import { openFile } from "../../support/evidence-open.ts";
import { tool } from "../../support/oracle/tool.ts";
import { installedGo } from "../../support/go-releases.ts";
import { hosts, others, plugins, type Recipe } from "./pair-kinds.ts";
import { amd64, type PairMachine } from "./pair-machine.ts";
import { sources, type Sources } from "./pair-sources.ts";

const run = promisify(execFile);

/** A file to open, and the name by which it is. */
export interface PairPlugin {
  readonly kind: string;
  /** Relative to the folder in which hosts are run. */
  readonly name: string;
}

/** By what is special about them. */
export const hostKinds = amd64.kinds.hosts;

/** What must be installed beside Go. */
export const builders = ["gcc", "musl-gcc", "rustc", "strip"].map(tool);

/** Everything built, in one folder. */
export interface PairBuilds {
  readonly folder: string;
  readonly hosts: readonly { readonly kind: string; readonly file: string }[];
  readonly plugins: readonly PairPlugin[];
}

const cache = fileURLToPath(new URL("../../.cache/go-pairs/", import.meta.url));

/** Builds all hosts and plugins with the Go on the PATH, or finds them built. */
export async function pairBuilds(machine: PairMachine = amd64): Promise<PairBuilds> {
  const toolchain = installedGo();
  const key = createHash("sha256")
    .update(
      JSON.stringify([
        toolchain.version,
        machine,
        sources,
        hosts,
        plugins,
        others,
        String(shapeOthers),
        String(buildForeign),
      ]),
    )
    .digest("hex")
    .slice(0, 16);
  const output = join(cache, `${toolchain.version}-${machine.name}-${key}`);
  await builtOnce(output, machine);
  return {
    folder: output,
    hosts: machine.kinds.hosts.map((kind) => ({
      kind,
      file: join(output, `host-${fileName(kind)}`),
    })),
    plugins: [
      ...machine.kinds.plugins.map((kind) => ({ kind, name: `./${fileName(kind)}.so` })),
      ...machine.kinds.others.map((kind) => ({ kind, name: others[kind] ?? "" })),
    ],
  };
}

function fileName(kind: string): string {
  return kind.replaceAll(/[^a-zA-Z0-9]+/g, "_");
}

/** Test files run beside each other: one of them builds, the others wait for it. */
async function builtOnce(output: string, machine: PairMachine): Promise<void> {
  const lock = `${output}.lock`;
  mkdirSync(cache, { recursive: true });
  while (!existsSync(output)) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      if (isAbandoned(lock)) rmSync(lock, { force: true });
      await setTimeout(500);
      continue;
    }
    try {
      if (!existsSync(output)) await buildAll(output, machine);
    } finally {
      rmSync(lock, { force: true });
    }
  }
}

function isAbandoned(lock: string): boolean {
  try {
    process.kill(Number(readFileSync(lock, "utf8")), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

async function buildAll(output: string, machine: PairMachine): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "go-pairs-"));
  const made = join(work, "made");
  try {
    mkdirSync(made);
    write(work, sources);
    await gcc(machine, work, "set/needing/libmissing.so", "c/missing.c", "-shared");
    // One after another, since the folder counts: where paths are not trimmed its name is in the hashes.
    for (const kind of machine.kinds.hosts) {
      await buildOne(machine, work, recipeOf(hosts, kind), join(made, `host-${fileName(kind)}`));
    }
    for (const kind of machine.kinds.plugins) {
      await buildOne(machine, work, recipeOf(plugins, kind), join(made, `${fileName(kind)}.so`));
    }
    await buildForeign(machine, work, made);
    shapeOthers(machine, made);
    mkdirSync(dirname(output), { recursive: true });
    // Copied beside its place first, since the temporary folder may be on another disk.
    const whole = `${output}.${process.pid}`;
    cpSync(made, whole, { recursive: true, verbatimSymlinks: true });
    if (existsSync(output)) rmSync(whole, { recursive: true });
    else renameSync(whole, output);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function recipeOf(recipes: Readonly<Record<string, Recipe>>, kind: string): Recipe {
  const recipe = recipes[kind];
  if (recipe === undefined) throw new Error(`there is no kind ${kind}`);
  return recipe;
}

async function buildOne(machine: PairMachine, work: string, recipe: Recipe, output: string): Promise<void> {
  const { of, flags = [], environment = {}, files = {}, stripped } = recipe;
  write(work, files);
  const [first = ""] = of;
  const isDotted = first === "../dotted";
  const folder = join(work, isDotted ? "dotted" : "set");
  try {
    const what = isDotted ? ["."] : of;
    await installedGo().go(["build", ...flags, "-o", output, ...what], {
      folder,
      environment: { CGO_LDFLAGS_ALLOW: ".*", ...machine.environment, ...environment },
    });
    // -buildmode=c-shared makes a C header as well.
    rmSync(`${output.slice(0, -".so".length)}.h`, { force: true });
    if (stripped === true) await run(machine.strip, [output]);
  } finally {
    write(work, sources);
  }
}

async function buildForeign(machine: PairMachine, work: string, made: string): Promise<void> {
  await gcc(machine, work, "made/plain.so", "c/plain.c", "-shared");
  // Rust is not at hand for other machines.
  if (!machine.kinds.others.includes("Rust cdylib")) return;
  await run("rustc", [
    "--crate-type=cdylib",
    "--crate-name=answer",
    "--out-dir",
    made,
    join(work, "rust/lib.rs"),
  ]);
}

async function gcc(
  { elf }: PairMachine,
  work: string,
  output: string,
  source: string,
  ...flags: readonly string[]
): Promise<void> {
  await run(elf.compilers.glibc, ["-fPIC", ...flags, "-o", join(work, output), join(work, source)]);
}

/** Makes of the plugins what no linker makes. */
function shapeOthers({ elf }: PairMachine, made: string): void {
  const plugin = readFileSync(join(made, "match.so"));
  const put = (name: string, bytes: Buffer | string): void => {
    writeFileSync(join(made, name), bytes);
  };
  for (const name of ["match", ".so", 'a"\u001b[31m\u202e%s b.so'])
    copyFileSync(join(made, "match.so"), join(made, name));
  put("cut.so", plugin.subarray(0, Math.floor(plugin.length / 3)));
  const machine = Buffer.from(plugin);
  // e_machine.
  machine.writeUInt16LE(elf.another, 18);
  put("machine.so", machine);
  put("text.so", "no library, though its name says so\n".repeat(4));
  put("empty.so", "");
  mkdirSync(join(made, "folder.so"));
  symlinkSync("match.so", join(made, "link.so"));
  put("pathless.so", withoutPath(join(made, "match.so")));
  const renamed = Buffer.from(plugin);
  const name = Buffer.from("\0example.com/set/plugin.Hello\0");
  for (let at = renamed.indexOf(name); at !== -1; at = renamed.indexOf(name, at + 1))
    renamed.write("J", at + name.length - 6);
  put("renamed.so", renamed);
}

/** The plugin with an empty plugin path in its moduledata: the length is the word before pkghashes. */
function withoutPath(file: string): Buffer {
  const bytes = Buffer.from(readFileSync(file));
  const object = openFile(file);
  const [moduledata, table] = [findModuledata(object), readPluginTable(object)];
  if (!moduledata.known || !table.known) throw new Error(`${file} is a plugin`);
  const place = object.locate(moduledata.value + BigInt(8 * (table.value.packageHashesAt - 1)));
  if (place.kind !== "file") throw new Error("its moduledata is in the file");
  bytes.writeBigUInt64LE(0n, place.offset);
  return bytes;
}

function write(folder: string, files: Sources): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

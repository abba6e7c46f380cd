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
import { findModuledata } from "../../../src/evidence/go-moduledata.ts";
import { readPluginTable } from "../../../src/evidence/go-plugin-table.ts";
import { openFile } from "../../support/evidence-open.ts";
import { tool } from "../../support/oracle/tool.ts";
import { installedGo } from "../../support/go-releases.ts";
import { api, extra, plugin, sources, type Sources } from "./pair-sources.ts";

const run = promisify(execFile);

/** One file, by what is built, and what is other than in the plainest build. */
interface Recipe {
  /** Package folder, or files. */
  readonly of: readonly string[];
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Sources in other words, while this one is built. */
  readonly files?: Sources;
  /** Run on the finished file. */
  readonly then?: readonly string[];
}

const trimmed = ["-trimpath"];

/** `-ldflags` for the external linker. */
function linked(...flags: readonly string[]): readonly string[] {
  return [`-ldflags=-linkmode=external "-extldflags=${flags.join(" ")}"`];
}

const otherApi = api.replace("return text", 'return text + "other"');
const inlinable = { "api/api.go": api.replace("return 1", "return 2") };

const hosts: Readonly<Record<string, Recipe>> = {
  plain: { of: ["./host"] },
  "position-independent": { of: ["./host"], flags: ["-buildmode=pie"] },
  "-s -w": { of: ["./host"], flags: ["-ldflags=-s -w"] },
  stripped: { of: ["./host"], then: ["strip"] },
  "-trimpath": { of: ["./host"], flags: trimmed },
  "-race": { of: ["./host"], flags: ["-race"] },
  "-gcflags=all=-l": { of: ["./host"], flags: ["-gcflags=all=-l"] },
  "without cgo": { of: ["./host"], environment: { CGO_ENABLED: "0" } },
  "without package plugin": { of: ["./without"] },
  static: { of: ["./host"], flags: linked("-static") },
  "-tags": { of: ["./host"], flags: ["-tags=tagged"] },
  "other dependency": { of: ["./host"], files: inlinable },
  "few packages": { of: ["./lean"] },
  "-linkmode=external": { of: ["./host"], flags: linked("-Wl,-O1") },
  musl: { of: ["./host"], environment: { CC: "musl-gcc" } },
};

const asPlugin = ["-buildmode=plugin"];

/** A Go plugin that is the plainest but for what is said. */
function pluginOf(other: Partial<Recipe> = {}): Recipe {
  return { of: ["./plugin"], ...other, flags: [...asPlugin, ...(other.flags ?? [])] };
}

const plugins: Readonly<Record<string, Recipe>> = {
  match: pluginOf(),
  "-s -w": pluginOf({ flags: ["-ldflags=-s -w"] }),
  stripped: pluginOf({ then: ["strip"] }),
  "-trimpath": pluginOf({ flags: trimmed }),
  "-race": pluginOf({ flags: ["-race"] }),
  "-gcflags=all=-l": pluginOf({ flags: ["-gcflags=all=-l"] }),
  "-gcflags=all=-N": pluginOf({ flags: ["-gcflags=all=-N"] }),
  "-tags": pluginOf({ flags: ["-tags=tagged"] }),
  "function added": pluginOf({ files: { "api/api.go": `${api}\nfunc Added() {}\n` } }),
  "inlinable body": pluginOf({ files: inlinable }),
  "comment above": pluginOf({ files: { "api/api.go": api.replace("import", "// Moved.\n\nimport") } }),
  "other body": pluginOf({ files: { "api/api.go": otherApi } }),
  "-trimpath, other folder": pluginOf({
    flags: trimmed,
    files: {
      "set/go.mod": (sources["set/go.mod"] ?? "").replace("../api", "../elsewhere"),
      "elsewhere/go.mod": sources["api/go.mod"] ?? "",
      "elsewhere/api.go": api,
    },
  }),
  "other folder": pluginOf({
    files: {
      "set/go.mod": (sources["set/go.mod"] ?? "").replace("../api", "../elsewhere"),
      "elsewhere/go.mod": sources["api/go.mod"] ?? "",
      "elsewhere/api.go": api,
    },
  }),
  "package more": pluginOf({ of: ["./extra"] }),
  "package more, other": pluginOf({
    of: ["./extra2"],
    files: { "extra/extra.go": `${extra}\nfunc More() {}\n` },
  }),
  "same path": pluginOf({ files: { "set/plugin/main.go": plugin.replace("42", "43") } }),
  "dotted path": pluginOf({ of: ["../dotted"] }),
  "from files": pluginOf({ of: ["./plugin/main.go"] }),
  "exporting nothing": pluginOf({ of: ["./silent"] }),
  "-Bsymbolic": pluginOf({ flags: linked("-Wl,-Bsymbolic") }),
  "packed relocations": pluginOf({ flags: linked("-Wl,-z,pack-relative-relocs") }),
  "missing library": pluginOf({ of: ["./needing"] }),
  "undefined symbol": pluginOf({ of: ["./undefined"] }),
  "c-shared": { of: ["./plugin"], flags: ["-buildmode=c-shared"] },
  "for musl": pluginOf({ environment: { CC: "musl-gcc" } }),
};

/** A file to open, and the name by which it is. */
export interface PairPlugin {
  readonly kind: string;
  /** Relative to the folder in which hosts are run. */
  readonly name: string;
}

/** By what is special about them. */
export const hostKinds = Object.keys(hosts);

/** What must be installed beside Go. */
export const builders = ["gcc", "musl-gcc", "rustc", "strip"].map(tool);

/** Everything built, in one folder. */
export interface PairBuilds {
  readonly folder: string;
  readonly hosts: readonly { readonly kind: string; readonly file: string; readonly opener: string }[];
  readonly plugins: readonly PairPlugin[];
}

const cache = fileURLToPath(new URL("../../.cache/go-pairs/", import.meta.url));

/** Builds all hosts and plugins with the Go on the PATH, or finds them built. */
export async function pairBuilds(): Promise<PairBuilds> {
  const toolchain = installedGo();
  const key = createHash("sha256")
    .update(
      JSON.stringify([
        toolchain.version,
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
  const output = join(cache, `${toolchain.version}-${key}`);
  await builtOnce(output);
  return {
    folder: output,
    hosts: Object.keys(hosts).map((kind) => ({
      kind,
      file: join(output, `host-${fileName(kind)}`),
      opener: join(output, `open-${openerOf(kind)}`),
    })),
    plugins: [
      ...Object.keys(plugins).map((kind) => ({ kind, name: `./${fileName(kind)}.so` })),
      ...Object.entries(others).map(([kind, name]) => ({ kind, name })),
    ],
  };
}

/** The C program whose dlopen stands in for that of the host: of the same library, linked the same way. */
function openerOf(host: string): string {
  return host === "musl" ? "musl" : host === "static" ? "static" : "glibc";
}

function fileName(kind: string): string {
  return kind.replaceAll(/[^a-zA-Z0-9]+/g, "_");
}

/** Files that no Go build makes, with the names by which they are opened. */
const others: Readonly<Record<string, string>> = {
  "C library": "./plain.so",
  "Rust cdylib": "./libanswer.so",
  "cut off": "./cut.so",
  "other machine": "./arm64.so",
  text: "./text.so",
  empty: "./empty.so",
  missing: "./missing.so",
  folder: "./folder.so",
  link: "./link.so",
  "no extension": "match",
  "three letters": ".so",
  "hostile name": './a"\u001b[31m\u202e%s b.so',
  "bare name": "match.so",
  "no plugin path": "./pathless.so",
  "missing export": "./renamed.so",
};

/** Test files run beside each other: one of them builds, the others wait for it. */
async function builtOnce(output: string): Promise<void> {
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
      if (!existsSync(output)) await buildAll(output);
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

async function buildAll(output: string): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "go-pairs-"));
  const made = join(work, "made");
  try {
    mkdirSync(made);
    write(work, sources);
    await gcc(work, "set/needing/libmissing.so", "c/missing.c", "-shared");
    // One after another, since the folder counts: where paths are not trimmed its name is in the hashes.
    for (const [kind, recipe] of Object.entries(hosts)) {
      await buildOne(work, recipe, join(made, `host-${fileName(kind)}`));
    }
    for (const [kind, recipe] of Object.entries(plugins)) {
      await buildOne(work, recipe, join(made, `${fileName(kind)}.so`));
    }
    await buildForeign(work, made);
    shapeOthers(made);
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

async function buildOne(work: string, recipe: Recipe, output: string): Promise<void> {
  const { of, flags = [], environment = {}, files = {}, then } = recipe;
  write(work, files);
  const [first = ""] = of;
  const isDotted = first === "../dotted";
  const folder = join(work, isDotted ? "dotted" : "set");
  try {
    const what = isDotted ? ["."] : of;
    await installedGo().go(["build", ...flags, "-o", output, ...what], {
      folder,
      environment: { CGO_LDFLAGS_ALLOW: ".*", ...environment },
    });
    // -buildmode=c-shared makes a C header as well.
    rmSync(`${output.slice(0, -".so".length)}.h`, { force: true });
    const [command, ...args] = then ?? [];
    if (command !== undefined) await run(command, [...args, output]);
  } finally {
    write(work, sources);
  }
}

async function buildForeign(work: string, made: string): Promise<void> {
  await gcc(work, "made/plain.so", "c/plain.c", "-shared");
  await gcc(work, "made/open-glibc", "c/open.c", "-rdynamic");
  await gcc(work, "made/open-static", "c/open.c", "-static");
  await run("musl-gcc", ["-rdynamic", "-o", join(made, "open-musl"), join(work, "c/open.c")]);
  await run("rustc", [
    "--crate-type=cdylib",
    "--crate-name=answer",
    "--out-dir",
    made,
    join(work, "rust/lib.rs"),
  ]);
}

async function gcc(work: string, output: string, source: string, ...flags: readonly string[]): Promise<void> {
  await run("gcc", ["-fPIC", ...flags, "-o", join(work, output), join(work, source)]);
}

/** Makes of the plugins what no linker makes. */
function shapeOthers(made: string): void {
  const plugin = readFileSync(join(made, "match.so"));
  const put = (name: string, bytes: Buffer | string): void => {
    writeFileSync(join(made, name), bytes);
  };
  for (const name of ["match", ".so", 'a"\u001b[31m\u202e%s b.so'])
    copyFileSync(join(made, "match.so"), join(made, name));
  put("cut.so", plugin.subarray(0, Math.floor(plugin.length / 3)));
  const machine = Buffer.from(plugin);
  // e_machine: EM_AARCH64.
  machine.writeUInt16LE(183, 18);
  put("arm64.so", machine);
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

import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../../", import.meta.url));
const sample = join(root, "fixtures/sample-rust");

/** The text of a file of the project. */
export function recipe(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** A recipe as its reader would take it. The caller says of what shape it is; a test of its own holds it to that. */
export function yamlRecipe(path: string): unknown {
  return parse(recipe(path), { strict: true, uniqueKeys: true });
}

/** A folder as after a build, where recipes are run. */
export interface BuildFolder {
  readonly path: string;
  /** Where `plugins` is found. */
  readonly bin: string;
  readonly remove: () => void;
}

/** `dist/otelcol` and `dist/plugins`: all plugins of the sample set, or the one that fits the host. */
export function buildFolder(plugins: "all" | "fitting"): BuildFolder {
  const path = mkdtempSync(join(tmpdir(), "plugins-recipe-"));
  const bin = join(path, "bin");
  mkdirSync(bin);
  symlinkSync(join(root, "bin/run.js"), join(bin, "plugins"));
  mkdirSync(join(path, "dist/plugins"), { recursive: true });
  copyFileSync(join(sample, "otelcol"), join(path, "dist/otelcol"));
  for (const name of plugins === "all"
    ? ["debugexporter.so", "kafkaexporter.so", "notes.so"]
    : ["debugexporter.so"]) {
    copyFileSync(join(sample, "plugins", name), join(path, "dist/plugins", name));
  }
  return {
    path,
    bin,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Puts a program of that name where `plugins` is. */
export function addProgram({ bin }: BuildFolder, name: string, text: string): void {
  writeFileSync(join(bin, name), text);
  chmodSync(join(bin, name), 0o755);
}

export interface RecipeRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in the folder with this environment alone, beside PATH. */
export function runIn(
  { path, bin }: BuildFolder,
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): RecipeRun {
  const [program = "", ...args] = command;
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: path,
    env: { PATH: `${bin}:${process.env["PATH"] ?? ""}`, HOME: path, LANG: "C.UTF-8", ...env },
    encoding: "utf8",
  });
  if (error !== undefined) throw error;
  return { code: status, stdout, stderr };
}

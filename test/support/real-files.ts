import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { lackOf } from "./need.ts";
import corpus from "./real-files.json" with { type: "json" };

/** A file of the corpus: compiled and linked by others, so that nothing in it was made to please our readers. */
export interface RealFile {
  /** `/usr/lib/x86_64-linux-gnu/libc.so.6`, `@esbuild/linux-arm: bin/esbuild`. */
  readonly label: string;
  readonly path: string;
  /** Why the file is not at hand; undefined where it is. */
  readonly missing: string | undefined;
  /** Whether it can be had anywhere: an npm package can, what a system has installed cannot. */
  readonly isPinned: boolean;
}

interface Package {
  readonly name: string;
  readonly version: string;
  /** As npm writes it: `sha512-<base64>` of the packed archive. */
  readonly integrity: string;
  readonly elf?: readonly string[];
  readonly macho?: readonly string[];
  /** Programs by Go's own linker, with build info. */
  readonly go?: readonly string[];
}

const packages: readonly Package[] = corpus.packages;

/** Kept between runs, so that only the first one needs the registry. */
const CACHE = fileURLToPath(new URL("../.cache/real-files/", import.meta.url));

const run = promisify(execFile);

/** ELF files: those Debian 12 installs with build-essential, the running Node, and pinned npm packages. */
export async function realElfFiles(): Promise<readonly RealFile[]> {
  const installed = [...corpus.system, process.execPath].map((path) => ({
    label: path,
    path,
    missing: existsSync(path) ? undefined : "no such file of Debian's build-essential",
    isPinned: false,
  }));
  return [...installed, ...(await packedFiles("elf"))];
}

/** Mach-O files, thin and universal, of pinned npm packages. */
export async function realMachoFiles(): Promise<readonly RealFile[]> {
  return packedFiles("macho");
}

/** Go programs of pinned npm packages, in ELF and in Mach-O. */
export async function realGoFiles(): Promise<readonly RealFile[]> {
  return packedFiles("go");
}

async function packedFiles(format: "elf" | "macho" | "go"): Promise<RealFile[]> {
  const wanted = packages.filter((one) => one[format] !== undefined);
  const missing = await fetchPackages(wanted.filter((one) => !existsSync(folderOf(one))));
  return wanted.flatMap((one) =>
    (one[format] ?? []).map((file) => ({
      label: `${one.name}: ${file}`,
      path: join(folderOf(one), file),
      missing: missing.get(one),
      isPinned: true,
    })),
  );
}

/** Gets all of them with one call of npm; tells for each one that could not be had why. */
async function fetchPackages(wanted: readonly Package[]): Promise<Map<Package, string>> {
  const missing = new Map<Package, string>();
  if (wanted.length === 0) return missing;
  const lack = lackOf("npm", "tar");
  if (lack !== undefined) return new Map(wanted.map((one) => [one, lack]));
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, "fetch-"));
  try {
    const complaint = await pack(wanted, folder);
    for (const one of wanted) {
      const problem = await unpack(one, folder, complaint);
      if (problem !== undefined) missing.set(one, problem);
    }
    return missing;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns npm's complaint, undefined where it had none. */
async function pack(wanted: readonly Package[], folder: string): Promise<string | undefined> {
  const names = wanted.map((one) => `${one.name}@${one.version}`);
  const flags = ["--loglevel=error", "--ignore-scripts", "--fetch-retries=1", "--pack-destination", folder];
  try {
    await run("npm", ["pack", ...flags, ...names]);
    return undefined;
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    return said
      .split("\n")
      .filter((line) => !line.startsWith("npm warn"))
      .slice(0, 2)
      .join(", ");
  }
}

/** @returns why the package cannot be used, undefined once it lies in the cache. */
async function unpack(
  one: Package,
  folder: string,
  complaint: string | undefined,
): Promise<string | undefined> {
  const id = `${one.name}@${one.version}`;
  const archive = join(folder, `${basename(folderOf(one))}.tgz`);
  if (!existsSync(archive)) return `no package from the npm registry: ${complaint ?? "npm packed nothing"}`;
  const found = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
  if (found !== one.integrity) return `${id} is not the pinned one: its integrity is ${found}`;
  const files = [...(one.elf ?? []), ...(one.macho ?? []), ...(one.go ?? [])].map(
    (file) => `package/${file}`,
  );
  const unpacked = mkdtempSync(join(folder, "unpacked-"));
  await run("tar", ["-xzf", archive, "-C", unpacked, ...files]);
  moveIntoPlace(join(unpacked, "package"), folderOf(one));
  return undefined;
}

/** In one step, so that a test run beside this one sees a whole package or none. */
function moveIntoPlace(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}

/** The archive's own name, as `npm pack` makes it, is the folder's. */
function folderOf({ name, version }: Package): string {
  return join(CACHE, `${name.replace("@", "").replace("/", "-")}-${version}`);
}

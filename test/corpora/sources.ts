import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { lackOf } from "../support/need.ts";

/** Files that others test their readers with, in the packages that carry them. */
export interface Source {
  /** `pyelftools 0.32` */
  readonly name: string;
  /** Brings it here if it is not here. @returns the folder with its files, or why there is none. */
  readonly folder: () => Promise<{ readonly path: string } | { readonly missing: string }>;
}

const run = promisify(execFile);

/** Kept between runs, and never committed. */
const cache = fileURLToPath(new URL("../../node_modules/.cache/corpora/", import.meta.url));

const pyelftools = "0.32";
const debianPackages = ["elfutils", "file"] as const;

/** Crates whose packages hold object files; most leave their tests out. */
const crates = [
  ["elf_rs", "0.3.0"],
  ["elfloader", "0.16.0"],
  ["mach_object", "0.1.17"],
] as const;

/** The parts of Go's sources that read object files, and what they are tested with. */
const goParts = ["debug", "internal/xcoff"] as const;

export const goSource: Source = {
  name: "Go's own tests",
  folder: async () => {
    const lack = lackOf("go");
    if (lack !== undefined) return { missing: lack };
    const { stdout } = await run("go", ["env", "GOROOT"]);
    return { path: join(stdout.trim(), "src") };
  },
};

export const sources: readonly Source[] = [
  ...goParts.map((part): Source => ({
    name: `Go, ${part}`,
    folder: async () => {
      const go = await goSource.folder();
      return "path" in go ? { path: join(go.path, part) } : go;
    },
  })),
  {
    name: `pyelftools ${pyelftools}`,
    folder: () =>
      fetched(`pyelftools-${pyelftools}`, ["pip", "tar"], async (folder) => {
        const flags = ["--quiet", "--no-deps", "--no-binary", ":all:", "--dest", folder];
        await run("pip", ["download", ...flags, `pyelftools==${pyelftools}`]);
        await unpack(folder);
      }),
  },
  ...debianPackages.map((name): Source => ({
    name: `${name}, Debian's source`,
    folder: () => fetched(`debian-${name}`, ["apt-get", "tar"], (folder) => debianSource(name, folder)),
  })),
  ...crates.map(([name, version]): Source => ({
    name: `crate ${name} ${version}`,
    folder: async () => {
      const all = await fetched("crates", ["cargo"], vendor);
      return "path" in all ? { path: join(all.path, "vendor", name) } : all;
    },
  })),
];

/** In one step, so that a run that was interrupted leaves nothing half done. */
async function fetched(
  name: string,
  tools: readonly string[],
  fetch: (folder: string) => Promise<void>,
): Promise<{ readonly path: string } | { readonly missing: string }> {
  const path = join(cache, name);
  if (existsSync(path)) return { path };
  const lack = lackOf(...tools);
  if (lack !== undefined) return { missing: lack };
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "fetch-"));
  try {
    await fetch(folder);
    renameSync(folder, path);
    return { path };
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    return { missing: said.trim().split("\n").slice(-1).join("") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The archive that the system's own packages come from, and its release. */
async function debianArchive(): Promise<readonly [string, string]> {
  const format = "$(REPO_URI) $(RELEASE) $(COMPONENT)";
  const { stdout } = await run("apt-get", ["indextargets", "--format", format, "Created-By: Packages"]);
  const [archive, release] = /^(\S+\/debian\/?) ([a-z]+) main$/m.exec(stdout)?.slice(1) ?? [];
  if (archive === undefined || release === undefined) throw new Error("apt-get knows no archive of Debian");
  return [archive, release];
}

/** By a list of sources and a folder of its own: the system's are left as they are. */
async function debianSource(name: string, folder: string): Promise<void> {
  const [archive, release] = await debianArchive();
  const list = join(folder, "debian.sources");
  const lists = join(folder, "lists");
  mkdirSync(join(lists, "partial"), { recursive: true });
  const key = "/usr/share/keyrings/debian-archive-keyring.gpg";
  const lines = ["Types: deb-src", `URIs: ${archive}`, `Suites: ${release}`];
  writeFileSync(list, `${[...lines, "Components: main", `Signed-By: ${key}`].join("\n")}\n`);
  const options = [`Dir::Etc::sourcelist=${list}`, "Dir::Etc::sourceparts=-", `Dir::State::lists=${lists}`];
  const flags = options.flatMap((option) => ["-o", option]);
  await run("apt-get", ["update", ...flags]);
  await run("apt-get", ["source", "--download-only", ...flags, name], { cwd: folder });
  rmSync(lists, { recursive: true });
  await unpack(folder);
}

async function unpack(folder: string): Promise<void> {
  for (const name of readdirSync(folder).filter((each) => /(?:\.orig)?\.tar\.(?:gz|bz2|xz)$/.test(each))) {
    await run("tar", ["-xf", join(folder, name), "-C", folder]);
    rmSync(join(folder, name));
  }
}

async function vendor(folder: string): Promise<void> {
  mkdirSync(join(folder, "src"));
  writeFileSync(join(folder, "src/lib.rs"), "");
  const needed = crates.map(([name, version]) => `${name} = "=${version}"\n`).join("");
  const head =
    '[package]\nname = "corpora"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n[dependencies]\n';
  writeFileSync(join(folder, "Cargo.toml"), `${head}${needed}`);
  await run("cargo", ["vendor", "--quiet", "vendor"], { cwd: folder });
}

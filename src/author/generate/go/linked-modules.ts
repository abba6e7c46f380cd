import type { GoCommand } from "./command.ts";

/** A module of which packages are linked. */
export interface LinkedModule {
  readonly path: string;
  /** What its sum is recorded for: itself or its replacement; undefined for a folder of sources. */
  readonly content: { readonly path: string; readonly version: string } | undefined;
}

/**
 * Columns parted by tabs: error in quotes, import path, of the module path, version and replacement, the sources, and the folder: at the
 * end, since it may have tabs in it.
 */
const form = [
  '{{with .Error}}{{printf "%q" .Err}}{{end}}',
  "{{.ImportPath}}",
  "{{with .Module}}{{.Path}}\t{{.Version}}\t{{with .Replace}}by\t{{.Version}}\t{{if .Version}}{{.Path}}{{end}}{{else}}\t\t{{end}}{{else}}\t\t\t\t{{end}}",
  '{{join .GoFiles "/"}}',
  '{{join .CgoFiles "/"}}',
  "{{.Dir}}",
].join("\t");

/** A linked package: its folder, and the names of the sources that this build compiles. */
export interface LinkedPackage {
  readonly folder: string;
  readonly sources: readonly string[];
}

export interface LinkedPackages {
  /** By path, each once. */
  readonly modules: readonly LinkedModule[];
  /** By import path. */
  readonly packages: ReadonlyMap<string, LinkedPackage>;
}

/**
 * Whether a package lacks nothing but a file to embed: the manifest itself may be that file, and is not there before the first one is made.
 * @param error as go prints it, or quoted.
 */
export function isForManifest(error: string): boolean {
  return /pattern \S+: no matching files found/.test(error);
}

/**
 * What a package links, as the go command itself finds it before it builds: by the same walk that fills the build info (Go:
 * src/cmd/go/internal/load/pkg.go, setBuildInfo).
 * @throws UsageError if the package cannot be listed.
 */
export async function linkedPackages(
  { run }: GoCommand,
  flags: readonly string[],
  packageName: string,
): Promise<LinkedPackages> {
  const lines = (await run("list", "-e", ...flags, "-deps", "-f", form, "--", packageName)).split("\n");
  const modules = new Map<string, LinkedModule>();
  const packages = new Map<string, LinkedPackage>();
  for (const line of lines) {
    const [error = "", ...columns] = line.split("\t");
    const [importPath = "", path = "", version = "", by = "", otherVersion = "", otherPath = "", ...place] =
      columns;
    const [goFiles = "", cgoFiles = "", ...folder] = place;
    // What go says itself is better than what is left of it here.
    if (error !== "" && !isForManifest(error)) await run("list", ...flags, "-deps", "--", packageName);
    if (importPath !== "") {
      const sources = [...goFiles.split("/"), ...cgoFiles.split("/")].filter((name) => name !== "");
      packages.set(importPath, { folder: folder.join("\t"), sources });
    }
    if (path === "" || modules.has(path)) continue;
    const real = by === "" ? { path, version } : { path: otherPath, version: otherVersion };
    modules.set(path, { path, content: real.version === "" ? undefined : real });
  }
  return {
    modules: [...modules.values()].sort((one, other) => (one.path < other.path ? -1 : 1)),
    packages,
  };
}

import type { GoCommand } from "./command.ts";

/** A module of which packages are linked. */
export interface LinkedModule {
  readonly path: string;
  /** What its sum is recorded for: itself or its replacement; undefined for a folder of sources. */
  readonly content: { readonly path: string; readonly version: string } | undefined;
}

/** Columns parted by tabs: error in quotes, import path, folder, and of the module path, version and replacement. */
const form = [
  '{{with .Error}}{{printf "%q" .Err}}{{end}}',
  "{{.ImportPath}}",
  "{{.Dir}}",
  "{{with .Module}}{{.Path}}\t{{.Version}}{{with .Replace}}\tby\t{{.Version}}\t{{if .Version}}{{.Path}}{{end}}{{end}}{{end}}",
].join("\t");

export interface LinkedPackages {
  /** By path, each once. */
  readonly modules: readonly LinkedModule[];
  /** The folder of each linked package, by import path. */
  readonly folders: ReadonlyMap<string, string>;
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
  const folders = new Map<string, string>();
  for (const line of lines) {
    const [error = "", ...columns] = line.split("\t");
    const [importPath = "", folder = "", path = "", version = "", by, otherVersion = "", otherPath = ""] =
      columns;
    // What go says itself is better than what is left of it here.
    if (error !== "" && !isForManifest(error)) await run("list", ...flags, "-deps", "--", packageName);
    if (importPath !== "" && folder !== "") folders.set(importPath, folder);
    if (path === "" || modules.has(path)) continue;
    const real = by === undefined ? { path, version } : { path: otherPath, version: otherVersion };
    modules.set(path, { path, content: real.version === "" ? undefined : real });
  }
  return {
    modules: [...modules.values()].sort((one, other) => (one.path < other.path ? -1 : 1)),
    folders,
  };
}

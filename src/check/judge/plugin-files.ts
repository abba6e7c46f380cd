import { relative, resolve, sep } from "node:path";
import { setImmediate } from "node:timers/promises";
import { readArtifact, type Artifact } from "../../artifact/artifact.ts";
import { scanFolder } from "../../artifact/folder.ts";
import { saidOf, unreadable, type Unreadable } from "../../artifact/unreadable.ts";
import { defaultCarrierNames, type CarrierNames } from "../../manifest/carrier/carrier-names.ts";
import type { FolderRequest, Progress } from "../model/request.ts";
import { UsageError } from "../model/usage-error.ts";

/** How long files are read in one go before timers and signals get their turn, in milliseconds. */
const turn = 50;

/** A plugin that is to be read, or a folder below that cannot be. */
export interface ListedFile {
  readonly path: string;
  /** Within its folder, with slashes: the same wherever that lies. */
  readonly name: string;
  /** Of a folder that could not be read. */
  readonly unreadable?: Unreadable;
}

/**
 * Every plugin of the folders, or the files that are named instead, in the order of the report.
 * @throws UsageError when a folder does not exist or cannot be listed.
 */
export function listPlugins({ folders, recursive = false, files }: FolderRequest): readonly ListedFile[] {
  if (files !== undefined) return onlyOnce(files.map((path) => ({ path, name: slashed(path) })));
  const contents = folders.map((folder) => ({ folder, ...scan(folder, recursive) }));
  const found = contents.flatMap(({ folder, candidates }) =>
    candidates.map((path): ListedFile => ({ path, name: nameIn(folder, path) })),
  );
  const broken = contents.flatMap(({ folder, unreadable }) =>
    unreadable.map((each): ListedFile => ({
      path: each.path,
      name: nameIn(folder, each.path),
      unreadable: each,
    })),
  );
  const all = [...found, ...broken];
  return folders.length < 2 ? all : onlyOnce(all);
}

/** One file may be named twice, and a folder by two paths. */
function onlyOnce(files: readonly ListedFile[]): readonly ListedFile[] {
  const seen = new Set<string>();
  return files.filter(({ path }) => {
    const place = resolve(path);
    return !seen.has(place) && seen.add(place);
  });
}

/** Reads every plugin of the folders and hands each result on, so that not all of them stay in memory. */
export function readFolders<Result>(
  request: FolderRequest,
  use: (file: Artifact | Unreadable) => Result,
  progress: Progress | undefined,
): Promise<Result[]> {
  return readListed(listPlugins(request), request.names ?? defaultCarrierNames, use, progress);
}

/** The same for those that are listed. */
export async function readListed<Result>(
  listed: readonly ListedFile[],
  names: CarrierNames,
  use: (file: Artifact | Unreadable) => Result,
  progress: Progress | undefined,
): Promise<Result[]> {
  const paths = listed.flatMap(({ path, unreadable }) => (unreadable === undefined ? [path] : []));
  const broken = listed.flatMap(({ unreadable }) => (unreadable === undefined ? [] : [use(unreadable)]));
  return [...(await readFiles(paths, names, use, progress)), ...broken];
}

function nameIn(folder: string, path: string): string {
  // As they come from the folder, most paths begin with it; node:path would ask for the working folder each time.
  const inside = folder.endsWith(sep) ? folder : folder + sep;
  const isPlain = path.startsWith(inside) && !path.startsWith(sep, inside.length);
  return slashed(isPlain ? path.slice(inside.length) : relative(folder, path));
}

function slashed(path: string): string {
  return path.split(sep).join("/");
}

/** Reads the files in the given order. */
export async function readFiles<Result>(
  paths: readonly string[],
  names: CarrierNames,
  use: (file: Artifact | Unreadable) => Result,
  progress: Progress | undefined,
): Promise<Result[]> {
  const results: Result[] = [];
  let since = performance.now();
  for (const [index, path] of paths.entries()) {
    progress?.(index, paths.length, path);
    if (performance.now() - since > turn) {
      await setImmediate();
      since = performance.now();
    }
    results.push(use(readArtifact(path, names, "plugin")));
  }
  return results;
}

function scan(folder: string, recursive: boolean): ReturnType<typeof scanFolder> {
  try {
    return scanFolder(folder, recursive);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOTDIR") {
      throw new UsageError("folder-not-found", `${folder}: is a file, not a folder`, [
        "`plugins inspect FILE` and `plugins validate FILE` take files.",
      ]);
    }
    throw new UsageError(
      code === "ENOENT" ? "folder-not-found" : "folder-unreadable",
      code === "ENOENT"
        ? `${folder}: no such folder`
        : `${folder}: the folder ${saidOf(unreadable(folder, null, error))}`,
    );
  }
}

import { setImmediate } from "node:timers/promises";
import { readArtifact, type Artifact } from "../artifact/artifact.ts";
import { scanFolder } from "../artifact/folder.ts";
import { unreadable, type Unreadable } from "../artifact/unreadable.ts";
import type { CarrierNames } from "../manifest/carrier-names.ts";
import type { FolderRequest, Progress } from "./request.ts";
import { UsageError } from "./usage-error.ts";

/** How long files are read in one go before timers and signals get their turn, in milliseconds. */
const turn = 50;

/** Reads every plugin of the folders and hands each result on, so that not all of them stay in memory. */
export async function readFolders<Result>(
  { folders, recursive, names }: FolderRequest,
  use: (file: Artifact | Unreadable) => Result,
  progress: Progress | undefined,
): Promise<Result[]> {
  const contents = folders.map((folder) => scan(folder, recursive));
  const paths = [...new Set(contents.flatMap(({ candidates }) => candidates))];
  const broken = contents.flatMap((content) => content.unreadable.map(use));
  return [...(await readFiles(paths, names, use, progress)), ...broken];
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
    const { reason } = unreadable(folder, null, error);
    if (code === "ENOTDIR") {
      throw new UsageError("folder-not-found", `${folder}: is a file, not a folder`, [
        "`plugins inspect FILE` and `plugins validate FILE` take files.",
      ]);
    }
    throw new UsageError(
      code === "ENOENT" ? "folder-not-found" : "folder-unreadable",
      code === "ENOENT" ? `${folder}: no such folder` : `${folder}: the folder ${reason}`,
    );
  }
}

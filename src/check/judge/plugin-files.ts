import { relative, resolve, sep } from "node:path";
import { setImmediate } from "node:timers/promises";
import {
  changed as changedFile,
  closeArtifact,
  failed,
  openArtifact,
  type OpenedArtifact,
} from "../../artifact/artifact.ts";
import { changedFolders, scanFolder } from "../../artifact/folder.ts";
import { unreadable, unreadableText, type Unreadable } from "../../artifact/unreadable.ts";
import { fileErrorCode, type Files } from "../../files/files.ts";
import { defaultCarrierNames, type CarrierNames } from "../../manifest/carrier/carrier-names.ts";
import type { FolderRequest, Progress } from "../model/request.ts";
import { UsageError } from "../model/usage-error.ts";

/** How long files are read in one go before timers and signals get their turn, in milliseconds. */
const turn = 50;

/** A plugin that is to be read, or a folder below that cannot be. */
export interface ListedFile {
  readonly path: string;
  /** Relative to its folder, with slashes: the same wherever the folder is. */
  readonly name: string;
  /** Of a folder that could not be read. */
  readonly unreadable?: Unreadable;
}

/** What is to be judged. */
export interface Listing {
  /** In the order of the report. */
  readonly files: readonly ListedFile[];
  /**
   * Folders in which a file was added or removed since, to be reported too.
   * @param gone paths of files of which the report says already that they are gone.
   */
  readonly changed: (gone: ReadonlySet<string>) => readonly ListedFile[];
}

/**
 * Every plugin of the folders, or the files that are named instead.
 * @throws UsageError when a folder does not exist or cannot be listed.
 */
export function listPlugins({ fileSystem, folders = [], recursive = false, files }: FolderRequest): Listing {
  if (files !== undefined) {
    const named = files.map((path) => ({ path, name: slashed(path) }));
    return { files: onlyOnce(named), changed: () => [] };
  }
  const contents = folders.map((folder) => ({ folder, ...scan(fileSystem, folder, recursive) }));
  const found = contents.flatMap(({ folder, candidates }) =>
    candidates.map((path): ListedFile => ({ path, name: nameIn(folder, path) })),
  );
  const notRead = (folder: string, all: readonly Unreadable[]): readonly ListedFile[] =>
    all.map((each) => ({ path: each.path, name: nameIn(folder, each.path), unreadable: each }));
  const all = [...found, ...contents.flatMap(({ folder, unreadable }) => notRead(folder, unreadable))];
  return {
    files: folders.length < 2 ? all : onlyOnce(all),
    changed: (gone) =>
      onlyOnce(
        contents.flatMap((content) => notRead(content.folder, changedFolders(fileSystem, content, gone))),
      ),
  };
}

/** One file may be named twice, and a folder by two paths. */
function onlyOnce(files: readonly ListedFile[]): readonly ListedFile[] {
  const seen = new Set<string>();
  return files.filter(({ path }) => {
    const place = resolve(path);
    return !seen.has(place) && seen.add(place);
  });
}

/** What is made of a plugin while it is open. */
type Use<Result> = (opened: OpenedArtifact) => Result | Promise<Result>;

/** How files are read. */
interface Reading {
  readonly fileSystem: Files;
  readonly names: CarrierNames;
}

/** Reads every plugin of the folders and hands each on, so that not all of them stay in memory. */
export function readFolders<Result>(
  request: FolderRequest,
  use: Use<Result>,
  progress: Progress | undefined,
): Promise<Result[]> {
  const { fileSystem, names = defaultCarrierNames } = request;
  const { files, changed } = listPlugins(request);
  return readListed(files, changed, { fileSystem, names }, use, progress);
}

/**
 * The same for those that are listed.
 * @param changed what is to be reported too, asked at the end.
 */
export async function readListed<Result>(
  listed: readonly ListedFile[],
  changed: Listing["changed"],
  reading: Reading,
  use: Use<Result>,
  progress: Progress | undefined,
): Promise<Result[]> {
  const paths = listed.flatMap(({ path, unreadable }) => (unreadable === undefined ? [path] : []));
  const gone = new Set<string>();
  const noticing: Use<Result> = (opened) => {
    if (isGone(opened)) gone.add(opened.file.path);
    return use(opened);
  };
  const results = await readFiles(paths, reading, noticing, progress);
  for (const { path, unreadable: file } of [...listed, ...changed(gone)]) {
    if (file === undefined) continue;
    await withOpened(path, reading, async (opened) => results.push(await use({ ...opened, file })));
  }
  return results;
}

function isGone({ content }: OpenedArtifact): boolean {
  return content.kind === "not-opened" && fileErrorCode(content.error) === "ENOENT";
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

/** Reads the files in the given order. Each is opened once, and closed when `use` is done with it. */
export async function readFiles<Result>(
  paths: readonly string[],
  reading: Reading,
  use: Use<Result>,
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
    results.push(await withOpened(path, reading, use));
  }
  return results;
}

async function withOpened<Result>(
  path: string,
  { fileSystem, names }: Reading,
  use: Use<Result>,
): Promise<Result> {
  const opened = openArtifact(fileSystem, path, names, "plugin");
  try {
    const result = await use(opened);
    const instead = changedFile(opened);
    return instead === undefined ? result : await use(instead);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // One file on which this program fails must not keep it from judging the others.
    return await use(failed(opened, error));
  } finally {
    closeArtifact(opened);
  }
}

function scan(files: Files, folder: string, recursive: boolean): ReturnType<typeof scanFolder> {
  try {
    return scanFolder(files, folder, recursive);
  } catch (error) {
    const code = fileErrorCode(error);
    if (code === "ENOTDIR") {
      throw new UsageError("folder-not-found", `${folder}: is a file, not a folder`, [
        "`plugins inspect FILE` and `plugins validate FILE` take files.",
      ]);
    }
    throw new UsageError(
      code === "ENOENT" ? "folder-not-found" : "folder-unreadable",
      code === "ENOENT"
        ? `${folder}: no such folder`
        : `${folder}: ${unreadableText(unreadable(folder, null, error), "the folder")}`,
    );
  }
}

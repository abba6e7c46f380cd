import { basename, join } from "node:path";
import { fileErrorCode, type FileStat, type Files, type FolderEntry } from "../files/files.ts";
import { FormatError } from "../object/format-error.ts";
import { Image, NotAFileError } from "../object/image.ts";
import { looksLikeObject, openObject } from "../object/open.ts";
import { unreadable, type Unreadable } from "./unreadable.ts";

/** Names that say "shared library": with a version behind as ELF has it, or before as macOS has it. */
const libraryName = /\.(so|dylib)(\.\d+)*$/;

/** What a folder holds: paths that are plugins, or say they are, and folders that could not be read. */
export interface FolderContent {
  /** In the order of their names' bytes. */
  readonly candidates: readonly string[];
  readonly unreadable: readonly Unreadable[];
  /** The names in each folder that was read. */
  readonly names: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Finds the plugins of a folder by their content: shared libraries and bundles of whatever name, and everything that
 * is named like one, so that a broken one is not passed over. Links to files are followed, links to folders are not;
 * a link beside the file it leads to is left out.
 * @throws NodeJS.ErrnoException when `folder` itself cannot be listed.
 */
export function scanFolder(files: Files, folder: string, recursive: boolean): FolderContent {
  const found: Found[] = [];
  const broken: Unreadable[] = [];
  const names = new Map<string, ReadonlySet<string>>();
  const left = [folder];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    let entries: readonly FolderEntry[];
    try {
      entries = files.list(next);
    } catch (error) {
      if (next === folder) throw error;
      broken.push(unreadable(next, null, error));
      continue;
    }
    names.set(next, new Set(entries.map(({ name }) => name)));
    const gone: string[] = [];
    for (const entry of entries) {
      const path = join(next, entry.name);
      if (entry.kind === "folder") {
        if (recursive) left.push(path);
      } else {
        const candidate = examine(files, path, entry);
        if (candidate === "gone") gone.push(entry.name);
        else if (candidate !== undefined) found.push(candidate);
      }
    }
    if (gone[0] !== undefined) broken.push(changedFolder(next, `${gone[0]} was removed`));
  }
  return { candidates: inByteOrder(withoutAliases(files, found)), unreadable: broken, names };
}

/**
 * The folders that are gone, and those in which a plugin was added or removed since they were read: what was judged is not what is there.
 * @param toldGone paths of files of which it is said already that they are gone.
 */
export function changedFolders(
  files: Files,
  { names, candidates, unreadable: broken }: FolderContent,
  toldGone: ReadonlySet<string>,
): readonly Unreadable[] {
  const told = new Set(broken.map(({ path }) => path));
  const judged = new Set(candidates);
  return [...names].flatMap(([folder, before]) => {
    if (told.has(folder)) return [];
    let after: readonly FolderEntry[];
    try {
      after = files.list(folder);
    } catch (error) {
      return [unreadable(folder, null, error)];
    }
    const left = new Set(after.map(({ name }) => name));
    const isMissed = (name: string): boolean => {
      const path = join(folder, name);
      return !left.has(name) && judged.has(path) && !toldGone.has(path);
    };
    const removed = [...before].find(isMissed);
    if (removed !== undefined) return [changedFolder(folder, `${removed} was removed`)];
    const added = after.find((entry) => {
      if (before.has(entry.name) || entry.kind === "folder") return false;
      const candidate = examine(files, join(folder, entry.name), entry);
      return candidate !== undefined && candidate !== "gone";
    });
    return added === undefined ? [] : [changedFolder(folder, `${added.name} was added`)];
  });
}

function changedFolder(path: string, how: string): Unreadable {
  const reason = `was changed while it was being read: ${how}`;
  return { kind: "unreadable", path, size: null, reason, offset: null };
}

interface Found {
  readonly path: string;
  readonly isLink: boolean;
}

function examine(files: Files, path: string, entry: FolderEntry): Found | "gone" | undefined {
  const isLink = entry.kind === "link";
  const isNamedLikeOne = libraryName.test(entry.name);
  // A dangling or looping link is worth a word only if it says it is a plugin.
  const stat = isLink ? safeStat(files, path) : undefined;
  const kind = isLink ? stat?.kind : entry.kind;
  if (kind === "folder") return undefined;
  if (isNamedLikeOne) return { path, isLink };
  if (kind !== "file") return undefined;
  const library = isLibrary(files, path);
  if (library === "gone") return library;
  return library ? { path, isLink } : undefined;
}

function isLibrary(files: Files, path: string): boolean | "gone" {
  let image: Image;
  try {
    image = Image.open(files, path);
  } catch (error) {
    if (fileErrorCode(error) === undefined && !(error instanceof NotAFileError)) throw error;
    // What begins with a dot is the temporary file of some other program.
    if (fileErrorCode(error) === "ENOENT" && !basename(path).startsWith(".")) return "gone";
    // What cannot be opened is not known to be one.
    return false;
  }
  try {
    return looksLikeObject(image) && isLibraryInside(image);
  } catch (error) {
    if (fileErrorCode(error) === undefined && !(error instanceof FormatError)) throw error;
    return false;
  } finally {
    image.close();
  }
}

function isLibraryInside(image: Image): boolean {
  try {
    return openObject(image).slices.some(
      ({ object }) => object.kind === "shared-library" || object.kind === "bundle",
    );
  } catch {
    // An object file that is broken, or on which this program fails, is listed, so that it is seen.
    return true;
  }
}

function withoutAliases(files: Files, found: readonly Found[]): string[] {
  if (!found.some(({ isLink }) => isLink)) return found.map(({ path }) => path);
  const targets = new Set(found.filter(({ isLink }) => !isLink).map(({ path }) => identity(files, path)));
  return found
    .filter(({ isLink, path }) => !isLink || !targets.has(identity(files, path)))
    .map(({ path }) => path);
}

/** Device and inode; the path itself if the file cannot be asked. */
function identity(files: Files, path: string): string {
  return safeStat(files, path)?.identity ?? path;
}

function safeStat(files: Files, path: string): FileStat | undefined {
  try {
    return files.stat(path);
  } catch (error) {
    if (fileErrorCode(error) === undefined) throw error;
    return undefined;
  }
}

function inByteOrder(paths: readonly string[]): string[] {
  // The order of UTF-16 units is that of the bytes as long as all are ASCII, and is quicker to tell.
  if (paths.every((path) => /^[\x20-\x7e]*$/.test(path))) return [...paths].sort();
  return paths
    .map((path) => ({ path, bytes: Buffer.from(path) }))
    .sort((one, other) => Buffer.compare(one.bytes, other.bytes))
    .map(({ path }) => path);
}

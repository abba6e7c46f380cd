import { join } from "node:path";
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
    for (const entry of entries) {
      const path = join(next, entry.name);
      if (entry.kind === "folder") {
        if (recursive) left.push(path);
      } else {
        const candidate = examine(files, path, entry);
        if (candidate !== undefined) found.push(candidate);
      }
    }
  }
  return { candidates: inByteOrder(withoutAliases(files, found)), unreadable: broken };
}

interface Found {
  readonly path: string;
  readonly isLink: boolean;
}

function examine(files: Files, path: string, entry: FolderEntry): Found | undefined {
  const isLink = entry.kind === "link";
  const isNamedLikeOne = libraryName.test(entry.name);
  // A dangling or looping link is worth a word only if it says it is a plugin.
  const stat = isLink ? safeStat(files, path) : undefined;
  const kind = isLink ? stat?.kind : entry.kind;
  if (kind === "folder") return undefined;
  return isNamedLikeOne || (kind === "file" && isLibrary(files, path)) ? { path, isLink } : undefined;
}

function isLibrary(files: Files, path: string): boolean {
  let image: Image;
  try {
    image = Image.open(files, path);
  } catch (error) {
    if (fileErrorCode(error) === undefined && !(error instanceof NotAFileError)) throw error;
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

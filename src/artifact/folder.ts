import { readdirSync, statSync, type Dirent, type Stats } from "node:fs";
import { join } from "node:path";
import { FormatError } from "../object/format-error.ts";
import { Image } from "../object/image.ts";
import { openObject } from "../object/open.ts";
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
export function scanFolder(folder: string, recursive: boolean): FolderContent {
  const found: Found[] = [];
  const broken: Unreadable[] = [];
  const left = [folder];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    let entries: readonly Dirent[];
    try {
      entries = readdirSync(next, { withFileTypes: true });
    } catch (error) {
      if (next === folder) throw error;
      broken.push(unreadable(next, null, error));
      continue;
    }
    for (const entry of entries) {
      const path = join(next, entry.name);
      if (entry.isDirectory()) {
        if (recursive) left.push(path);
      } else {
        const candidate = examine(path, entry);
        if (candidate !== undefined) found.push(candidate);
      }
    }
  }
  return { candidates: inByteOrder(withoutAliases(found)), unreadable: broken };
}

interface Found {
  readonly path: string;
  readonly isLink: boolean;
}

function examine(path: string, entry: Dirent): Found | undefined {
  const isLink = entry.isSymbolicLink();
  const isNamedLikeOne = libraryName.test(entry.name);
  // A dangling or looping link is worth a word only where it says it is a plugin.
  const stat = isLink ? safeStat(path) : undefined;
  if (stat?.isDirectory() === true) return undefined;
  const isFile = isLink ? stat?.isFile() === true : entry.isFile();
  return isNamedLikeOne || (isFile && isLibrary(path)) ? { path, isLink } : undefined;
}

function isLibrary(path: string): boolean {
  let image: Image | undefined;
  try {
    image = Image.open(path);
    if (
      !/^(\x7fELF|[\xce\xcf]\xfa\xed\xfe|\xfe\xed\xfa[\xce\xcf]|\xca\xfe\xba[\xbe\xbf])/.test(magicOf(image))
    )
      return false;
    return openObject(image).slices.some(
      ({ object }) => object.kind === "shared-library" || object.kind === "bundle",
    );
  } catch (error) {
    // An object file that is broken is listed, so that it is seen; what cannot be opened is not known to be one.
    return (
      error instanceof FormatError && image !== undefined && !magicOf(image).startsWith("\xca\xfe\xba\xbe")
    );
  } finally {
    image?.close();
  }
}

function magicOf(image: Image): string {
  return image.read(0, Math.min(4, image.size), "magic number").toString("latin1");
}

function withoutAliases(found: readonly Found[]): string[] {
  if (!found.some(({ isLink }) => isLink)) return found.map(({ path }) => path);
  const files = new Set(found.filter(({ isLink }) => !isLink).map(({ path }) => identity(path)));
  return found.filter(({ isLink, path }) => !isLink || !files.has(identity(path))).map(({ path }) => path);
}

/** Device and inode; the path itself where the file cannot be asked. */
function identity(path: string): string {
  const stat = safeStat(path);
  return stat === undefined ? path : `${stat.dev}:${stat.ino}`;
}

function safeStat(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
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

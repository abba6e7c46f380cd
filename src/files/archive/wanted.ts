import { posix } from "node:path";
import type { FileNode, Node, Tree } from "./tree.ts";

/** What will be read of an archive, besides what a loader may ask for. */
export interface Wanted {
  /** Absolute path of a file, or of a folder whose files are wanted. */
  readonly path: string;
  /** Whether the folders below are wanted too. */
  readonly recursive: boolean;
}

/** A file that is called as a library is kept whatever it is, since a loader says what is wrong with it, if it is no longer than this. */
const longestOther = 2 ** 20;

/** `ld.so.cache`, `ld.so.preload`, `ld-musl-x86_64.path`. */
const settingsOfLoader = "/etc/ld";

const libraryName = /^ld-|\.so(\.|$)|\.dylib$/;

/** Executables are no libraries, and the one that is a host is wanted by its path. */
const programFolder = /\/(s?bin|libexec|games)\//;

/** Whether a file is kept whatever it contains. @param path without links. */
export function isWanted(path: string, size: number, wanted: readonly Wanted[]): boolean {
  const folder = posix.dirname(path);
  const isAsked = wanted.some(
    (each) =>
      path === each.path ||
      folder === each.path ||
      (each.recursive && path.startsWith(each.path.endsWith("/") ? each.path : `${each.path}/`)),
  );
  if (isAsked || path.startsWith(settingsOfLoader)) return true;
  return size <= longestOther && libraryName.test(posix.basename(path));
}

/** Whether one that begins so is kept: an object file that may be a library. */
export function isLibraryLike(path: string, head: Buffer): boolean {
  const mayBe = libraryName.test(posix.basename(path)) || !programFolder.test(path);
  return mayBe && head.length >= 4 && objectMagics.has(head.readUInt32BE());
}

/** ELF; Mach-O of 32 and 64 bits in both orders; universal Mach-O. */
const objectMagics: ReadonlySet<number> = new Set([
  0x7f454c46, 0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe, 0xcafebabe, 0xcafebabf,
]);

/** Where the bytes of those wanted files come from that were not kept: only now it is known where the links lead. */
export function notKept(tree: Tree, wanted: readonly Wanted[]): readonly string[] {
  const missing = new Set<string>();
  const look = (node: Node | undefined): void => {
    if (node?.kind === "file" && isMissing(node)) missing.add(node.origin);
  };
  const left = wanted.map((each) => ({ ...each, isTop: true }));
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const node = tree.find(next.path);
    look(node);
    if (node?.kind !== "folder" || !(next.isTop || next.recursive)) continue;
    for (const [name, child] of node.children) {
      const path = posix.join(next.path, name);
      if (child.kind === "folder") left.push({ path, recursive: next.recursive, isTop: false });
      // A link to a folder is not followed when plugins are searched for.
      else look(tree.find(path));
    }
  }
  // Some systems keep the cache elsewhere, and have a link to it.
  const settings = tree.find(posix.dirname(settingsOfLoader));
  for (const name of settings?.kind === "folder" ? settings.children.keys() : []) {
    const path = posix.join(posix.dirname(settingsOfLoader), name);
    if (path.startsWith(settingsOfLoader)) look(tree.find(path));
  }
  return [...missing];
}

function isMissing({ content, size }: FileNode): boolean {
  return content === undefined && size > 0;
}

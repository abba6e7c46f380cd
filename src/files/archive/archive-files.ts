import { posix, resolve } from "node:path";
import { FileError, type FileKind, type Files, type FileStat, type OpenFile } from "../files.ts";
import type { Node, Tree } from "./tree.ts";

/**
 * The files of an archive, beside those of a file system. What is in it has a path of the archive's own and one inside it, with a colon
 * between: `app.tar:/plugins/kafka.so`. The path may be absolute too.
 */
export function withArchive(below: Files, { name, tree }: MountedTree): Files {
  const prefixes = [`${posix.normalize(name)}:`, `${resolve(name)}:`, `${name}:`];
  const [prefix = ""] = prefixes;
  /** The path inside; undefined for what is not in the archive. */
  const inside = (path: string): string | undefined => {
    for (const each of prefixes) {
      if (path.startsWith(each) && (path.length === each.length || path[each.length] === "/")) {
        return path.slice(each.length);
      }
    }
    return undefined;
  };
  return {
    open(path) {
      const place = inside(path);
      return place === undefined ? below.open(path) : new ArchivedFile(tree.at(place, true).node, path);
    },
    stat(path) {
      const place = inside(path);
      return place === undefined ? below.stat(path) : statOf(tree.at(place, true).node, prefix);
    },
    readLink(path) {
      const place = inside(path);
      if (place === undefined) return below.readLink(path);
      const { node } = tree.at(place, false);
      return node.kind === "link" ? node.target : undefined;
    },
    list(path) {
      const place = inside(path);
      if (place === undefined) return below.list(path);
      const { node } = tree.at(place, true);
      if (node.kind !== "folder") throw new FileError("ENOTDIR", path);
      return [...node.children].map(([each, { kind }]) => ({ name: each, kind }));
    },
    realPath(path) {
      const place = inside(path);
      if (place === undefined) return below.realPath(path);
      const { path: real } = tree.at(place, true);
      return real === "/" ? prefix : prefix + real;
    },
    isArchived: (path) => inside(path) !== undefined,
  };
}

/** An archive's files, and the path of the archive itself. */
export interface MountedTree {
  readonly name: string;
  readonly tree: Tree;
}

function kindOf(node: Node): FileKind {
  // Links are followed, and one that leads nowhere is not found.
  return node.kind === "link" ? "file" : node.kind;
}

function statOf(node: Node, prefix: string): FileStat {
  const size = node.kind === "file" ? node.size : 0;
  return { kind: kindOf(node), size, identity: `${prefix}${node.id}` };
}

class ArchivedFile implements OpenFile {
  readonly kind: FileKind;
  readonly size: number;

  constructor(
    private readonly node: Node,
    private readonly path: string,
  ) {
    this.kind = kindOf(node);
    this.size = node.kind === "file" ? node.size : 0;
  }

  /** @throws FileError if its bytes were not kept. Opening it must not fail: a loader goes on to the next folder then. */
  read(into: Buffer, at: number, length: number, position: number): number {
    if (this.node.kind !== "file") throw new FileError("EISDIR", this.path);
    if (this.node.content === undefined && this.size > 0) throw new FileError("ENODATA", this.path);
    return this.node.content?.read(into, at, length, position) ?? 0;
  }

  isChanged(): boolean {
    return this.node.kind === "file" && (this.node.content?.isChanged() ?? false);
  }

  close(): void {
    // The archive stays open until all is read.
  }
}

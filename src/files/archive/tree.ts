import { FileError, type FileKind } from "../files.ts";
import { ArchiveError } from "./archive-error.ts";
import type { Content } from "./content.ts";
import { longestPath, type Limits } from "./limits.ts";

/** What an archive has at a path. */
export type Node = FolderNode | FileNode | LinkNode | SpecialNode;

interface NodeFacts {
  /** The same for two paths only if they are one file. */
  readonly id: number;
  /** The number of the layer that it is of; of a folder, the last that says anything of it. */
  layer: number;
}

export interface FolderNode extends NodeFacts {
  readonly kind: "folder";
  readonly children: Map<string, Node>;
}

export interface FileNode extends NodeFacts {
  readonly kind: "file";
  readonly size: number;
  /** undefined if it was compressed, and not among what was to be kept. */
  readonly content: Content | undefined;
  /** The path of the entry that has its bytes: a hard link is a file of a different path. */
  readonly origin: string;
}

interface LinkNode extends NodeFacts {
  readonly kind: "link";
  readonly target: string;
}

interface SpecialNode extends NodeFacts {
  readonly kind: Exclude<FileKind, "file" | "folder">;
}

/** What is to be put at a path. */
export type NewNode =
  | { readonly kind: "folder" }
  | Pick<FileNode, "kind" | "size" | "content" | "origin">
  | { readonly kind: "link"; readonly target: string }
  | { readonly kind: SpecialNode["kind"] };

/** Links followed before a path counts as a loop (Linux: MAXSYMLINKS). */
const mostLinks = 40;

/**
 * Files and folders that exist nowhere on disk. Every path starts from the tree's own root, as after chroot(2): absolute links lead to
 * places in the tree, and `..` at the root stays there.
 */
export class Tree {
  readonly root: FolderNode = { kind: "folder", children: new Map(), id: 0, layer: 0 };
  #ids = 0;
  #entries = 0;
  #names = 0;

  constructor(private readonly limits: Limits) {}

  /**
   * The parts of an entry's name. An absolute name is one below the root, as every program that unpacks has it.
   * @throws ArchiveError if it leads upward.
   */
  partsOf(name: string): readonly string[] {
    if (name.includes("\0")) throw new ArchiveError("a name contains a NUL");
    const parts = name.split("/").filter((part) => part !== "" && part !== ".");
    if (parts.includes("..")) {
      throw new ArchiveError(`the entry ${JSON.stringify(name)} leads out of its folder by ".."`);
    }
    this.#count(name);
    return parts;
  }

  /**
   * The folder at a path, made if it does not exist. Links of the same layer are followed. What a layer below has there, and is no
   * folder, gives way to one: runtimes unpack each layer by itself, so that overlayfs shows a folder of the layer in place of a link
   * below it (containerd's mkparent, moby's UnpackLayer).
   * @throws ArchiveError if something else of the same layer is there.
   */
  folderFor(parts: readonly string[], layer: number, entry: string): Place {
    const left = [...parts].reverse();
    const trail: Step[] = [{ name: "", folder: this.root }];
    for (let links = 0; left.length > 0;) {
      const part = left.pop() ?? "";
      if (part === "" || part === ".") continue;
      if (part === "..") {
        if (trail.length > 1) trail.pop();
        continue;
      }
      const { folder } = trail.at(-1) ?? { folder: this.root };
      let next = folder.children.get(part);
      if (next === undefined || (next.kind !== "folder" && next.layer < layer)) {
        this.#count(part);
        next = this.#made({ kind: "folder" }, layer);
        folder.children.set(part, next);
      }
      if (next.kind === "link") {
        if (++links > mostLinks)
          throw new ArchiveError(`the entry ${JSON.stringify(entry)} is in a link loop`);
        if (next.target.startsWith("/")) trail.length = 1;
        left.push(...next.target.split("/").reverse());
        if (left.length > longestPath) throw new ArchiveError(`a path is longer than ${longestPath} bytes`);
        continue;
      }
      if (next.kind !== "folder") {
        throw new ArchiveError(`the entry ${JSON.stringify(entry)} is inside what is not a folder`);
      }
      trail.push({ name: part, folder: next });
    }
    for (const { folder } of trail) folder.layer = layer;
    const { folder } = trail.at(-1) ?? { folder: this.root };
    const path = trail.map(({ name }) => name).join("/");
    return { folder, path };
  }

  /** Puts it into a folder, in place of what is there. A folder takes the place of no folder. */
  put(folder: FolderNode, name: string, node: NewNode, layer: number): void {
    const there = folder.children.get(name);
    if (there?.kind === "folder" && node.kind === "folder") there.layer = layer;
    else folder.children.set(name, this.#made(node, layer));
  }

  /** A second name for a file. */
  link(folder: FolderNode, name: string, file: Node): void {
    folder.children.set(name, file);
  }

  /** What is at a path of the tree. @throws FileError as a file system would. */
  at(path: string, followsLast: boolean): { readonly node: Node; readonly path: string } {
    const left = path.split("/").reverse();
    const trail: { readonly name: string; readonly node: Node }[] = [{ name: "", node: this.root }];
    for (let links = 0; left.length > 0;) {
      const part = left.pop() ?? "";
      const here = trail.at(-1)?.node ?? this.root;
      if (part !== "" && here.kind !== "folder") throw new FileError("ENOTDIR", path);
      if (part === "" || part === ".") continue;
      if (part === "..") {
        if (trail.length > 1) trail.pop();
        continue;
      }
      const next = here.kind === "folder" ? here.children.get(part) : undefined;
      if (next === undefined) throw new FileError("ENOENT", path);
      const isLast = left.every((each) => each === "");
      if (next.kind === "link" && (followsLast || !isLast)) {
        if (++links > mostLinks) throw new FileError("ELOOP", path);
        if (next.target === "") throw new FileError("ENOENT", path);
        if (next.target.startsWith("/")) trail.length = 1;
        left.push(...next.target.split("/").reverse());
        if (left.length > longestPath) throw new FileError("ENAMETOOLONG", path);
        continue;
      }
      trail.push({ name: part, node: next });
    }
    return {
      node: trail.at(-1)?.node ?? this.root,
      path: trail.map(({ name }) => name).join("/") || "/",
    };
  }

  /** The same, or undefined if nothing is there. */
  find(path: string, followsLast = true): Node | undefined {
    try {
      return this.at(path, followsLast).node;
    } catch (error) {
      if (error instanceof FileError) return undefined;
      throw error;
    }
  }

  #made(node: NewNode, layer: number): Node {
    const facts = { id: ++this.#ids, layer };
    return node.kind === "folder"
      ? { kind: "folder", children: new Map<string, Node>(), ...facts }
      : { ...node, ...facts };
  }

  #count(name: string): void {
    if (++this.#entries > this.limits.entries) {
      throw new ArchiveError(`it has more than ${this.limits.entries} entries`);
    }
    this.#names += name.length;
    if (this.#names > this.limits.names) {
      throw new ArchiveError(`its names are longer than ${this.limits.names} bytes together`);
    }
  }
}

interface Step {
  readonly name: string;
  readonly folder: FolderNode;
}

/** A folder, and its path without links; empty for the root. */
export interface Place {
  readonly folder: FolderNode;
  readonly path: string;
}

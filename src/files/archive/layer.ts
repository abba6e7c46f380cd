import { ArchiveError } from "./archive-error.ts";
import type { ByteStream } from "./byte-stream.ts";
import type { Content } from "./content.ts";
import { tarEntries, type TarEntry } from "./tar.ts";
import type { FolderNode, Node, Tree } from "./tree.ts";

/** Where the bytes of an entry are, while the stream is at them. */
export type ContentOf = (entry: TarEntry, path: string) => Promise<Content | undefined> | Content | undefined;

/** Puts the entries of a tar archive into a tree. The last of two with one name counts, as for `tar -x`. */
export async function readTar(stream: ByteStream, tree: Tree, contentOf: ContentOf): Promise<void> {
  for await (const entry of tarEntries(stream)) await place(entry, tree, 0, contentOf);
}

/**
 * Applies a layer of an image: its entries take the place of those of the layers below, and its whiteouts remove what is of these
 * (OCI image format, Image Layer Filesystem Changeset).
 * @param number of the layer, from 1 on.
 */
export async function applyLayer(
  stream: ByteStream,
  tree: Tree,
  number: number,
  contentOf: ContentOf,
): Promise<void> {
  for await (const entry of tarEntries(stream)) {
    const parts = tree.partsOf(entry.name);
    const last = parts.at(-1) ?? "";
    if (!last.startsWith(whiteout)) await placeParts(entry, parts, tree, number, contentOf);
    else remove(tree.folderFor(parts.slice(0, -1), number, entry.name).folder, last, number);
  }
}

const whiteout = ".wh.";
const opaque = ".wh..wh..opq";

function remove(folder: FolderNode, mark: string, layer: number): void {
  if (mark === opaque) {
    for (const [name, child] of folder.children) removeLower(folder, name, child, layer);
    return;
  }
  // AUFS has others of its own.
  if (mark.startsWith(".wh..wh.")) return;
  const name = mark.slice(whiteout.length);
  if (name === "" || name === "." || name === "..") {
    throw new ArchiveError(`the whiteout ${JSON.stringify(mark)} names no file`);
  }
  const child = folder.children.get(name);
  if (child !== undefined) removeLower(folder, name, child, layer);
}

/** What the layer itself has is left, wherever the whiteout stands in it. */
function removeLower(folder: FolderNode, name: string, node: Node, layer: number): void {
  const left: { readonly folder: FolderNode; readonly name: string; readonly node: Node }[] = [
    { folder, name, node },
  ];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (next.node.layer < layer) next.folder.children.delete(next.name);
    else if (next.node.kind === "folder") {
      for (const [each, child] of next.node.children)
        left.push({ folder: next.node, name: each, node: child });
    }
  }
}

function place(entry: TarEntry, tree: Tree, layer: number, contentOf: ContentOf): Promise<void> {
  return placeParts(entry, tree.partsOf(entry.name), tree, layer, contentOf);
}

async function placeParts(
  entry: TarEntry,
  parts: readonly string[],
  tree: Tree,
  layer: number,
  contentOf: ContentOf,
): Promise<void> {
  const name = parts.at(-1);
  if (name === undefined) {
    if (entry.kind === "folder") return;
    throw new ArchiveError(`the entry ${JSON.stringify(entry.name)} is in the place of the root folder`);
  }
  const { folder, path } = tree.folderFor(parts.slice(0, -1), layer, entry.name);
  switch (entry.kind) {
    case "folder":
      tree.put(folder, name, { kind: "folder" }, layer);
      return;
    case "link":
      tree.put(folder, name, { kind: "link", target: entry.target }, layer);
      return;
    case "hard-link": {
      // Of a link, it is a second name of the link: link(2) does not follow it.
      const file = tree.find(`/${tree.partsOf(entry.target).join("/")}`, false);
      if (file === undefined || file.kind === "folder") {
        throw new ArchiveError(
          `the entry ${JSON.stringify(entry.name)} is a hard link to ${JSON.stringify(entry.target)}, which is not a file in it`,
        );
      }
      tree.link(folder, name, { ...file, layer });
      return;
    }
    case "file": {
      const origin = `${path}/${name}`;
      const content = await contentOf(entry, origin);
      tree.put(folder, name, { kind: "file", size: entry.size, content, origin }, layer);
      return;
    }
    default:
      tree.put(folder, name, { kind: entry.kind }, layer);
  }
}

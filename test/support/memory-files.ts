import { posix } from "node:path";
import { FileError, type FileKind, type Files, type FileStat, type OpenFile } from "../../src/files/files.ts";

/** What is at a path: a file's bytes, or where a link points. */
type Entry = Buffer | { readonly link: string };

/** Links followed before a path counts as a loop, as in Linux. */
const mostLinks = 40;

/**
 * A file system that exists nowhere on disk. Folders follow from the paths in them.
 * @param entries by their whole paths.
 */
export function memoryFiles(entries: Readonly<Record<string, Entry>>): Files {
  const all = new Map<string, Entry | "folder">([["/", "folder"]]);
  for (const [path, entry] of Object.entries(entries)) {
    for (let folder = posix.dirname(path); folder !== "/"; folder = posix.dirname(folder))
      all.set(folder, "folder");
    all.set(path, entry);
  }

  /** Without links in its folders, and at its end if `follow`. */
  const walk = (path: string, follow: boolean): string => {
    const parts = path.split("/").reverse();
    let at = "/";
    for (let links = 0; parts.length > 0;) {
      const part = parts.pop() ?? "";
      if (part === "" || part === ".") continue;
      if (at !== "/" && all.get(at) !== "folder") throw new FileError("ENOTDIR", path);
      const next = part === ".." ? posix.dirname(at) : posix.join(at, part);
      const entry = all.get(next);
      if (entry === undefined) throw new FileError("ENOENT", path);
      if (entry === "folder" || Buffer.isBuffer(entry) || (parts.length === 0 && !follow)) {
        at = next;
        continue;
      }
      if (++links > mostLinks) throw new FileError("ELOOP", path);
      parts.push(...entry.link.split("/").reverse());
      if (entry.link.startsWith("/")) at = "/";
    }
    return at;
  };
  const content = (place: string): Buffer | undefined => {
    const entry = all.get(place);
    return Buffer.isBuffer(entry) ? entry : undefined;
  };
  const statOf = (place: string): FileStat => {
    const bytes = content(place);
    return { kind: bytes === undefined ? "folder" : "file", size: bytes?.length ?? 0, identity: place };
  };

  return {
    open: (path) => new MemoryFile(content(walk(path, true))),
    stat: (path) => statOf(walk(path, true)),
    readLink: (path) => {
      const entry = all.get(walk(path, false));
      return entry === undefined || entry === "folder" || Buffer.isBuffer(entry) ? undefined : entry.link;
    },
    list: (path) => {
      const folder = walk(path, true);
      if (all.get(folder) !== "folder") throw new FileError("ENOTDIR", path);
      return [...all.entries()]
        .filter(([place]) => place !== "/" && posix.dirname(place) === folder)
        .map(([place, entry]) => ({
          name: posix.basename(place),
          kind: entry === "folder" ? "folder" : Buffer.isBuffer(entry) ? "file" : "link",
        }));
    },
    realPath: (path) => walk(path, true),
  };
}

class MemoryFile implements OpenFile {
  readonly kind: FileKind;
  readonly size: number;

  constructor(private readonly bytes: Buffer | undefined) {
    this.kind = bytes === undefined ? "folder" : "file";
    this.size = bytes?.length ?? 0;
  }

  read(into: Buffer, at: number, length: number, position: number): number {
    if (this.bytes === undefined) throw new FileError("EISDIR", "");
    if (position >= this.bytes.length) return 0;
    return this.bytes.copy(into, at, position, position + length);
  }

  isChanged(): boolean {
    return false;
  }

  close(): void {
    // Memory has nothing to give back.
  }
}

/** Files that count how often each path is opened, and how many are open. */
export function countingFiles(files: Files): Files & {
  readonly opened: ReadonlyMap<string, number>;
  readonly stillOpen: ReadonlySet<string>;
} {
  const opened = new Map<string, number>();
  const stillOpen = new Set<string>();
  return {
    opened,
    stillOpen,
    open(path) {
      const file = files.open(path);
      const id = `${path} ${opened.get(path) ?? 0}`;
      opened.set(path, (opened.get(path) ?? 0) + 1);
      stillOpen.add(id);
      return {
        kind: file.kind,
        size: file.size,
        read: (into, at, length, position) => file.read(into, at, length, position),
        isChanged: () => file.isChanged(),
        close() {
          stillOpen.delete(id);
          file.close();
        },
      };
    },
    stat: (path) => files.stat(path),
    readLink: (path) => files.readLink(path),
    list: (path) => files.list(path),
    realPath: (path) => files.realPath(path),
  };
}

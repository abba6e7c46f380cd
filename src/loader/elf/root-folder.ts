import { dirname, join, posix, resolve } from "node:path";
import { fileErrorCode, readSmallFile, realPathOf, type Files } from "../../files/files.ts";

/** A folder as the target names it, and whether that name is one of the target's or one of the machine that looks. */
export interface Folder {
  readonly path: string;
  readonly here: boolean;
  /** It is relative to the working folder of the host's process, which no file tells. */
  readonly isWorking?: true;
}

/** Links followed before a path counts as a loop (Linux: MAXSYMLINKS). */
const MOST_LINKS = 40;

/**
 * A target's file system, unpacked into a folder; "/" is the running system. Absolute links lead to places in the folder, and
 * nothing leads out of it.
 */
export class RootFolder {
  /** Without links. */
  readonly path: string;
  readonly #links = new Map<string, string | null | undefined>();

  /** @throws as the file system does if there is no such folder. */
  constructor(
    readonly files: Files,
    path: string,
  ) {
    this.path = files.realPath(path);
  }

  get isRunningSystem(): boolean {
    return this.path === "/";
  }

  /** Where a path of the target is on this machine, with all links followed; undefined if there is nothing. */
  locate(path: string): string | undefined {
    const place = this.#follow(path);
    return place === "loop" ? undefined : place;
  }

  /** Whether a file in a folder is a link that leads through more links than Linux follows (ELOOP). */
  isLoop({ path, here }: Folder, name: string): boolean {
    if (!here) return this.#follow(posix.join(path, name)) === "loop";
    try {
      this.files.realPath(`${path}/${name}`);
      return false;
    } catch (error) {
      return fileErrorCode(error) === "ELOOP";
    }
  }

  /** An absolute path of this machine, undefined, or "loop", which is none. */
  #follow(path: string): string | undefined {
    const parts = path.split("/").reverse();
    let at = "/";
    for (let links = 0; parts.length > 0;) {
      const part = parts.pop() ?? "";
      if (part === "" || part === ".") continue;
      if (part === "..") {
        at = posix.dirname(at);
        continue;
      }
      const next = posix.join(at, part);
      const link = this.#link(next);
      if (link === undefined) return undefined;
      if (link === null) {
        at = next;
        continue;
      }
      if (++links > MOST_LINKS) return "loop";
      parts.push(...link.split("/").reverse());
      if (link.startsWith("/")) at = "/";
    }
    return join(this.path, at);
  }

  /** The same for a file in a folder that may be one of this machine. */
  locateIn({ path, here }: Folder, name: string): string | undefined {
    if (!here) return this.locate(posix.join(path, name));
    // Not joined: `..` behind a link leads upward from where the link leads, and at the root of an archive nowhere.
    return realPathOf(this.files, `${path}/${name}`);
  }

  /** How the target names the folder of a file of this machine. */
  folderOf(path: string): Folder {
    const folder = dirname(resolve(path));
    if (this.isRunningSystem) return { path: folder, here: this.files.isArchived?.(folder) === true };
    const inside = this.#inside(folder);
    return inside === undefined ? { path: folder, here: true } : { path: inside, here: false };
  }

  /** A file's content if it is one and no longer than `limit` bytes. */
  read(path: string, limit: number): Buffer | undefined {
    const place = this.locate(path);
    if (place === undefined) return undefined;
    return ifThere(() => readSmallFile(this.files, place, limit));
  }

  /** The names in a folder, sorted; none if there is no such folder. */
  list(path: string): readonly string[] {
    const place = this.locate(path);
    if (place === undefined) return [];
    const entries = ifThere(() => this.files.list(place)) ?? [];
    return entries.map(({ name }) => name).sort();
  }

  #inside(folder: string): string | undefined {
    const real = realPathOf(this.files, folder);
    if (real === undefined) return undefined;
    if (real === this.path) return "/";
    return real.startsWith(`${this.path}/`) ? real.slice(this.path.length) : undefined;
  }

  /** Where a link leads; null if it is not a link; undefined if it does not exist. */
  #link(path: string): string | null | undefined {
    if (this.#links.has(path)) return this.#links.get(path);
    const link = ifThere(() => this.files.readLink(join(this.path, path)) ?? null);
    this.#links.set(path, link);
    return link;
  }
}

/** Undefined if the file system refuses: what the target's own loader could not read either. */
function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (fileErrorCode(error) === undefined) throw error;
    return undefined;
  }
}

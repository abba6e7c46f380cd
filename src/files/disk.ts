import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  realpathSync,
  statSync,
  type Stats,
} from "node:fs";
import type { FileKind, Files, OpenFile } from "./files.ts";

/** The files of this machine. */
export const disk: Files = {
  open(path) {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    try {
      return new DiskFile(fd, fstatSync(fd));
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  },
  stat(path) {
    // An inode may be a larger number than JavaScript's are exact for.
    const stat = statSync(path, { bigint: true });
    return { kind: kindOf(stat), size: Number(stat.size), identity: `${stat.dev}:${stat.ino}` };
  },
  readLink(path) {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined;
  },
  list(path) {
    return readdirSync(path, { withFileTypes: true }).map((entry) => ({
      name: entry.name,
      kind: entry.isSymbolicLink() ? "link" : kindOf(entry),
    }));
  },
  realPath(path) {
    return realpathSync.native(path);
  },
};

class DiskFile implements OpenFile {
  readonly kind: FileKind;
  readonly size: number;
  /** In milliseconds, with a fraction. */
  readonly #written: number;

  constructor(
    private readonly fd: number,
    stat: Stats,
  ) {
    this.kind = kindOf(stat);
    this.size = stat.size;
    this.#written = stat.mtimeMs;
  }

  read(into: Buffer, at: number, length: number, position: number): number {
    return readSync(this.fd, into, at, length, position);
  }

  isChanged(): boolean {
    const { size, mtimeMs } = fstatSync(this.fd);
    return size !== this.size || mtimeMs !== this.#written;
  }

  close(): void {
    closeSync(this.fd);
  }
}

interface Kinds {
  isFile(): boolean;
  isDirectory(): boolean;
  isFIFO(): boolean;
  isSocket(): boolean;
}

function kindOf(stat: Kinds): FileKind {
  if (stat.isFile()) return "file";
  if (stat.isDirectory()) return "folder";
  if (stat.isFIFO()) return "fifo";
  return stat.isSocket() ? "socket" : "device";
}

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
} from "node:fs";
import type { FileKind, Files, OpenFile } from "./files.ts";

/** The files of this machine. */
export const disk: Files = {
  open(path) {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    try {
      const stat = fstatSync(fd);
      return new DiskFile(fd, kindOf(stat), stat.size);
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
  constructor(
    private readonly fd: number,
    readonly kind: FileKind,
    readonly size: number,
  ) {}

  read(into: Buffer, at: number, length: number, position: number): number {
    return readSync(this.fd, into, at, length, position);
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

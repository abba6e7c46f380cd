import { constants } from "node:os";

/**
 * The one interface to files under everything that reads. `disk.ts` is its first adapter; an image, an archive or a browser's files are
 * others. Synchronous. Paths are strings, with slashes. Every member throws an error with a `code` as the operating system names it
 * (errno(3): ENOENT, EACCES, ELOOP, …); `fileErrorCode` reads it, and an adapter that has no system below it throws FileError.
 */
export interface Files {
  /**
   * Opens a file for reading. Never blocks, not even on a FIFO, and never changes anything. What is not a regular file may be
   * opened too: `kind` says what it is, and the caller decides.
   */
  open(path: string): OpenFile;
  /** What is at a path; links are followed. */
  stat(path: string): FileStat;
  /** Where a symbolic link points, as it is written there; undefined for what is not a link. */
  readLink(path: string): string | undefined;
  /** What is in a folder, in no order. */
  list(path: string): readonly FolderEntry[];
  /** The path without symbolic links, as realpath(3) has it. */
  realPath(path: string): string;
  /** Whether a path is in an archive. It has a root of its own there, and where it will be on a machine is unknown. */
  isArchived?(path: string): boolean;
}

/** A file that is open. */
export interface OpenFile {
  readonly kind: FileKind;
  /** Length in bytes when it was opened. */
  readonly size: number;
  /**
   * Reads up to `length` bytes at `position` of the file into `into`, from its index `at` on.
   * @returns how many bytes were read; 0 at the end of the file.
   */
  read(into: Buffer, at: number, length: number, position: number): number;
  /** Whether it was written to or cut since it was opened, as far as the times of the file system tell. */
  isChanged(): boolean;
  /** To be called once. */
  close(): void;
}

export type FileKind = "file" | "folder" | "fifo" | "socket" | "device";

export interface FileStat {
  readonly kind: FileKind;
  /** Length in bytes. */
  readonly size: number;
  /** The same for two paths only if they are one file: device and inode. */
  readonly identity: string;
}

export interface FolderEntry {
  readonly name: string;
  /** A link is not followed. */
  readonly kind: FileKind | "link";
}

/** What an adapter throws that has no operating system to throw for it. */
export class FileError extends Error {
  override readonly name = "FileError";
  constructor(
    /** As errno(3) names it. */
    readonly code: string,
    path: string,
  ) {
    super(`${code}: ${path}`);
  }
}

/** Names of the system's errors by number. */
const errorNames = new Map(Object.entries(constants.errno).map(([name, number]) => [number, name]));

/**
 * The code of an error that a file system threw; undefined for every other error, which is a bug. Node has no name for some of them, such
 * as EDQUOT and ESTALE, and gives the number alone (libuv: include/uv.h, UV_ERRNO_MAP; Node: lib/internal/errors.js, uvException).
 */
export function fileErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  const { code } = error;
  if (typeof code !== "string") return undefined;
  if (/^E[A-Z0-9]+$/.test(code)) return code;
  if (!isNameless(code) || !("errno" in error) || typeof error.errno !== "number") return undefined;
  return errorNames.get(-error.errno) ?? `errno ${-error.errno}`;
}

function isNameless(code: string): boolean {
  return code === "UNKNOWN" || code.startsWith("Unknown system error");
}

/** Read at once if a file does not say how long it is, in bytes. */
const CHUNK = 64 * 1024;

/**
 * The content of a small regular file, also of one below /proc, which does not say how long it is.
 * @returns undefined if it is not a regular file, or longer than `limit` bytes.
 * @throws as `open` and `read` of the file system do.
 */
export function readSmallFile(files: Files, path: string, limit: number): Buffer | undefined {
  const file = files.open(path);
  try {
    if (file.kind !== "file" || file.size > limit) return undefined;
    const chunks: Buffer[] = [];
    for (let size = 0; ;) {
      const chunk = Buffer.allocUnsafe(file.size > size ? file.size - size : CHUNK);
      const got = file.read(chunk, 0, chunk.length, size);
      if (got === 0) return Buffer.concat(chunks, size);
      size += got;
      if (size > limit) return undefined;
      chunks.push(chunk.subarray(0, got));
    }
  } finally {
    file.close();
  }
}

/** What realpath(3) makes of a path; undefined if it fails. */
export function realPathOf(files: Files, path: string): string | undefined {
  try {
    return files.realPath(path);
  } catch (error) {
    if (fileErrorCode(error) === undefined) throw error;
    return undefined;
  }
}

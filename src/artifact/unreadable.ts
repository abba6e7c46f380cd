import { fileErrorCode } from "../files/files.ts";
import { FormatError } from "../object/format-error.ts";
import { NotAFileError } from "../object/image.ts";

/** A file that could not be read as an object file at all. */
export interface Unreadable {
  readonly kind: "unreadable";
  readonly path: string;
  /** In bytes, if it could be opened. */
  readonly size: number | null;
  /** A sentence fragment without the path. */
  readonly reason: string;
  /** Offset in the file of what is broken. */
  readonly offset: number | null;
}

const byErrno: Readonly<Record<string, string>> = {
  EACCES: "no permission to read it",
  EPERM: "no permission to read it",
  ENOENT: "does not exist (or is a broken symlink)",
  ENOTDIR: "does not exist: a component of the path is not a folder",
  ELOOP: "is a symlink loop",
  EISDIR: "is a folder, not a file",
  ENXIO: "is a socket or device, not a file",
  EIO: "the disk or network failed while it was read",
  ESTALE: "vanished from the network file system while it was read",
  ENAMETOOLONG: "its path is too long",
};

/** The reason as it follows the name of the file: "the host gives no permission to read it (EACCES)". */
export function saidOf({ reason }: Pick<Unreadable, "reason">): string {
  return /^(is|does|has|no) /.test(reason)
    ? reason.replace(/^no permission/, "gives no permission")
    : `cannot be read: ${reason}`;
}

/** Sorts what opening and reading a file can throw. @throws what is none of these: a bug. */
export function unreadable(path: string, size: number | null, error: unknown): Unreadable {
  if (error instanceof FormatError) {
    return { kind: "unreadable", path, size, reason: error.message, offset: error.offset };
  }
  if (error instanceof NotAFileError) {
    return { kind: "unreadable", path, size, reason: error.message, offset: null };
  }
  const code = fileErrorCode(error);
  if (code === "ENOENT" && path.includes("\ufffd")) {
    const reason = "has a name that is not UTF-8 text, so it cannot be opened (ENOENT)";
    return { kind: "unreadable", path, size, reason, offset: null };
  }
  if (code === undefined) throw error;
  return {
    kind: "unreadable",
    path,
    size,
    reason: `${byErrno[code] ?? "cannot be read"} (${code})`,
    offset: null,
  };
}

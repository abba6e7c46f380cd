import { fileErrorCode } from "../files/files.ts";
import { FormatError } from "../object/format-error.ts";
import { ChangedFileError, NotAFileError } from "../object/image.ts";
import { ownBugText } from "./own-bug.ts";

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
  // Of an archive that is compressed.
  ENODATA:
    "was not kept when the archive was unpacked, since it is not among the plugins and does not look like a library",
};

/**
 * Why a file could not be read, as a clause: "the file is not ELF or Mach-O (text) at offset 0x0".
 * @param subject what the file is to its reader: "the host", "the folder".
 */
export function unreadableText({ reason }: Pick<Unreadable, "reason">, subject = "the file"): string {
  if (/^is .*, not a file/.test(reason) && subject === "the file") return `this ${reason}`;
  if (/^(is|does|has|was|cannot|vanished) /.test(reason)) return `${subject} ${reason}`;
  if (reason.startsWith("not ")) return `${subject} is ${reason}`;
  if (reason.startsWith("no permission"))
    return `there is ${subject === "the file" ? reason : reason.replace(" it ", ` ${subject} `)}`;
  return /^(its|the) /.test(reason) ? reason : `${subject} cannot be read: ${reason}`;
}

/** Sorts what opening and reading a file can throw. What is none of these is a bug of this program, and said to be one. */
export function unreadable(path: string, size: number | null, error: unknown): Unreadable {
  if (error instanceof FormatError) {
    return { kind: "unreadable", path, size, reason: error.message, offset: error.offset };
  }
  if (error instanceof NotAFileError || error instanceof ChangedFileError) {
    return { kind: "unreadable", path, size, reason: error.message, offset: null };
  }
  const code = fileErrorCode(error);
  if (code === "ENOENT" && path.includes("\ufffd")) {
    const reason = "has a name that is not UTF-8 text, so it cannot be opened (ENOENT)";
    return { kind: "unreadable", path, size, reason, offset: null };
  }
  if (code === undefined) return { kind: "unreadable", path, size, reason: ownBugText(error), offset: null };
  return {
    kind: "unreadable",
    path,
    size,
    reason: `${byErrno[code] ?? "cannot be read"} (${code})`,
    offset: null,
  };
}

import { fileErrorCode, readSmallFile, type FileKind, type Files } from "../../files/files.ts";

/** A longer file is not one that go or cargo wrote, in bytes. */
const longest = 64 * 2 ** 20;

/** The text of a file of the sources; undefined if it is not there, or cannot be read. */
export function textOfFile(files: Files, path: string): string | undefined {
  try {
    return readSmallFile(files, path, longest)?.toString("utf8");
  } catch (error) {
    if (fileErrorCode(error) === undefined) throw error;
    return undefined;
  }
}

export function isThere(files: Files, path: string): boolean {
  return kindAt(files, path) !== undefined;
}

export function isFolder(files: Files, path: string): boolean {
  return kindAt(files, path) === "folder";
}

function kindAt(files: Files, path: string): FileKind | undefined {
  try {
    return files.stat(path).kind;
  } catch (error) {
    if (fileErrorCode(error) === undefined) throw error;
    return undefined;
  }
}

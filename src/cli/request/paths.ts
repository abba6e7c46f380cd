import { disk } from "../../files/disk.ts";
import type { FileKind } from "../../files/files.ts";
import { CorrectableError } from "../suggestion.ts";
import { inCommand } from "./arguments.ts";

/** What is at a path; undefined if nothing is, or if it cannot be read. */
export function kindAt(path: string): FileKind | undefined {
  try {
    return disk.stat(path).kind;
  } catch {
    return undefined;
  }
}

/** Whether a word names a file: it is there, or it is spelled like one. */
export function isPath(word: string): boolean {
  return /^[^\s:]*(?:\/[^\s:]*|\.(?:so|dylib|dll))$/.test(word) || kindAt(word) !== undefined;
}

/**
 * A folder among files is reported with them, as unreadable.
 * @param instead the command that was meant.
 * @throws CorrectableError if only folders are given.
 */
export function refuseFolders(paths: readonly string[] = [], instead: "check-all" | "list"): void {
  const [first] = paths;
  if (first === undefined || !paths.every((path) => kindAt(path) === "folder")) return;
  const what = instead === "check-all" ? "checks every plugin" : "lists the plugins";
  throw new CorrectableError(
    `${first} is a folder, not a file`,
    [`\`plugins ${instead}\` ${what} in a folder.`],
    inCommand(instead),
  );
}

/**
 * A file among folders is refused when they are searched.
 * @param instead the command that was meant.
 * @throws CorrectableError if only files are given.
 */
export function refuseFiles(paths: readonly string[] = [], instead: "inspect" | "validate"): void {
  const [first, second] = paths;
  if (first === undefined || !paths.every((path) => kindAt(path) === "file")) return;
  const what = instead === "validate" ? "checks files" : "shows one file";
  throw new CorrectableError(
    `${first} is a file, not a folder`,
    [`\`plugins ${instead}\` ${what}.`],
    instead === "inspect" && second !== undefined ? () => ["inspect", first] : inCommand(instead),
  );
}

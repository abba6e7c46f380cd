import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { KitFile } from "../../author/kit/kit.ts";
import { UsageError } from "../../check/model/usage-error.ts";
import { fileErrorCode } from "../../files/files.ts";
import { reasonOf } from "./temporary-file.ts";

/** @throws UsageError if there is no such folder. */
export function refuseNoFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError("folder-not-found", `${folder}: no such folder`);
}

/**
 * Writes a kit's files into an author's package. One that is there already and is the same is left alone.
 * @returns the paths that were written.
 * @throws UsageError if one is there and is not the same: then nothing is written.
 */
export function writeKit(folder: string, files: readonly KitFile[]): readonly string[] {
  const placed = files.map(({ path, text }) => ({ path: join(folder, path), text }));
  const wanted = placed.filter(({ path, text }) => {
    const there = textAt(path);
    if (there === undefined || there === text) return there === undefined;
    throw new UsageError("output-unwritable", `${path} is there already, and is not the kit's`, [
      "Nothing was written. Rename the file, run this again, and put together what both do.",
    ]);
  });
  const made: string[] = [];
  for (const { path, text } of wanted) {
    try {
      mkdirSync(dirname(path), { recursive: true });
      const descriptor = openSync(path, "wx");
      made.push(path);
      try {
        writeFileSync(descriptor, text);
      } finally {
        closeSync(descriptor);
      }
    } catch (error) {
      // A part of a kit would be in the way of the next run.
      for (const each of made) rmSync(each, { force: true });
      throw new UsageError("output-unwritable", `${path}: cannot be written: ${reasonOf(error)}`, [
        "Nothing was written.",
      ]);
    }
  }
  return wanted.map(({ path }) => path);
}

/** Undefined if there is no file. */
function textAt(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (fileErrorCode(error) === "ENOENT" || fileErrorCode(error) === "ENOTDIR") return undefined;
    throw new UsageError(
      "output-unwritable",
      `${path}: cannot be read: ${fileErrorCode(error) ?? String(error)}`,
    );
  }
}

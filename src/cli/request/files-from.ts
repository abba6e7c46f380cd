import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { unreadable, unreadableText } from "../../artifact/unreadable.ts";
import { UsageError } from "../../check/model/usage-error.ts";

/** The flags that give a list of files. */
export interface FilesFromFlags {
  readonly "files-from"?: string | undefined;
  readonly null?: boolean;
}

/**
 * The files in a list: one per line, or each ended by a NUL; empty entries are skipped. undefined if there is no list.
 * @param folders folders to search for plugins; they cannot be combined with a list.
 * @throws UsageError if the list cannot be read.
 */
export async function filesFrom(
  flags: FilesFromFlags,
  folders?: readonly string[],
): Promise<readonly string[] | undefined> {
  const { "files-from": list, null: byNul = false } = flags;
  if (list === undefined) return undefined;
  if (folders !== undefined && folders.length > 0) {
    throw new UsageError("bad-usage", "folders and --files-from cannot be combined", [
      "List the plugin files themselves, not folders.",
    ]);
  }
  const content = list === "-" ? await text(process.stdin) : contentOf(list);
  // Some editors start a file with a byte order mark.
  const files = content
    .replace(/^\ufeff/, "")
    .split(byNul ? "\0" : /\r?\n/)
    .filter((path) => path !== "");
  // No file system has such a path: say what is wrong instead of not finding the file.
  if (files.some((path) => path.includes("\0"))) {
    throw new UsageError("bad-usage", `${named(list)}: a path cannot contain a NUL`, [
      "With --null (-0), paths are separated by NULs, not newlines.",
    ]);
  }
  return files;
}

function contentOf(list: string): string {
  try {
    return readFileSync(list, "utf8");
  } catch (error) {
    throw new UsageError(
      "file-unreadable",
      `${list}: ${unreadableText(unreadable(list, null, error), "the list")}`,
    );
  }
}

function named(list: string): string {
  return list === "-" ? "stdin" : list;
}

import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { saidOf, unreadable } from "../artifact/unreadable.ts";
import { UsageError } from "../check/model/usage-error.ts";

/** The flags that say where a list of files is. */
export interface FilesFromFlags {
  readonly "files-from"?: string | undefined;
  readonly null?: boolean;
}

/**
 * The files of a list: one a line, or each ended by a NUL; what is empty is passed over. undefined where there is no list.
 * @param folders those that are named besides, in which plugins would be looked for.
 * @throws UsageError where it cannot be read.
 */
export async function filesFrom(
  flags: FilesFromFlags,
  folders?: readonly string[],
): Promise<readonly string[] | undefined> {
  const { "files-from": list, null: byNul = false } = flags;
  if (list === undefined) return undefined;
  if (folders !== undefined && folders.length > 0) {
    throw new UsageError("bad-usage", "folders and --files-from exclude each other", [
      "A list holds the plugins themselves.",
    ]);
  }
  const content = list === "-" ? await text(process.stdin) : contentOf(list);
  // Editors put a byte order mark before a list.
  const files = content
    .replace(/^\ufeff/, "")
    .split(byNul ? "\0" : /\r?\n/)
    .filter((path) => path !== "");
  // Before a path that cannot be is looked for.
  if (files.some((path) => path.includes("\0"))) {
    throw new UsageError("bad-usage", `${named(list)}: a path cannot hold a NUL`, [
      "With --null (-0) the paths are parted by NULs, not by lines.",
    ]);
  }
  return files;
}

function contentOf(list: string): string {
  try {
    return readFileSync(list, "utf8");
  } catch (error) {
    throw new UsageError("file-unreadable", `${list}: the list ${saidOf(unreadable(list, null, error))}`);
  }
}

function named(list: string): string {
  return list === "-" ? "stdin" : list;
}

import { randomBytes } from "node:crypto";
import { lstatSync, opendirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileErrorCode } from "../../files/files.ts";

/** Where a file is written before it gets its name: beside it, so that it can be renamed. */
export function temporaryPath(place: string): string {
  return join(dirname(place), asideStart(place) + randomBytes(6).toString("hex"));
}

/** How the names of a file's temporary files begin; 12 hex digits follow. */
function asideStart(place: string): string {
  return `.${basename(place).slice(0, 64)}.`;
}

/** A temporary file that has not grown for so long is nobody's, in milliseconds: a run adds to its own all the time. */
const abandonedAfter = 60_000;

/**
 * Removes the temporary files that killed runs left beside a file: those of its name that are plain files of this user, begin as ours do
 * and are old. A run that is stopped for longer than that loses its file and says so; it cannot write half of one.
 * @param isOurs whether a file has the content of one that a run would write.
 */
export function removeLeftovers(place: string, isOurs: (file: string) => boolean): void {
  const start = asideStart(place);
  try {
    const folder = opendirSync(dirname(place));
    try {
      for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) {
        const { name } = entry;
        if (!name.startsWith(start) || !/^[0-9a-f]{12}$/.test(name.slice(start.length))) continue;
        const leftover = join(dirname(place), name);
        if (isAbandoned(leftover) && isOurs(leftover)) rmSync(leftover, { force: true });
      }
    } finally {
      folder.closeSync();
    }
  } catch {
    // What was to be written is there. A folder that cannot be listed keeps its leftovers.
  }
}

function isAbandoned(file: string): boolean {
  const stat = lstatSync(file);
  if (!stat.isFile() || stat.uid !== (process.geteuid?.() ?? stat.uid)) return false;
  return Date.now() - stat.mtimeMs >= abandonedAfter;
}

/** What a failed write says, without the call and the path that Node adds: `, open '/nope/.report.b63b25fe92ed'`. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const code = fileErrorCode(error);
  // Node has no words for it.
  if (code !== undefined && !text.startsWith(code))
    return `${code}${code === "EDQUOT" ? ": disk quota exceeded" : ""}`;
  return text.replace(/, [a-z]+(?: '.*')?$/su, "");
}

import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, parse, resolve } from "node:path";
import { disk } from "../../files/disk.ts";
import { Image } from "../../object/image.ts";
import { looksLikeObject } from "../../object/open.ts";
import { isOurs, longestOpening } from "../../report/format.ts";
import { UsageError } from "../../check/model/usage-error.ts";
import type { Place } from "../../report/model/place.ts";
import { inLines } from "../terminal/output.ts";
import { holdInterruptions } from "../terminal/interruption.ts";
import { workingFolder } from "../working-folder.ts";
import { reasonOf, removeLeftovers, temporaryPath } from "./temporary-file.ts";

/** What a file is written for, as a message names it. */
type Writing = "report" | "lock" | "fix script" | "manifest";

/**
 * Refuses a place where a report would replace something else, or follow a link out of the folder: a folder may hold what its owner
 * did not put there. Asked before the work too, which may take long.
 * @throws UsageError
 */
export function refuseForeign(file: string, what: Writing = "report"): void {
  try {
    placeFor(file);
  } catch (error) {
    throw unwritable(file, error, what);
  }
}

/** What is there is not to be replaced; the message is the reason. */
class TakenError extends Error {}

/** Where the content goes: to a file that it replaces, or into what is there. */
type Target =
  | { readonly kind: "file"; readonly place: string; readonly mode: number | undefined }
  | { readonly kind: "stream" };

/** @throws TakenError, or as the file system does. */
function placeFor(file: string): Target {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat?.isDirectory() === true) throw new Error("EISDIR: illegal operation on a directory");
  // /dev/stdout is a link to whatever the shell opened, and that is what is meant.
  const isOfSystem = /^\/(?:dev|proc)\//.test(resolve(file));
  if (stat !== undefined && (!stat.isFile() || isOfSystem)) return { kind: "stream" };
  // A link that leads nowhere is replaced, not followed.
  if (stat === undefined) return { kind: "file", place: file, mode: undefined };
  const place = realpathSync(file);
  const folder = realpathSync(dirname(resolve(file)));
  if (!place.startsWith(folder.endsWith("/") ? folder : `${folder}/`))
    throw new TakenError(`it is a link that leads out of its folder, to ${place}`);
  refuseContent(place);
  return { kind: "file", place, mode: stat.mode };
}

/** Whether a file is one that a run wrote, or began to. */
function isReport(file: string): boolean {
  try {
    refuseContent(file);
    return true;
  } catch {
    return false;
  }
}

/** @throws TakenError if the file is not one that an earlier run wrote: a mistake in a name, or a trap, must cost nobody a file. */
function refuseContent(place: string): void {
  const image = Image.open(disk, place);
  try {
    if (looksLikeObject(image)) throw new TakenError("an executable or library already exists at that path");
    const head = image.read(0, Math.min(image.size, longestOpening), "file").toString("utf8");
    if (!isOurs(head))
      throw new TakenError("a file that is not a report of plugins already exists at that path");
  } finally {
    image.close();
  }
}

/**
 * Writes a whole report or nothing: first to a temporary file next to it, which is then renamed, so that no reader ever sees half
 * a report. A device or pipe (`/dev/stdout`) is written to directly.
 * @throws UsageError if that is not possible.
 */
export function writeReportFile(
  file: string,
  text: string | Iterable<string>,
  what: Writing = "report",
): void {
  const pieces = inLines(typeof text === "string" ? [text] : text);
  let aside: string | undefined;
  let release: (() => void) | undefined;
  try {
    const target = placeFor(file);
    if (target.kind === "stream") {
      for (const piece of pieces) appendFileSync(file, piece);
      return;
    }
    const { place, mode } = target;
    // An interruption now would leave the temporary file behind. Before, it must end a write to a pipe that nobody reads.
    release = holdInterruptions();
    aside = temporaryPath(place);
    writePieces(aside, pieces, mode);
    renameSync(aside, place);
    removeLeftovers(place, isReport);
  } catch (error) {
    if (aside !== undefined) rmSync(aside, { force: true });
    throw unwritable(file, error, what);
  } finally {
    release?.();
  }
}

/** To a file that does not exist yet. */
function writePieces(file: string, pieces: Iterable<string>, mode: number | undefined): void {
  const descriptor = openSync(file, "wx", mode);
  try {
    for (const piece of pieces) writeFileSync(descriptor, piece);
  } finally {
    closeSync(descriptor);
  }
}

/** GitHub accepts at most 1 MiB as the summary of one step; this leaves room for what others wrote. */
export const stepSummaryRoom = 900 * 1024;

/** Adds to the summary of the step, the file that GitHub names in GITHUB_STEP_SUMMARY. */
export function appendStepSummary(file: string, text: string): void {
  try {
    appendFileSync(file, text);
  } catch (error) {
    throw unwritable(file, error, "report");
  }
}

/**
 * The folder of the command and the root of the repository that it is in: the nearest folder with `.git`.
 * @param archive path of the archive that is read.
 */
export function placeOfCommand(archive?: string): Place {
  const folder = workingFolder() ?? parse(process.execPath).root;
  let root = folder;
  while (!existsSync(join(root, ".git"))) {
    const above = dirname(root);
    if (above === root) return { folder, root: folder, archive };
    root = above;
  }
  return { folder, root, archive };
}

function unwritable(file: string, error: unknown, what: Writing): UsageError {
  const reason = reasonOf(error);
  const hints = error instanceof TakenError ? ["Choose a different name, or remove that file first."] : [];
  return new UsageError("output-unwritable", `the ${what} cannot be written to ${file}: ${reason}`, hints);
}

import { randomBytes } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, parse } from "node:path";
import { disk } from "../../files/disk.ts";
import { Image } from "../../object/image.ts";
import { looksLikeObject } from "../../object/open.ts";
import { UsageError } from "../../check/model/usage-error.ts";
import type { Place } from "../../report/model/place.ts";
import { holdInterruptions } from "../terminal/interruption.ts";
import { workingFolder } from "../working-folder.ts";

/**
 * Writes a whole report or nothing: first to a temporary file next to it, which is then renamed, so that no reader ever sees half
 * a report. A device or pipe (`/dev/stdout`) is written to directly.
 * @throws UsageError if that is not possible.
 */
export function writeReportFile(file: string, text: string): void {
  let aside: string | undefined;
  let release: (() => void) | undefined;
  try {
    const kind = statSync(file, { throwIfNoEntry: false });
    if (kind !== undefined && !kind.isFile() && !kind.isDirectory()) {
      writeFileSync(file, text);
      return;
    }
    if (kind?.isFile() === true && isObjectFile(file))
      throw new Error("an executable or library already exists at that path");
    const place = kind === undefined ? file : realpathSync(file);
    // An interruption now would leave the temporary file behind. Before, it must end a write to a pipe that nobody reads.
    release = holdInterruptions();
    aside = join(dirname(place), `.${basename(place).slice(0, 64)}.${randomBytes(6).toString("hex")}`);
    writeFileSync(aside, text, { flag: "wx", ...(kind === undefined ? {} : { mode: kind.mode }) });
    renameSync(aside, place);
  } catch (error) {
    if (aside !== undefined) rmSync(aside, { force: true });
    throw unwritable(file, error);
  } finally {
    release?.();
  }
}

/** A host or plugin named by mistake must not be overwritten. */
function isObjectFile(file: string): boolean {
  let image: Image | undefined;
  try {
    image = Image.open(disk, file);
    return looksLikeObject(image);
  } catch {
    // A file that cannot be read can still be replaced.
    return false;
  } finally {
    image?.close();
  }
}

/** GitHub accepts at most 1 MiB as the summary of one step; this leaves room for what others wrote. */
export const stepSummaryRoom = 900 * 1024;

/** Adds to the summary of the step, the file that GitHub names in GITHUB_STEP_SUMMARY. */
export function appendStepSummary(file: string, text: string): void {
  try {
    appendFileSync(file, text);
  } catch (error) {
    throw unwritable(file, error);
  }
}

/** The folder of the command and the root of the repository that it is in: the nearest folder with `.git`. */
export function placeOfCommand(): Place {
  const folder = workingFolder() ?? parse(process.execPath).root;
  let root = folder;
  while (!existsSync(join(root, ".git"))) {
    const above = dirname(root);
    if (above === root) return { folder, root: folder };
    root = above;
  }
  return { folder, root };
}

function unwritable(file: string, error: unknown): UsageError {
  const text = error instanceof Error ? error.message : String(error);
  // Node adds the call and the path to a system error: ENOENT: no such file or directory, open '/nope/.report.b63b25fe92ed'.
  const reason = text.replace(/, [a-z]+(?: '.*')?$/su, "");
  return new UsageError("output-unwritable", `the report cannot be written to ${file}: ${reason}`);
}

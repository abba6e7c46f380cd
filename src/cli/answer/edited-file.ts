import {
  chmodSync,
  chownSync,
  closeSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
  type Stats,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { setImmediate as pause } from "node:timers/promises";
import { unreadable, unreadableText } from "../../artifact/unreadable.ts";
import type { Destination } from "../../author/embed/embed-request.ts";
import { UsageError } from "../../check/model/usage-error.ts";
import { disk } from "../../files/disk.ts";
import { fileErrorCode } from "../../files/files.ts";
import { shellWord } from "../../language/shell-word.ts";
import { Image } from "../../object/image.ts";
import { looksLikeObject } from "../../object/open.ts";
import { holdInterruptions } from "../terminal/interruption.ts";
import { reasonOf, removeLeftovers, temporaryPath } from "./temporary-file.ts";

/** Set-user-ID and set-group-ID: worth something only with the owner they were given for. */
const privileges = 0o6000;

/**
 * Where an edited file goes: in the place of the old one, or to a different path. A link is followed, and what it leads to is replaced.
 * @param output undefined for the place of the old one.
 * @throws UsageError if there is something that must not be replaced, or no file.
 */
export function destinationFor(file: string, output: string | undefined): Destination {
  const old = oldFile(file);
  const given = output ?? file;
  const place = output === undefined ? old.place : placeFor(output);
  const isSame = place === old.place;
  const linked = isSame && old.stat.nlink > 1;
  return {
    path: given,
    isSame,
    notes: linked
      ? [
          `${file} has ${old.stat.nlink - 1} more ${old.stat.nlink === 2 ? "name" : "names"} (hard links), which keep the old content.`,
        ]
      : [],
    async put(pieces, check) {
      const temporary = temporaryPath(place);
      // Between two pieces, an interruption ends the run, and the temporary file with it.
      const release = holdInterruptions(() => {
        rmSync(temporary, { force: true });
      });
      try {
        await write(temporary, pieces);
        check(temporary);
        const notes = isSame ? keep(temporary, old.stat) : copyMode(temporary, old.stat);
        if (isSame) refuseChanged(file, old);
        renameSync(temporary, place);
        removeLeftovers(place, isObject);
        return notes;
      } catch (error) {
        rmSync(temporary, { force: true });
        throw error instanceof UsageError || fileErrorCode(error) === undefined
          ? error
          : unwritable(given, place, error);
      } finally {
        release();
      }
    },
  };
}

interface OldFile {
  /** Without links. */
  readonly place: string;
  readonly stat: Stats;
}

function oldFile(file: string): OldFile {
  try {
    const place = realpathSync(file);
    return { place, stat: statSync(place) };
  } catch (error) {
    if (fileErrorCode(error) === undefined) throw error;
    throw new UsageError("file-unreadable", `${file}: ${unreadableText(unreadable(file, null, error))}`);
  }
}

/** @throws UsageError if what is there is not an executable or library: a mistake in a name must cost nobody a file. */
function placeFor(output: string): string {
  if (output === "-") {
    throw new UsageError("output-unwritable", "the edited file cannot be written to stdout", [
      "It is checked before it gets its name: give a file with -o, or ./- for one of that name.",
    ]);
  }
  const stat = statAt(output);
  if (stat?.isDirectory() === true || output.endsWith("/")) {
    throw new UsageError("output-unwritable", `${output} is a folder, and --output names a file`, [
      `For example, -o ${shellWord(`${output.replace(/\/+$/, "")}/NAME`)}.`,
    ]);
  }
  if (stat === undefined) return resolve(output);
  if (!stat.isFile()) {
    throw new UsageError("output-unwritable", `${output} is not a regular file`, [
      "An edited file is checked before it gets its name, so it cannot be written to a pipe or device.",
    ]);
  }
  const place = realpathSync(output);
  if (isObject(place) || stat.size === 0) return place;
  throw new UsageError(
    "output-unwritable",
    `${output}: a file that is not an executable or library is already there`,
    ["Choose a different name, or remove that file first."],
  );
}

function statAt(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw unwritable(path, path, error);
  }
}

function isObject(file: string): boolean {
  const image = Image.open(disk, file);
  try {
    return looksLikeObject(image);
  } finally {
    image.close();
  }
}

/** To a file that does not exist yet, which only this user can read until it is whole. */
async function write(file: string, pieces: Iterable<Buffer>): Promise<void> {
  const descriptor = openSync(file, "wx", 0o600);
  try {
    for (const piece of pieces) {
      for (let done = 0; done < piece.length;) done += writeSync(descriptor, piece, done);
      await pause();
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Gives the new file the owner, mode and times of the old one. @returns what could not be kept. */
function keep(file: string, { uid, gid, mode, atime, mtime }: Stats): readonly string[] {
  const isOwned = owns(file, uid, gid);
  chmodSync(file, isOwned ? mode & 0o7777 : mode & 0o7777 & ~privileges);
  utimesSync(file, atime, mtime);
  return isOwned ? [] : [`The owner (${uid}:${gid}) could not be kept: the new file is yours.`];
}

function owns(file: string, uid: number, gid: number): boolean {
  const stat = statSync(file);
  if (stat.uid === uid && stat.gid === gid) return true;
  try {
    chownSync(file, uid, gid);
    return true;
  } catch {
    return false;
  }
}

/** A copy is its maker's, and as new as it is: what is made from it must be made again. */
function copyMode(file: string, { mode }: Stats): readonly string[] {
  chmodSync(file, mode & 0o777);
  return [];
}

/** @throws UsageError if somebody else replaced or wrote the file in the meantime: that must not be lost. */
function refuseChanged(file: string, { place, stat }: OldFile): void {
  const now = statSync(place, { throwIfNoEntry: false });
  if (now?.ino === stat.ino && now.dev === stat.dev && now.mtimeMs === stat.mtimeMs && now.size === stat.size)
    return;
  throw new UsageError(
    "file-changed",
    `${file}: was changed by something else in the meantime; nothing was written`,
    ["Run again when the file is no longer being written."],
  );
}

function unwritable(path: string, place: string, error: unknown): UsageError {
  const folder = dirname(place);
  const hint = hintFor[fileErrorCode(error) ?? ""]?.(folder);
  return new UsageError(
    "output-unwritable",
    `${path}: the edited file cannot be written: ${reasonOf(error)}`,
    hint === undefined ? [] : [hint],
  );
}

const toWriteIn = (folder: string): string =>
  `The new file is written beside the old one, in ${folder}, which must allow that. -o writes it to a different folder.`;
const roomIn = (folder: string): string =>
  `Make room in ${folder}, or write to a different folder with -o. The old file is unchanged.`;

const hintFor: Readonly<Record<string, ((folder: string) => string) | undefined>> = {
  EACCES: toWriteIn,
  EPERM: toWriteIn,
  EROFS: toWriteIn,
  ENOSPC: roomIn,
  EDQUOT: roomIn,
  EFBIG: roomIn,
  ENOENT: (folder) => `The folder ${folder} must exist.`,
};

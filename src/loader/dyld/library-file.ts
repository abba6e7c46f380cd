import { fileErrorCode, realPathOf, type Files } from "../../files/files.ts";
import { unreadable, unreadableText } from "../../artifact/unreadable.ts";
import { FormatError } from "../../object/format-error.ts";
import { Image, NotAFileError } from "../../object/image.ts";
import type { DyldHost } from "./host.ts";
import { examineImage } from "./image.ts";
import { loadedImage, type LoadedImage } from "./loaded-image.ts";
import type { Place } from "./search-path.ts";
import { DYLD } from "./messages.ts";
import { reasonsIn, type FileStep, type Reason } from "./reason.ts";

/** What dyld finds in one place where it looks for a library. */
export type LibraryFile =
  | {
      readonly kind: "loads";
      readonly image: LoadedImage;
      readonly source: Image;
      /** What is unknown about it, and what it needs. */
      readonly steps: readonly FileStep[];
    }
  | { readonly kind: "crash"; readonly reason: Reason }
  /** dyld goes on to the next place; `text` is what it says about this one, null if that cannot be known. */
  | { readonly kind: "refused"; readonly text: string | null; readonly cause: string }
  | { readonly kind: "unknown"; readonly why: string };

/** Opens a library as dyld does. The caller closes `source`. */
export function openLibrary(files: Files, place: Place, host: DyldHost): LibraryFile {
  if (place.local === undefined) return { kind: "unknown", why: `whether ${place.path} exists` };
  const source = openFile(files, place.local);
  if (typeof source === "string") return { kind: "refused", text: source, cause: `${source}.` };
  if (source === undefined)
    return { kind: "unknown", why: `what is in ${place.path}, which cannot be opened` };
  const found = examinedOrNot(source, place, realPlace(files, place, place.local), host);
  if (found.kind !== "loads") source.close();
  return found;
}

/** What cannot be read to its end, and what this program fails on, is unknown. */
function examinedOrNot(source: Image, place: Place, real: Place, host: DyldHost): LibraryFile {
  try {
    return examined(source, place, real, host);
  } catch (error) {
    const why =
      error instanceof FormatError ? error.message : unreadableText(unreadable(place.path, null, error));
    return { kind: "unknown", why: `what is in ${place.path} (${why})` };
  }
}

function examined(source: Image, place: Place, real: Place, host: DyldHost): LibraryFile {
  const { steps, sound } = examineImage(source, { asked: place.path, real: real.path }, host);
  const [first] = reasonsIn(steps);
  if (first?.outcome === "crash") return { kind: "crash", reason: first };
  if (first !== undefined) return { kind: "refused", text: first.text, cause: first.cause };
  const unknown = (why: string) => ({ kind: "unknown", why: `what is in ${place.path} (${why})` }) as const;
  if (sound === undefined) {
    const whys = steps.flatMap((step) => (step.kind === "unknown" ? [step.why.replace(/\.$/, "")] : []));
    return unknown(whys.join("; "));
  }
  return { kind: "loads", image: loadedImage(real, sound.file, sound.sdk), source, steps };
}

/** What identifies a file, whatever its name, as dyld does it (FileID); undefined if there is no file. */
export function fileIdentity(files: Files, path: string): string | undefined {
  try {
    return files.stat(path).identity;
  } catch (error) {
    if (fileErrorCode(error) === undefined) throw error;
    return undefined;
  }
}

/** Without symbolic links: the name that dyld uses once the file is open, and what `@loader_path` is relative to. */
function realPlace(files: Files, { path }: Place, local: string): Place {
  // The path itself if it cannot be resolved.
  const real = realPathOf(files, local) ?? local;
  const root = local.slice(0, local.length - path.length);
  return { path: real.startsWith(root) ? real.slice(root.length) : path, local: real };
}

/** The file, dyld's words for why there is none, or undefined if that is unknown. */
function openFile(files: Files, path: string): Image | string | undefined {
  try {
    return Image.open(files, path);
  } catch (error) {
    if (error instanceof NotAFileError) return DYLD.notAFile.words;
    const code = fileErrorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return DYLD.noSuchFile.words;
    if (code === undefined) throw error;
    return undefined;
  }
}

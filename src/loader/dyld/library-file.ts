import { fileErrorCode, realPathOf, type Files } from "../../files/files.ts";
import { FormatError } from "../../object/format-error.ts";
import { Image, NotAFileError } from "../../object/image.ts";
import type { DyldHost } from "./host.ts";
import { examineImage } from "./image.ts";
import { loadedImage, type LoadedImage } from "./loaded-image.ts";
import type { Place } from "./search-path.ts";
import { Verdict, type Reason } from "./verdict.ts";

/** What became of one place where a library is looked for. */
export type LibraryFile =
  | { readonly kind: "loads"; readonly image: LoadedImage; readonly source: Image; readonly verdict: Verdict }
  | { readonly kind: "crash"; readonly reason: Reason }
  /** dyld goes on to the next place; `text` is what it says of this one, null where that cannot be known. */
  | { readonly kind: "refused"; readonly text: string | null; readonly cause: string }
  | { readonly kind: "unknown"; readonly why: string };

/** Opens a library as dyld does. The caller closes `source`. */
export function openLibrary(files: Files, place: Place, host: DyldHost): LibraryFile {
  if (place.local === undefined) return { kind: "unknown", why: `whether ${place.path} is there` };
  const source = openFile(files, place.local);
  if (typeof source === "string") return { kind: "refused", text: source, cause: source };
  if (source === undefined)
    return { kind: "unknown", why: `what is in ${place.path}, which cannot be opened` };
  const found = examined(source, place, realPlace(files, place, place.local), host);
  if (found.kind !== "loads") source.close();
  return found;
}

function examined(source: Image, place: Place, real: Place, host: DyldHost): LibraryFile {
  const verdict = new Verdict();
  const sound = examineImage(source, { asked: place.path, real: real.path }, host, verdict);
  const [first] = verdict.reasons;
  if (first?.outcome === "crash") return { kind: "crash", reason: first };
  if (first !== undefined) return { kind: "refused", text: first.text, cause: first.cause };
  const unknown = (why: string) => ({ kind: "unknown", why: `what is in ${place.path} (${why})` }) as const;
  if (sound === undefined) return unknown(verdict.doubts.join("; "));
  try {
    return { kind: "loads", image: loadedImage(real, sound.file, sound.sdk), source, verdict };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return unknown(error.message);
  }
}

/** What tells files apart however they are named, as dyld does it (FileID); undefined where none is to be had. */
export function fileIdentity(files: Files, path: string): string | undefined {
  try {
    return files.stat(path).identity;
  } catch (error) {
    if (fileErrorCode(error) === undefined) throw error;
    return undefined;
  }
}

/** Without symbolic links: what dyld calls a file once it is open, and what `@loader_path` counts from. */
function realPlace(files: Files, { path }: Place, local: string): Place {
  // Where it cannot be followed any more, the path as it is.
  const real = realPathOf(files, local) ?? local;
  const root = local.slice(0, local.length - path.length);
  return { path: real.startsWith(root) ? real.slice(root.length) : path, local: real };
}

/** The file, dyld's words for why there is none, or undefined where that is not known. */
function openFile(files: Files, path: string): Image | string | undefined {
  try {
    return Image.open(files, path);
  } catch (error) {
    if (error instanceof NotAFileError) return "not a file";
    const code = fileErrorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return "no such file";
    if (code === undefined) throw error;
    return undefined;
  }
}

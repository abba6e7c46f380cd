import type { LoadedObject } from "./loaded-object.ts";
import { unknownFromHere, type Unsure } from "../step.ts";
import type { Folder } from "./root-folder.ts";

/** What the tokens of a search path stand for on the target (ld.so(8), "Dynamic string tokens"). */
export interface Tokens {
  /** $LIB: "lib64", "lib/x86_64-linux-gnu". */
  readonly lib: string;
  /** $PLATFORM: "x86_64". */
  readonly platform: string;
}

/** Longer search paths are cut; a folder's name has at most 4,096 bytes, and no honest file has more than a few. */
const MOST_FOLDERS = 256;

/** The folders of DT_RPATH or DT_RUNPATH, each once (glibc: elf/dl-load.c, fillin_rpath). An empty one is the working folder. */
export function foldersOf(text: string, { origin }: LoadedObject, tokens: Tokens): readonly Folder[] {
  const folders = new Map<string, Folder>();
  for (const part of text.split(":", MOST_FOLDERS)) {
    const expanded = expand(part, origin.path, tokens);
    const path = expanded.length > 1 ? expanded.replace(/(?<=.)\/+$/, "") : expanded;
    const isOfOrigin = /^\$(ORIGIN(?![A-Za-z0-9_])|\{ORIGIN\})/.test(part);
    if (!folders.has(path)) folders.set(path, isOfOrigin ? { path, here: origin.here } : namedFolder(path));
  }
  return [...folders.values()];
}

/** A folder of the target as somebody wrote it: a path that begins with no slash, or none, is the working folder's. */
export function namedFolder(path: string): Folder {
  return path.startsWith("/") ? { path, here: false } : { path, here: false, isWorking: true };
}

/** What is known of a library that the loader looks for in the working folder, before it looks elsewhere; undefined for others. */
export function inWorkingFolder(name: string, { isWorking, path }: Folder): Unsure | undefined {
  if (isWorking !== true) return undefined;
  const what = path === "" ? "an empty search path is" : `${path} is relative to`;
  return unknownFromHere(
    `Where ${name} is found is unknown: ${what} the working folder of the host's process, which is not known.`,
  );
}

/** A name with a slash in it, as DT_NEEDED may hold one, with its tokens replaced. */
export function expand(text: string, origin: string, tokens: Tokens): string {
  return text.replace(
    /\$(?:\{(ORIGIN|LIB|PLATFORM)\}|(ORIGIN|LIB|PLATFORM)(?![A-Za-z0-9_]))/g,
    (_, braced, plain) => {
      switch (braced ?? plain) {
        case "ORIGIN":
          return origin;
        case "LIB":
          return tokens.lib;
        default:
          return tokens.platform;
      }
    },
  );
}

/** Musl takes either tag, expands no token but $ORIGIN, and splits at colons and line ends (ldso/dynlink.c, fixup_rpath). */
export function muslFoldersOf({ rpath, runpath, origin }: LoadedObject): readonly Folder[] {
  const text = runpath ?? rpath;
  if (text === undefined) return [];
  if (/\$(?!ORIGIN|\{ORIGIN\})/.test(text)) return [];
  return text
    .split(/[:\n]/, MOST_FOLDERS)
    .filter((part) => part !== "")
    .map((part) => {
      const path = part.replace(/\$(ORIGIN|\{ORIGIN\})/g, () => origin.path);
      return part.startsWith("$") ? { path, here: origin.here } : namedFolder(path);
    });
}

/** Stands for bytes that are not UTF-8 (object/elf/string-table.ts). */
const REPLACEMENT = "\ufffd";

/** A path that the loader reads as bytes and may open, but this program cannot; undefined if it can. */
export function notUtf8(path: string): Unsure | undefined {
  return path.includes(REPLACEMENT)
    ? unknownFromHere(`Whether ${path} exists is unknown: the path is not UTF-8, and cannot be looked for.`)
    : undefined;
}

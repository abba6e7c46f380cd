import type { LoaderMessage } from "./loader-message.ts";

/** What comes before a loader's words: what opened the file, under which name, and the file that the words are about. */
export interface Opening {
  /** Where the message begins in the text. */
  readonly start: number;
  /** The name that the host gave to plugin.Open or dlopen. */
  readonly opened?: string;
  readonly by?: "plugin.Open" | "dlopen";
  /** The file that comes before the words, with a colon. */
  readonly file?: string;
}

/** No name of a file is longer (PATH_MAX of Linux), nor is what Go puts before it. */
const furthest = 4096 + 64;

/**
 * Go 1.10 on; 1.8 and 1.9 without quotation marks, or without a name (src/plugin/plugin_dlopen.go). dyld's dlopen, whose mode is
 * decimal until macOS 11 (dyld-832, src/dyldAPIs.cpp).
 */
const openings =
  /plugin\.Open(?:\("(?<quoted>[^"\n]{0,4096})"\)|\((?<bare>[^()"\n]{0,4096})\))?: |(?:dlopen|dlopen_preflight)\((?<dlopened>[^\n,()]{0,4096})(?:, (?:0x[\da-f]+|\d+))?\)(?: => false,|:) /gi;

/**
 * Reads what comes before `at`, where a loader's words begin.
 * @param floor where the message before this one ends
 */
export function openingBefore(text: string, at: number, floor = 0): Opening {
  const from = Math.max(floor, at - furthest);
  const before = text.slice(from, at);
  const [last] = [...before.matchAll(openings)].slice(-1);
  const after = last === undefined ? 0 : last.index + last[0].length;
  const between = before.slice(after);
  // An opening further up belongs to another message.
  const opening = last === undefined || between.includes("\n\n") ? undefined : last;
  const file = fileIn(opening === undefined ? before : between, opening !== undefined);
  const opened = opening?.groups?.["quoted"] ?? opening?.groups?.["bare"] ?? opening?.groups?.["dlopened"];
  return {
    start: opening === undefined ? at - (file === undefined ? 0 : file.length + 2) : from + opening.index,
    ...(opened === undefined ? {} : { opened }),
    ...(opening === undefined
      ? {}
      : { by: opening[0].startsWith("plugin") ? ("plugin.Open" as const) : ("dlopen" as const) }),
    ...(file === undefined ? {} : { file }),
  };
}

/** The file's name at the end of a line that goes on with `: words`. */
function fileIn(before: string, whole: boolean): string | undefined {
  const line = before.slice(before.lastIndexOf("\n", before.length - 2) + 1);
  const shown = line.trimEnd();
  if (shown === line || !shown.endsWith(":")) return undefined;
  const ended = shown.slice(0, -1);
  // After plugin.Open(…): all of it is the name, spaces too.
  if (whole && !ended.includes(": ")) return ended;
  const piece = ended
    .slice(ended.lastIndexOf(": ") + 1)
    .replace(/^.*["'([]/s, "")
    .trim();
  const words = piece.split(/\s+/);
  const first = words.findIndex((word) => /^(\w+=)?[/.]/.test(word));
  const name = first < 0 ? words.at(-1) : words.slice(first).join(" ");
  return name === undefined || name === "" ? undefined : name.replace(/^\w+=/, "");
}

/** Whether both may name one file: package plugin is given one name and passes on another. */
export function sameFile(one: string, other: string): boolean {
  return stem(one) === stem(other);
}

/** Whether a message is about a file: as what was opened, or as what needs or lacks something. */
export function namesFile({ path, text }: LoaderMessage, file: string): boolean {
  if (path !== undefined && sameFile(path, file)) return true;
  const name = file.slice(file.lastIndexOf("/") + 1);
  return text.split(/[\s"'():,/]+/).includes(name);
}

function stem(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.so$/, "");
}

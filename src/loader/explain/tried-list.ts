import { DYLD_PLACES } from "../dyld/messages.ts";

/** A file that dyld tried, and why it went on. */
export interface TriedPlace {
  readonly path: string;
  readonly reason: string;
}

/** All that dyld tried, in its order. */
export interface TriedList {
  readonly places: readonly TriedPlace[];
  /** Where the list ends in the text. */
  readonly end: number;
}

/** dyld's buffer for a message is not longer, and no list has more places than that (dyld/Loader.cpp, forEachPath). */
const longestList = 1 << 14;
const mostPlaces = 256;

const beginning = new RegExp(
  Object.values(DYLD_PLACES)
    .map((words) => words.replace(/\s+/g, String.raw`\s+`))
    .join("|"),
  "g",
);

/** Where a list begins in a text, from `from` on; undefined if there is none. */
export function listStart(text: string, from: number): number | undefined {
  beginning.lastIndex = from;
  return beginning.exec(text)?.index;
}

/** The list that begins at `start`; undefined if what follows is not a list. */
export function triedList(text: string, start: number): TriedList | undefined {
  const part = text.slice(start, start + longestList);
  const list = part.startsWith("tried:") ? inBrackets(part) : inLines(part);
  return list.places.length === 0 ? undefined : { places: list.places, end: start + list.end };
}

/** `tried: 'PATH' (REASON), 'PATH' (REASON)`; a reason has brackets of its own. */
function inBrackets(part: string): TriedList {
  const places: TriedPlace[] = [];
  const place = /(?:tried:|,)\s*'([^'\n]{0,4096})'\s+\(/y;
  let end = 0;
  while (places.length < mostPlaces) {
    place.lastIndex = end;
    const match = place.exec(part);
    if (match === null) break;
    const from = place.lastIndex;
    const to = closingBracket(part, from);
    places.push({ path: match[1] ?? "", reason: part.slice(from, to).replace(/\s+/g, " ").trim() });
    end = part[to] === ")" ? to + 1 : to;
  }
  return { places, end };
}

/** Where the bracket closes that is open at `from`, or the paragraph ends: a log may have cut the text off. */
function closingBracket(part: string, from: number): number {
  let open = 1;
  for (let at = from; at < part.length; at++) {
    if (part[at] === "(") open++;
    else if (part[at] === ")" && --open === 0) return at;
    else if (part[at] === "\n" && part[at + 1] === "\n") return at;
  }
  return part.length;
}

/** `Did find:`, then a line each of `PATH: REASON`. Logs turn the line breaks into spaces. */
function inLines(part: string): TriedList {
  const places: TriedPlace[] = [];
  const place = /(?:Did\s+find:)?\s+(\/[^\n:]{0,4096}): ([^\n]{1,2048}?)(?=\s+\/[^\s:]{1,4096}: |["”]|\n|$)/y;
  let end = part.indexOf("find:") + "find:".length;
  while (places.length < mostPlaces) {
    place.lastIndex = end;
    const match = place.exec(part);
    if (match === null) break;
    places.push({ path: match[1] ?? "", reason: (match[2] ?? "").trim() });
    end = place.lastIndex;
  }
  return { places, end };
}

/** dyld goes on without a word if a file is not there: nothing is wrong with it. */
const notThere = /^(?:no such file(?:,|$)|stat\(\) failed with errno=2$|image not found$)/;

/**
 * The place whose reason explains the failure: that which was asked for, if something is there; else the first where something is; else the first.
 * @param asked the name that dlopen was given
 */
export function tellingPlace(
  places: readonly TriedPlace[],
  asked: string | undefined,
): TriedPlace | undefined {
  const telling = places.filter(({ reason }) => !notThere.test(reason));
  const named = telling.find(({ path }) => path === asked);
  return named ?? telling[0] ?? places.find(({ path }) => path === asked) ?? places[0];
}

/** Whether something is in a place, but dyld does not take it. */
export function isRefusal({ reason }: TriedPlace): boolean {
  return !notThere.test(reason);
}

import { DYLD_FATAL, DYLD_REPORT } from "../dyld/messages.ts";
import { GLIBC_FATAL } from "../glibc/messages.ts";
import { patternOfWords } from "./form.ts";
import type { LoaderMessage } from "./loader-message.ts";

/** Longest text before a message that is looked at, in UTF-16 units: the path of a program and some words. */
const furthest = 4096 + 64;

const program = /([^\s:"'][^\n:"']{0,4095}): $/;
const ofGlibc = GLIBC_FATAL.map((words) => patternOfWords(`${words}: `, true));
const ofDyld = DYLD_FATAL.map((words) => new RegExp(patternOfWords(words).source, "g"));
const inReport = DYLD_REPORT.map((words) => patternOfWords(words));

/** How near to dyld's words what ends the process must be. */
const nearest = 300;

/**
 * Where a message begins if the loader ends the process with it, since nobody called dlopen: ld.so and dyld then name the program or
 * themselves first. Undefined if the host receives the message.
 * @param start where the message itself begins, with the file that it names
 */
export function processEnd(
  loader: LoaderMessage["loader"],
  path: string | undefined,
  text: string,
  start: number,
): number | undefined {
  switch (loader) {
    case "glibc":
      return ofLdSo(path, text, start);
    case "dyld":
      return ofDyldItself(text, start);
    case "go":
    case "musl":
      return undefined;
  }
}

function ofLdSo(path: string | undefined, text: string, start: number): number | undefined {
  const before = text.slice(Math.max(0, start - furthest), start);
  for (const pattern of ofGlibc) {
    const match = pattern.exec(before);
    if (match === null) continue;
    const named = program.exec(before.slice(0, match.index));
    return start - (before.length - match.index) - (named?.[0].length ?? 0);
  }
  // A missing version: the program that is started needs it itself (elf/rtld.c, print_missing_version).
  const named = path === undefined ? "" : `${path}: `;
  return named !== "" && before.endsWith(named) ? start - named.length : undefined;
}

function ofDyldItself(text: string, start: number): number | undefined {
  const before = text.slice(Math.max(0, start - nearest), start);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  for (const pattern of ofDyld) {
    const match = [...line.matchAll(pattern)].at(-1);
    if (match === undefined) continue;
    // It goes on without a library that it should have inserted.
    const goesOn = line.startsWith("warning", match.index + match[0].length);
    return goesOn ? undefined : start - line.length + match.index;
  }
  const paragraph = before.slice(before.lastIndexOf("\n\n") + 1);
  return inReport.some((pattern) => pattern.test(paragraph)) ? start : undefined;
}

import { memo } from "../manifest/memo.ts";

/** How the flags of a language's compiler and build command are compared. */
export interface FlagFacts {
  /**
   * The flags that decide compatibility, in one spelling and sorted, so that two lists can be compared: their order, and two ways to
   * write the same flag, make no difference.
   */
  readonly comparable: (flags: readonly string[]) => readonly string[];
  /** Whether a comparable flag is one that a binary always records if it was given. */
  readonly isRecorded: (flag: string) => boolean;
  /** Comparable flags as they are given on a command line; empty if there are none. */
  readonly text: (flags: readonly string[]) => string;
  /** Whether a comparable flag can be part of a command that people paste: it names no program and no file, and hides nothing. */
  readonly isHarmless: (flag: string) => boolean;
}

/**
 * Flags for a command, without those that a hostile manifest could run code with; and what is said of these. They are not quoted: a
 * shell that people paste into may not know comments.
 */
export function pasteable(
  { isHarmless }: FlagFacts,
  flags: readonly string[],
): { readonly kept: readonly string[]; readonly note: string | undefined } {
  const kept = flags.filter(isHarmless);
  return {
    kept,
    note:
      kept.length === flags.length
        ? undefined
        : "the host has more flags, which can name a program or a file: add them only if you know them",
  };
}

/** A build flag as it is compared: `-gcflags=all=-N`, `-C panic=abort`, `-race`. */
export interface Flag {
  readonly name: string;
  readonly value: string | undefined;
}

/** A FlagFacts.comparable. @param spelled the comparable flags of a list, each in its one spelling. */
export function comparing(spelled: (flags: readonly string[]) => readonly string[]): FlagFacts["comparable"] {
  const known = memo((list) => [...new Set(spelled(JSON.parse(list) as readonly string[]))].sort());
  return (flags) => known(JSON.stringify(flags));
}

/** Of a list of flags, the comparable ones that a binary would record: only those of a claim and a record can be compared. */
export function recordedFlags(
  { comparable, isRecorded }: FlagFacts,
  flags: readonly string[],
): readonly string[] {
  return comparable(flags).filter(isRecorded);
}

/** What one list of comparable flags has and the other has not. */
export function flagDifference(
  plugin: readonly string[],
  host: readonly string[],
): { readonly onlyPlugin: readonly string[]; readonly onlyHost: readonly string[] } {
  return {
    onlyPlugin: plugin.filter((flag) => !host.includes(flag)),
    onlyHost: host.filter((flag) => !plugin.includes(flag)),
  };
}

/**
 * `-tags a` and `-o plugin.so -race` in one text are several words, as a shell reads them: no flag is taken for a part of the value before
 * it. A value may have spaces behind a `=`, in quotes, and as an argument of its own.
 */
export function apart(flags: readonly string[], takesValue: ReadonlySet<string>): readonly string[] {
  return flags.flatMap((flag, at) =>
    takesValue.has(flags[at - 1]?.trim() ?? "") ? [flag.trim()] : words(flag.trim(), takesValue),
  );
}

function words(text: string, takesValue: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  let rest = 0;
  const next = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = rest;
    const [, word] = pattern.exec(text) ?? [];
    if (word === undefined) return undefined;
    rest = pattern.lastIndex;
    found.push(word);
    return word;
  };
  for (let name = next(flagWord); name !== undefined; name = next(flagWord)) {
    if (takesValue.has(name)) next(valueWord);
  }
  return [...found, text.slice(rest)];
}

const flagWord = /(-[^\s=]+)\s+/y;
const valueWord = /("[^"]*"|'[^']*'|\S+)\s*/y;

/** Joins `-tags`, `a,b` to one flag, and takes `-tags=a,b` apart. @param takesValue flags whose value may be the next argument. */
export function pairUp(flags: readonly string[], takesValue: ReadonlySet<string>): readonly Flag[] {
  const pairs: Flag[] = [];
  for (let at = 0; at < flags.length; at += 1) {
    const flag = flags[at] ?? "";
    const equals = flag.indexOf("=");
    const next = flags[at + 1];
    if (flag === "") continue;
    if (flag.startsWith("-") && equals > 0) {
      pairs.push({ name: flag.slice(0, equals), value: unquote(flag.slice(equals + 1)) });
    } else if (takesValue.has(flag) && next !== undefined) {
      pairs.push({ name: flag, value: unquote(next) });
      at += 1;
    } else {
      pairs.push({ name: flag, value: undefined });
    }
  }
  return pairs;
}

function unquote(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}

/** `-race`, `-tags=a`. */
export function spell({ name, value }: Flag): string {
  return value === undefined ? name : `${name}=${value}`;
}

import { UsageError } from "../check/model/usage-error.ts";
import { nearWord } from "../rules/near-word.ts";

/** Changes the arguments of a command line; undefined if it cannot. */
export type Correction = (argv: readonly string[]) => readonly string[] | undefined;

/** A usage error that a changed command line avoids. What shows the error has all arguments, and adds that line to its hint. */
export class CorrectableError extends UsageError {
  constructor(
    message: string,
    hints: readonly string[],
    readonly corrected: Correction,
  ) {
    super("bad-usage", message, hints);
  }
}

/** "Did you mean …?", or nothing. */
export function didYouMean(word: string, known: readonly string[]): readonly string[] {
  const near = nearestWord(word, known);
  return near === undefined ? [] : [meant(near)];
}

/**
 * The error for a word of the command line that is none of those known.
 * @param otherwise the hints if no known word is close.
 */
export function unknownWord(
  message: string,
  word: string,
  known: readonly string[],
  otherwise: readonly string[],
): CorrectableError {
  const near = nearestWord(word, known);
  return near === undefined
    ? new CorrectableError(message, otherwise, () => undefined)
    : meansWord(message, word, near, meant(near));
}

function meant(near: string): string {
  return `Did you mean ${near}?`;
}

/** The error for a word of the command line in whose place another one has to stand. */
export function meansWord(message: string, word: string, right: string, hint: string): CorrectableError {
  return new CorrectableError(message, [hint], (argv) => withWord(argv, word, right));
}

/**
 * In upper case, cut short or misspelled. In words as short as flags, a third of the letters can be wrong; a swap counts once. A
 * beginning has to be that of one word only.
 */
function nearestWord(word: string, known: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const longer = word.length < 3 ? [] : known.filter((each) => each.startsWith(word));
  return (
    known.find((each) => each.toLowerCase() === lower) ??
    nearWord(word, known, ({ length }) => Math.max(1, Math.floor(Math.min(word.length, length) / 3))) ??
    (longer.length === 1 ? longer[0] : undefined)
  );
}

/** Also in `--flag=word`, `word=FILE` and `one,word`. Where the word stands twice, nobody knows which of them is wrong. */
function withWord(argv: readonly string[], word: string, right: string): readonly string[] | undefined {
  const parts = argv.map((each) => each.split(/([=,])/));
  const found = parts.flat().filter((part) => part.trim() === word);
  if (found.length !== 1) return undefined;
  return parts.map((each) => each.map((part) => (part.trim() === word ? right : part)).join(""));
}

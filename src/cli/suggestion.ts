import { nearWord } from "../rules/near-word.ts";

/** "Did you mean …?", or nothing. In words as short as flags, a third of the letters can be wrong; a swap counts once. */
export function didYouMean(word: string, known: readonly string[]): readonly string[] {
  const near = nearWord(word, known, ({ length }) =>
    Math.max(1, Math.floor(Math.min(word.length, length) / 3)),
  );
  return near === undefined ? [] : [`Did you mean ${near}?`];
}

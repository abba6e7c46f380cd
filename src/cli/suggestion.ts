import { closest, distance } from "fastest-levenshtein";

/** The known word that a misspelt one most likely stands for; undefined where none is near. */
function suggestion(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const near = closest(word, [...known]);
  return distance(word, near) <= Math.max(1, Math.floor(Math.min(word.length, near.length) / 3))
    ? near
    : undefined;
}

/** "Did you mean …?", or nothing. */
export function didYouMean(word: string, known: readonly string[]): readonly string[] {
  const near = suggestion(word, known);
  return near === undefined ? [] : [`Did you mean ${near}?`];
}

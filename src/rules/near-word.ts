import { closest, distance } from "fastest-levenshtein";

/**
 * The known word that a misspelled one most likely means; undefined if none is close.
 * @param most letters that may differ.
 */
export function nearWord(
  word: string,
  known: readonly string[],
  most: (near: string) => number = () => 2,
): string | undefined {
  if (known.length === 0) return undefined;
  const near = closest(word, [...known]);
  return distance(word, near) <= most(near) ? near : undefined;
}

import { closest, distance } from "fastest-levenshtein";

/**
 * The known word that a misspelt one most likely stands for; undefined where none is near.
 * @param most letters that may be off.
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

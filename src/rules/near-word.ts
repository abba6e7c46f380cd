/**
 * The known word that a misspelled one most likely means; undefined if none is close.
 * @param most slips that may be in it.
 */
export function nearWord(
  word: string,
  known: readonly string[],
  most: (near: string) => number = () => 2,
): string | undefined {
  let nearest: string | undefined;
  let least = Infinity;
  for (const each of known) {
    const limit = Math.min(most(each), least - 1);
    // Also keeps hostile words of any length from being compared.
    if (Math.abs(word.length - each.length) > limit) continue;
    const slips = slipsBetween(word, each);
    if (slips <= limit) [nearest, least] = [each, slips];
  }
  return nearest;
}

/**
 * The distance of Damerau and Levenshtein, as "optimal string alignment": how many letters are missing, surplus, wrong or
 * swapped with the next one. For Levenshtein a swap is two slips, which is too many in a word as short as `list`.
 */
function slipsBetween(one: string, other: string): number {
  let before: readonly number[] = [];
  let above: readonly number[] = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const wrong = one[i - 1] === other[j - 1] ? 0 : 1;
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const surplus = cellOf(above, j) + 1;
      const missing = cellOf(row, j - 1) + 1;
      row.push(
        Math.min(
          surplus,
          missing,
          cellOf(above, j - 1) + wrong,
          isSwap ? cellOf(before, j - 2) + 1 : Infinity,
        ),
      );
    }
    [before, above] = [above, row];
  }
  return cellOf(above, other.length);
}

function cellOf(row: readonly number[], at: number): number {
  return row[at] ?? Infinity;
}

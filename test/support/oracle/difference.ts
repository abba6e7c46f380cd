/** Enough to see what is wrong, and little enough to be read. */
const MOST_SHOWN = 20;

/**
 * The lines at which two listings differ, `- theirs` before `+ ours`; empty where they are the same. vitest's own
 * comparison of two lists of 100,000 would run for minutes.
 */
export function differences(ours: Iterable<string>, theirs: Iterable<string>): string[] {
  const mine = [...ours];
  const expected = [...theirs];
  const shown: string[] = [];
  for (let at = 0; at < Math.max(mine.length, expected.length) && shown.length < MOST_SHOWN; at++) {
    if (mine[at] === expected[at]) continue;
    shown.push(`${at} - ${expected[at] ?? "(nothing)"}`, `${at} + ${mine[at] ?? "(nothing)"}`);
  }
  return shown;
}

/** The same for listings whose order has no meaning. */
export function setDifferences(ours: Iterable<string>, theirs: Iterable<string>): string[] {
  return differences([...ours].sort(), [...theirs].sort());
}

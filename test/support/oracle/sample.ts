/** Numbers from 0 to below 1 that look random and are the same in every run (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `most` of them spread over the whole list; all where there are no more. */
export function sampleOf<T>(all: readonly T[], most: number, seed = 1): readonly T[] {
  if (all.length <= most) return all;
  const next = randomNumbers(seed);
  const step = all.length / most;
  return Array.from({ length: most }, (_, index) => all[Math.floor((index + next()) * step)]).filter(
    (one) => one !== undefined,
  );
}

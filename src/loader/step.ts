import type { Obstacle } from "./obstacle.ts";

/**
 * What one check of a loader comes to, in the loader's own order; a check that passes is no step. `O` is what an obstacle is
 * written down as before its message is put together.
 */
export type Step<O = Obstacle> =
  | { readonly kind: "obstacle"; readonly obstacle: O }
  | Unsure
  /** Must hold on the target for the file to load, and was not looked up: "glibc >= 2.34". */
  | { readonly kind: "need"; readonly need: string };

/** Something decides here that the files do not contain. */
export interface Unsure {
  readonly kind: "unknown";
  /** What is missing, in one sentence. */
  readonly why: string;
  /** Nothing that comes later is certain, whatever the answer is: the walk ends here. */
  readonly ends: boolean;
}

export function obstacle<O>(obstacle: O): { readonly kind: "obstacle"; readonly obstacle: O } {
  return { kind: "obstacle", obstacle };
}

/** The walk goes on: an obstacle that it finds later is certain, whatever the answer is. */
export function unknown(why: string): Unsure {
  return { kind: "unknown", why, ends: false };
}

/** The walk ends: what comes later may be an obstacle or not, depending on the answer. */
export function unknownFromHere(why: string): Unsure {
  return { kind: "unknown", why, ends: true };
}

export function need(need: string): { readonly kind: "need"; readonly need: string } {
  return { kind: "need", need };
}

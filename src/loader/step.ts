import type { Obstacle } from "./obstacle.ts";

/**
 * What one check of a loader comes to, in the loader's own order; a check that passes is no step. `O` is what an obstacle is
 * written down as before its message is put together.
 */
export type Step<O = Obstacle> = { readonly kind: "obstacle"; readonly obstacle: O } | Unsure | Need;

/** What can be known of a target (TargetRequest), and the option that says it. */
export const targetOptions = {
  sysroot: "--sysroot",
  glibc: "--target-glibc",
  cpu: "--target-cpu",
  macos: "--target-macos",
} as const;

export type TargetFact = keyof typeof targetOptions;

/** Must hold on the target for the file to load, and is not known to: "glibc >= 2.34". */
export interface Need {
  readonly kind: "need";
  readonly need: string;
  /** What would tell, if it were known of the target. */
  readonly toldBy?: TargetFact | undefined;
  /** No file could ever tell, and a target without it is broken: it is said and taken for granted. */
  readonly assumed?: true;
}

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

export function need(need: string, toldBy?: TargetFact): Need {
  return { kind: "need", need, toldBy };
}

export function assumption(need: string): Need {
  return { kind: "need", need, assumed: true };
}

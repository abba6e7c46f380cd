import type { Obstacle } from "../prediction.ts";

/** Something that decides and that the files do not tell: what is missing, in one sentence. */
export interface Doubt {
  readonly doubt: string;
}

/** What a loader meets on its way through a file, in its own order. A walk ends at a doubt, and at what it cannot get past. */
export type Step = Obstacle | Doubt;

export function isDoubt(step: Step): step is Doubt {
  return "doubt" in step;
}

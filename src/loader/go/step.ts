import type { Obstacle, Prediction } from "../prediction.ts";

/** What one check of a loader comes to: something in the way, or something that the files do not tell. */
export type Step =
  | { readonly kind: "obstacle"; readonly obstacle: Obstacle }
  | { readonly kind: "unknown"; readonly reason: string };

export function obstacle(obstacle: Obstacle): Step {
  return { kind: "obstacle", obstacle };
}

export function undecided(reason: string): Step {
  return { kind: "unknown", reason };
}

/**
 * The loader's answer, from its checks in their order. A certain obstacle decides even where an earlier check is unknown, but then
 * the loader may have other words for it.
 */
export function predictionOf(steps: readonly Step[], needs: readonly string[]): Prediction {
  const obstacles = steps.flatMap((step) => (step.kind === "obstacle" ? [step.obstacle] : []));
  const [first, ...further] = obstacles;
  const gap = steps.find((step) => step.kind === "unknown");
  if (first === undefined) {
    return gap === undefined
      ? { outcome: "loads", needs }
      : { outcome: "unknown", reason: gap.reason, needs };
  }
  const isGapFirst =
    gap !== undefined && steps.indexOf(gap) < steps.findIndex((step) => step.kind === "obstacle");
  if (!isGapFirst) return { outcome: first.outcome, first, further, needs };
  const cause = `${first.cause} Something else may come before it: ${gap.reason}`;
  return { outcome: first.outcome, first: { ...first, message: null, cause }, further, needs };
}

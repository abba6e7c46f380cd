import type { RuleMeta } from "../../rule.ts";

/** Found by src/policy, which alone knows what a suppression hides. */
export const suppressionStale = {
  id: "suppression-stale",
  title: "a suppression hides nothing",
  severity: "error",
} satisfies RuleMeta;

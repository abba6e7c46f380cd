import type { PolicyRule } from "../../rule.ts";

/** Found by src/policy, which alone knows what a suppression hides. */
export const suppressionStale = {
  id: "suppression-stale",
  group: "policy",
  title: "a suppression hides nothing",
  checkTitle: "suppressions in use",
  severity: "error",
  loader: "regardless",
} satisfies PolicyRule;

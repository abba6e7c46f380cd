import type { PolicyRule } from "../../rule.ts";

/** Found where the policy is applied, which alone knows what a suppression matches. */
export const suppressionStale = {
  id: "suppression-stale",
  group: "policy",
  title: "a suppression matches nothing",
  checkTitle: "suppressions in use",
  severity: "error",
  loader: "regardless",
} satisfies PolicyRule;

import type { PolicyRule } from "../../rule.ts";

/** Found when the policy is applied: only then is it known what a suppression matches. */
export const suppressionStale = {
  id: "suppression-stale",
  group: "policy",
  title: "a suppression matches nothing",
  checkTitle: "suppressions in use",
  severity: "error",
  loader: "regardless",
} satisfies PolicyRule;

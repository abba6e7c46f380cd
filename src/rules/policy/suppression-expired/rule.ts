import type { PolicyRule } from "../../rule.ts";

/** Found when the policy is applied: only then is it known what day it is. */
export const suppressionExpired = {
  id: "suppression-expired",
  group: "policy",
  title: "a suppression has expired",
  checkTitle: "suppressions in date",
  severity: "error",
  loader: "regardless",
} satisfies PolicyRule;

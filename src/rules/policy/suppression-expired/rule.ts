import type { PolicyRule } from "../../rule.ts";

/** Found where the policy is applied, which is told what day it is. */
export const suppressionExpired = {
  id: "suppression-expired",
  group: "policy",
  title: "a suppression has expired",
  checkTitle: "suppressions in date",
  severity: "error",
  loader: "regardless",
} satisfies PolicyRule;

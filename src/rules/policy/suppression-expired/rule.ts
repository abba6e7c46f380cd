import type { PolicyRule } from "../../rule.ts";

/** Found by src/policy, which is told what day it is. */
export const suppressionExpired = {
  id: "suppression-expired",
  group: "policy",
  title: "a suppression is past its date",
  checkTitle: "suppressions in date",
  severity: "error",
  loader: "regardless",
} satisfies PolicyRule;

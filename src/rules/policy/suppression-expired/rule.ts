import type { RuleMeta } from "../../rule.ts";

/** Found by src/policy, which is told what day it is. */
export const suppressionExpired = {
  id: "suppression-expired",
  title: "a suppression is past its date",
  severity: "error",
} satisfies RuleMeta;

import { advise, type RulePage } from "../../rule-page.ts";

export const suppressionExpired = {
  group: "policy",
  says: "a suppression of the policy is past its last day",
  severity: "error",
  confidence: "request",
  why: [
    "Somebody let a fault pass until a day, so that it would be looked at again. That day is over: the finding counts again, and this one tells that it was known.",
  ],
  found: ["`expires` of the suppression is before the day of the check (UTC)."],
  fix: [
    {
      language: "any",
      steps: [
        advise("Fix what was suppressed, and delete the suppression."),
        advise("Where it must pass for longer, write a new last day and why."),
      ],
    },
  ],
  accept: "Never: give it a new day.",
  related: ["suppression-stale"],
} satisfies RulePage;

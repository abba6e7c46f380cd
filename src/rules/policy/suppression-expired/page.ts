import { advise, type RulePage } from "../../rule-page.ts";

export const suppressionExpired = {
  rule: "suppression-expired",
  confidence: "request",
  why: [
    "Somebody let a fault pass until a day, so that it would be looked at again. That day is over: the finding counts again, and this one tells that it was known.",
  ],
  found: ["`expires` of the suppression is before the day of the check (UTC)."],
  example: {
    plugins: ["transformprocessor"],
    suppressions: [
      {
        rule: "build-profile-mismatch",
        plugin: "transformprocessor.so",
        reason: "we are looking for a leak in it",
        expires: "2026-10-31",
      },
    ],
  },
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

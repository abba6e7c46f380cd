import { advise, type RulePage } from "../../rule-page.ts";

export const suppressionExpired = {
  rule: "suppression-expired",
  confidence: "request",
  why: [
    "Someone suppressed a problem until a given date, so that it would be looked at again. That date has passed: the finding counts again, and this one says that it was known.",
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
        advise("If it must be accepted for longer, set a new expiry date and say why."),
      ],
    },
  ],
  accept: "Never: set a new date.",
  related: ["suppression-stale"],
} satisfies RulePage;

import { advise, type RulePage } from "../../rule-page.ts";

export const suppressionStale = {
  rule: "suppression-stale",
  confidence: "request",
  why: [
    "The problem it was written for is fixed, or its globs never matched. It would hide the next problem of that kind, for a reason that no longer applies.",
  ],
  found: ["No finding of the check matches the suppression's rule, plugin and subject."],
  example: {
    plugins: ["debugexporter"],
    suppressions: [
      { rule: "build-profile-mismatch", plugin: "debugexporter.so", reason: "until 0.153.0 is out" },
    ],
  },
  fix: [
    {
      language: "any",
      steps: [advise("Delete the suppression, or correct its plugin and subject.")],
    },
  ],
  accept:
    "If one policy is used for several folders and only some have the finding: split it, or lower this rule to a note.",
  related: ["suppression-expired"],
} satisfies RulePage;

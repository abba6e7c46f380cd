import { advise, type RulePage } from "../../rule-page.ts";

export const manifestUnknownField = {
  rule: "manifest-unknown-field",
  confidence: "claim",
  why: [
    "Unknown fields are kept and shown but otherwise ignored. A misspelled field is one of them: its author believes that something is compared that is not.",
  ],
  found: [
    "A field's name differs from a known one by at most two letters, or only in style (`toolchainVersion`, `toolchain-version`).",
  ],
  example: { plugins: ["statsdreceiver"] },
  fix: [
    {
      language: "any",
      steps: [
        advise("Spell the field as the finding suggests."),
        advise("If the field is your own, give it a prefix that no field of the schema has, such as `x_`."),
      ],
    },
  ],
  accept: "It is only a note and never fails the check (unless `--fail-on note`).",
  related: ["manifest-invalid"],
} satisfies RulePage;

import { advise, type RulePage } from "../../rule-page.ts";

export const manifestUnknownField = {
  rule: "manifest-unknown-field",
  confidence: "claim",
  why: [
    "Fields that are not known are kept and shown, and nothing reads them. A misspelt field is one of these: its author believes that something is compared which is not.",
  ],
  found: [
    "A field's name is at most two letters off a known one, or is the same in another spelling (`toolchainVersion`, `toolchain-version`).",
  ],
  example: { plugins: ["statsdreceiver"] },
  fix: [
    {
      language: "any",
      steps: [
        advise("Spell the field as the finding proposes."),
        advise("Where a field of your own is meant, give it a prefix that no field of the schema has: `x_`."),
      ],
    },
  ],
  accept: "It is a note: nothing fails by it.",
  related: ["manifest-invalid"],
} satisfies RulePage;

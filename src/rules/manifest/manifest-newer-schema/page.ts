import { advise, run, type RulePage } from "../../rule-page.ts";

export const manifestNewerSchema = {
  rule: "manifest-newer-schema",
  confidence: "claim",
  why: [
    "A later schema may ask for more than this version knows how to compare. What it does know is compared; what it does not know is not, and a gate that runs an old release of this program is weaker than the plugin's author believes.",
  ],
  found: ["`schema_version` in the manifest is higher than the one this program reads."],
  example: { plugins: ["prometheusexporter"] },
  fix: [
    {
      language: "any",
      steps: [
        run("plugins --version"),
        advise("Use a later release of this program in the gate."),
        advise("Or write the manifest for the schema that all your readers know: docs/manifest.md."),
      ],
    },
  ],
  accept: "Until the gate's own image is brought up to date. Give the suppression a last day.",
  related: ["manifest-invalid", "manifest-unknown-field"],
} satisfies RulePage;

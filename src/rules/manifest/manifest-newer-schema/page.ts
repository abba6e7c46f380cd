import { advise, run, type RulePage } from "../../rule-page.ts";

export const manifestNewerSchema = {
  rule: "manifest-newer-schema",
  confidence: "claim",
  why: [
    "A newer schema may contain more than this version can compare. It compares the fields it knows and ignores the rest, so a gate that runs an old release of this program is weaker than the plugin's author believes.",
  ],
  found: ["`schema_version` in the manifest is higher than the one this program reads."],
  example: { plugins: ["prometheusexporter"] },
  fix: [
    {
      language: "any",
      steps: [
        run("plugins --version"),
        advise("Use a newer release of this program in the gate."),
        advise("Or write the manifest for a schema version that all your readers know: docs/manifest.md."),
      ],
    },
  ],
  accept: "Until the gate's own image is updated. Give the suppression an expiry date.",
  related: ["manifest-invalid", "manifest-unknown-field"],
} satisfies RulePage;

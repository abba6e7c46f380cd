import { advise, run, type RulePage } from "../../rule-page.ts";

export const languageUnsupported = {
  rule: "language-unsupported",
  confidence: "claim",
  why: [
    "The host does not say that it loads plugins of this language, or with which compiler its part for them was built. A Rust plugin in a host without a Rust loader is opened by nobody; where something does open it, no side knows whether their types agree.",
  ],
  found: [
    "The plugin's `language` is none of those of the host's manifests. A host that links both languages carries an array with one manifest a language.",
  ],
  example: { plugins: ["redactionprocessor"], host: "otelcol-go-only" },
  fix: [
    {
      language: "any",
      steps: [
        run("plugins inspect HOST --field manifest.value"),
        advise(
          "Add a manifest of the language to the host's array, written by the build of that part of the host.",
        ),
        advise("Or ship the plugin for another host."),
      ],
    },
  ],
  accept: "Never: what the host is compared by is missing.",
  related: ["claim-language", "toolchain-mismatch"],
} satisfies RulePage;

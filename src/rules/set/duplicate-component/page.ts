import { advise, run, type RulePage } from "../../rule-page.ts";

export const duplicateComponent = {
  rule: "duplicate-component",
  confidence: "claim",
  why: [
    "A Collector has one factory for each type of a component. With two, the later one replaces the first or is an error when the host starts, by the host's own rules; which of them runs depends on the order of loading.",
  ],
  found: ["The same `kind` and `type` among the `components` of two manifests of the set."],
  example: { plugins: ["otlphttpexporter", "otlphttpexporter-next"] },
  fix: [
    {
      language: "any",
      steps: [
        run("plugins list DIR --json"),
        advise("Keep one of them, or give one component another type."),
      ],
    },
  ],
  accept: "While one plugin replaces another, if the host's configuration loads only one of them.",
  related: ["duplicate-plugin-path"],
} satisfies RulePage;

import { advise, run, type RulePage } from "../../rule-page.ts";

export const duplicateComponent = {
  rule: "duplicate-component",
  confidence: "claim",
  why: [
    "A Collector has one factory per component type. If there are two, the second replaces the first or fails when the host starts, depending on the host; which one runs depends on the load order.",
  ],
  found: ["The `components` of two manifests in the set contain the same `kind` and `type`."],
  example: { plugins: ["otlphttpexporter", "otlphttpexporter-next"] },
  fix: [
    {
      language: "any",
      steps: [
        run("plugins list DIR --json"),
        advise("Keep one of them, or give one component a different type."),
      ],
    },
  ],
  accept: "While one plugin is replacing another, if the host's configuration loads only one of them.",
  related: ["duplicate-plugin-path"],
} satisfies RulePage;

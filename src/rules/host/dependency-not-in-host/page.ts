import { advise, run, type RulePage } from "../../rule-page.ts";

export const dependencyNotInHost = {
  rule: "dependency-not-in-host",
  confidence: "strong",
  why: [
    "The plugin ships its own copy, which is fine for a single plugin. But the plugin that is loaded first decides for all later ones: a second plugin with a different version of the module is rejected, and which of the two that is depends on the load order.",
  ],
  found: ["The plugin has a dependency whose name is not among the host's."],
  example: { plugins: ["lokiexporter"] },
  fix: [
    {
      language: "any",
      steps: [
        advise("Nothing needs fixing for one plugin."),
        run("plugins check-all DIR --host HOST"),
        advise(
          "If several plugins share the dependency, link it into the host, so that all use the same version.",
        ),
      ],
    },
  ],
  accept: "It is only a note and never fails the check (unless `--fail-on note`).",
  related: ["plugins-disagree", "dependency-mismatch"],
} satisfies RulePage;

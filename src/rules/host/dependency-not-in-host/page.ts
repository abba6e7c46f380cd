import { advise, run, type RulePage } from "../../rule-page.ts";

export const dependencyNotInHost = {
  rule: "dependency-not-in-host",
  confidence: "strong",
  why: [
    "The plugin brings its own copy, which is fine for one plugin. The first plugin that is loaded decides for all that come after it: a second one with another version of the same module is refused, and which of two is refused depends on the order of loading.",
  ],
  found: ["A name among the plugin's dependencies that is not among the host's."],
  example: { plugins: ["lokiexporter"] },
  fix: [
    {
      language: "any",
      steps: [
        advise("Nothing needs fixing for one plugin."),
        run("plugins check-all DIR --host HOST"),
        advise(
          "Where several plugins share the dependency, link it into the host, so that one version is settled for all.",
        ),
      ],
    },
  ],
  accept: "It is a note: nothing fails by it.",
  related: ["plugins-disagree", "dependency-mismatch"],
} satisfies RulePage;

import { advise, run, type RulePage } from "../../rule-page.ts";

export const duplicatePluginPath = {
  rule: "duplicate-plugin-path",
  confidence: "decisive",
  why: [
    "Go's runtime tells plugins apart by the import path of their main package, not by the file's name. The second one is rejected with `plugin already loaded`; which one that is depends on the load order. Usually an old build was left next to the new one, or two plugins were created from the same template.",
  ],
  found: ["The plugin path in each Go plugin's module data (`pluginpath`), compared across the set."],
  example: { plugins: ["zipkinexporter", "zipkinreceiver"] },
  fix: [
    {
      language: "go",
      steps: [
        run("plugins inspect PLUGIN.so --field details.0.facts.plugin_path"),
        run("go mod edit -module example.com/otel/NAME"),
        advise(
          "Remove the copy. Do not build a plugin from a list of .go files: its path is then derived from their content.",
        ),
      ],
    },
  ],
  accept: "If only one of the two is ever loaded into a process; then check them in separate folders.",
  related: ["duplicate-component", "plugins-disagree"],
} satisfies RulePage;

import { advise, run, type RulePage } from "../../rule-page.ts";

export const duplicatePluginPath = {
  rule: "duplicate-plugin-path",
  confidence: "decisive",
  why: [
    "Go's runtime tells plugins apart by the import path of their main package, not by the file's name. The second one is refused with `plugin already loaded`; which one that is depends on the order of loading. Most often an old build was left beside the new one, or two plugins were made of one template.",
  ],
  found: ["The plugin path in each Go plugin's module data (`pluginpath`), compared over the set."],
  example: { plugins: ["zipkinexporter", "zipkinreceiver"] },
  fix: [
    {
      language: "go",
      steps: [
        run("plugins inspect PLUGIN.so --field details.0.facts.plugin_path"),
        run("go mod edit -module example.com/otel/NAME"),
        advise(
          "Remove the copy. Do not build a plugin from named .go files: its path is then made from their content.",
        ),
      ],
    },
  ],
  accept:
    "Where only one of the two is ever loaded into one process: check them in folders of their own then.",
  related: ["duplicate-component", "plugins-disagree"],
} satisfies RulePage;

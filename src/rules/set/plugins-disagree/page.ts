import { advise, run, type RulePage } from "../../rule-page.ts";

export const pluginsDisagree = {
  rule: "plugins-disagree",
  confidence: "decisive",
  why: [
    "A package that the host does not link comes from the plugin that is loaded first, and the hashes of all later ones are held against that. Each plugin passes its own tests; together one is refused, and which one depends on the order of loading.",
  ],
  found: [
    "The package hashes of all Go plugins of the set, for packages that the host does not define, in both orders of loading. A plugin that was refused stays mapped, and its hashes count for later ones.",
  ],
  example: { plugins: ["awss3exporter", "lokiexporter"] },
  fix: [
    {
      language: "go",
      steps: [
        run("go version -m ONE.so OTHER.so"),
        run("go get MODULE@VERSION"),
        advise(
          "Build all plugins of a release from one go.mod, or link the package into the host: then its version is settled for all.",
        ),
      ],
    },
  ],
  accept: "Where the two are never loaded into one process: check them in folders of their own then.",
  related: ["dependency-not-in-host", "dependency-mismatch", "duplicate-plugin-path"],
} satisfies RulePage;

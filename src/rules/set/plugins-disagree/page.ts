import { advise, run, type RulePage } from "../../rule-page.ts";

export const pluginsDisagree = {
  rule: "plugins-disagree",
  confidence: "decisive",
  why: [
    "A package that the host does not link comes from the plugin that is loaded first, and the hashes in all later plugins are compared with that one. Each plugin passes its own tests, but together one is rejected; which one depends on the load order.",
  ],
  found: [
    "The package hashes of all Go plugins in the set are compared, for packages that the host does not define, in both load orders. A rejected plugin stays mapped, and its hashes count for later ones.",
  ],
  example: { plugins: ["awss3exporter", "lokiexporter"] },
  fix: [
    {
      language: "go",
      steps: [
        run("go version -m ONE.so OTHER.so"),
        run("go get MODULE@VERSION"),
        advise(
          "Build all plugins of a release from the same go.mod, or link the package into the host, so that all use the same version.",
        ),
      ],
    },
  ],
  accept: "If the two are never loaded into the same process; then check them in separate folders.",
  related: ["dependency-not-in-host", "dependency-mismatch", "duplicate-plugin-path"],
} satisfies RulePage;

import { advise, run, type RulePage } from "../../rule-page.ts";

export const claimLanguage = {
  rule: "claim-language",
  confidence: "strong",
  why: [
    "The language decides how a plugin is loaded, and which of the host's manifests it is compared with. If the host opens a library as a Go plugin that is not one, it gets no error: its process dies (`no plugin module data`).",
  ],
  found: [
    "Go's linker leaves `.go.buildinfo` and its own sections; rustc leaves its stamp in `.comment` and paths of its standard library in read-only data. A file that has section headers but none of Go's sections was not linked by Go. Only plugins are checked, since a host may link both languages.",
  ],
  example: { plugins: ["natsexporter"] },
  fix: [
    {
      language: "any",
      steps: [
        run("plugins inspect PLUGIN.so"),
        advise(
          "Check whether one manifest.json was embedded in two builds, or two files were swapped in a release.",
        ),
      ],
    },
    { language: "go", steps: [run("go version -m PLUGIN.so")] },
    { language: "rust", steps: [run("readelf -p .comment PLUGIN.so")] },
  ],
  accept: "Never: the manifest belongs to a different file.",
  related: ["claim-toolchain", "loader-crashes", "language-unsupported"],
} satisfies RulePage;

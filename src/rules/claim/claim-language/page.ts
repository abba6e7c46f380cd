import { advise, run, type RulePage } from "../../rule-page.ts";

export const claimLanguage = {
  rule: "claim-language",
  confidence: "strong",
  why: [
    "The language decides how a plugin is loaded, and against which of the host's manifests it is held. A library that is no Go plugin does not fail when the host opens it as one: the host's process dies (`no plugin module data`).",
  ],
  found: [
    "Go's linker leaves `.go.buildinfo` and sections of its own, rustc its stamp in `.comment` and paths of its standard library in read-only data. A file with section headers and none of Go's sections was not linked by Go.",
  ],
  example: { plugins: ["natsexporter"] },
  fix: [
    {
      language: "any",
      steps: [
        run("plugins inspect PLUGIN.so"),
        advise(
          "Look whether one manifest.json was embedded in two builds, or two files were mixed up in a release.",
        ),
      ],
    },
    { language: "go", steps: [run("go version -m PLUGIN.so")] },
    { language: "rust", steps: [run("readelf -p .comment PLUGIN.so")] },
  ],
  accept: "Never: the manifest belongs to another file.",
  related: ["claim-toolchain", "loader-crashes", "language-unsupported"],
} satisfies RulePage;

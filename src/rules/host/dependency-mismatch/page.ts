import { advise, run, type RulePage } from "../../rule-page.ts";

export const dependencyMismatch = {
  rule: "dependency-mismatch",
  confidence: "strong",
  why: [
    "Go: plugin.Open refuses the plugin and names one package of the module, the first that differs. Which others differ is seen only after that one is fixed, one build after the other.",
    "Rust: the types of a crate in two versions are different types. If they meet, memory is read wrongly.",
  ],
  found: [
    "Every dependency that both sides link: by the sums in `.go.buildinfo`, by `dependency_hashes` of the manifests otherwise, in Rust by `.dep-v0` of cargo-auditable as well. Hashes of different kinds are unknown, never different. Dependencies that differ for one reason, as the modules of one project do, share a cause.",
  ],
  example: { plugins: ["attributesprocessor"] },
  fix: [
    {
      language: "go",
      steps: [
        run("go get MODULE@VERSION"),
        run("go mod tidy && go mod verify"),
        advise(
          "tidy may raise the version again where another module asks for a later one: then the host has to be raised.",
        ),
        advise(
          "Where version and content disagree, look for `replace`, `vendor` and patched copies on both sides.",
        ),
      ],
    },
    {
      language: "rust",
      steps: [
        run("cargo update -p CRATE --precise VERSION"),
        advise("Build plugin and host in one workspace, or from one Cargo.lock with --locked."),
      ],
    },
  ],
  accept:
    "Go: never where package hashes differ. Rust: where no type of the crate crosses the border between plugin and host.",
  related: ["toolchain-mismatch", "dependency-not-in-host", "claim-dependency", "plugins-disagree"],
} satisfies RulePage;

import { advise, run, type RulePage } from "../../rule-page.ts";

export const dependencyMismatch = {
  rule: "dependency-mismatch",
  confidence: "strong",
  why: [
    "Go: plugin.Open rejects the plugin and names only the first package that differs. The others show up one build at a time, each after the one before is fixed.",
    "Rust: two versions of a crate have different types. If they are mixed, memory is misread.",
  ],
  found: [
    "Every dependency that both sides link is compared, with one finding per dependency: by the sums in `.go.buildinfo`, else by `dependency_hashes` in the manifests, and for Rust also by cargo-auditable's `.dep-v0`. If the hashes are of different kinds, the result is unknown, not a mismatch. Dependencies that differ for the same reason, such as the modules of one project, share a cause.",
  ],
  example: { plugins: ["attributesprocessor"] },
  fix: [
    {
      language: "go",
      steps: [
        run("go get MODULE@VERSION && go mod tidy", "for a newer version"),
        run("go mod edit -exclude=MODULE@NEWER -require=MODULE@VERSION && go mod tidy", "for an older one"),
        run("go list -m MODULE && go mod verify"),
        advise(
          "If another module asks for a newer version, neither `go get` nor `replace` is enough: the newer version has to be excluded, as the finding's own command does (docs/fixes.md lists what was tried).",
        ),
        advise(
          "If the version is the same but the content differs, look for `replace`, `vendor` and patched copies on both sides.",
        ),
      ],
    },
    {
      language: "rust",
      steps: [
        run("cargo update -p CRATE --precise VERSION"),
        advise(
          "If that fails since another crate asks for exactly the version that is there, Cargo has to choose both together: the commands under several findings do that.",
        ),
        advise("Build plugin and host in one workspace, or from one Cargo.lock with --locked."),
      ],
    },
  ],
  accept: "Go: never where package hashes differ. Rust: if no type of the crate crosses the plugin boundary.",
  related: ["toolchain-mismatch", "dependency-not-in-host", "claim-dependency", "plugins-disagree"],
} satisfies RulePage;

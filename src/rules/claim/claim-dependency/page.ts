import { advise, run, type RulePage } from "../../rule-page.ts";

export const claimDependency = {
  rule: "claim-dependency",
  confidence: "strong",
  why: [
    "The manifest was generated from a different go.sum or Cargo.lock than the binary: before `go mod tidy`, without a replaced module, or on another branch. Its promise that the plugin links what the host links is then worth nothing.",
  ],
  found: [
    "Each `h1:` sum in `dependency_hashes` is compared with the module's sum in `.go.buildinfo`; if the module is replaced, the replacement's sum counts. Versions of Rust crates are compared with those in `.dep-v0`, if cargo-auditable wrote one.",
  ],
  example: { plugins: ["routingconnector"] },
  fix: [
    {
      language: "go",
      steps: [
        run("go version -m PLUGIN.so"),
        advise(
          "Write `dependency_hashes` from the finished binary, or from go.sum in the same step as the build.",
        ),
      ],
    },
    {
      language: "rust",
      steps: [
        run("cargo auditable build --release"),
        advise("Write `dependency_hashes` from the Cargo.lock that the build used: --locked."),
      ],
    },
  ],
  accept:
    "Never for your own plugins. For third-party ones, what was linked is compared with the host anyway.",
  related: ["dependency-mismatch", "claim-toolchain"],
} satisfies RulePage;

import { advise, run, type RulePage } from "../../rule-page.ts";

export const claimDependency = {
  rule: "claim-dependency",
  confidence: "strong",
  why: [
    "The manifest was made from another go.sum or Cargo.lock than the binary: before `go mod tidy`, without a replaced module, or in another branch. The promise that the plugin links what the host links is then worth nothing.",
  ],
  found: [
    "Each `h1:` sum of `dependency_hashes` is held against that of the module in `.go.buildinfo`; of a replaced module, the sum of what replaces it counts. Of Rust crates the versions are held against those in `.dep-v0`, where cargo-auditable wrote one.",
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
  accept: "Never for a plugin of yours. For one of others, what was linked is compared with the host anyway.",
  related: ["dependency-mismatch", "claim-toolchain"],
} satisfies RulePage;

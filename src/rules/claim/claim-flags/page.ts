import { advise, run, type RulePage } from "../../rule-page.ts";

export const claimFlags = {
  rule: "claim-flags",
  confidence: "strong",
  why: [
    "Flags such as `-trimpath` change the hash of every package. A manifest that claims the host's flags over a build without them promises a plugin that loads, and the host refuses it with the name of a package that nobody has ever changed.",
  ],
  found: [
    "`build_flags` is held against the settings in `.go.buildinfo` (Go 1.18 on; plugins have them from Go 1.21 on). Flags that Go does not record, such as `-ldflags` beside `-trimpath`, are not compared. rustc records none.",
  ],
  example: { plugins: ["countconnector"] },
  fix: [
    {
      language: "go",
      steps: [
        run("go version -m PLUGIN.so"),
        advise("Give the flags in one place, GOFLAGS for example, and write the manifest from there."),
      ],
    },
  ],
  accept: "For a plugin of others: what Go recorded is compared with the host anyway.",
  related: ["build-flags-mismatch", "claim-toolchain"],
} satisfies RulePage;

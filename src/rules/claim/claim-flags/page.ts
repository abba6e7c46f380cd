import { advise, run, type RulePage } from "../../rule-page.ts";

export const claimFlags = {
  rule: "claim-flags",
  confidence: "strong",
  why: [
    "Flags such as `-trimpath` change the hash of every package. A manifest that claims the host's flags over a build without them promises a plugin that loads, but the host rejects it and names a package that nobody ever changed.",
  ],
  found: [
    "`build_flags` is compared with the settings in `.go.buildinfo` (Go 1.18 on; plugins have them from Go 1.21 on). Flags that Go does not record, such as `-ldflags` together with `-trimpath`, are not compared. rustc records no flags, but the panic strategy shows in the binary.",
  ],
  example: { plugins: ["countconnector"] },
  fix: [
    {
      language: "go",
      steps: [
        run("go version -m PLUGIN.so"),
        advise("Set the flags in one place, such as GOFLAGS, and generate the manifest from there."),
      ],
    },
  ],
  accept: "For third-party plugins: what Go recorded is compared with the host anyway.",
  related: ["build-flags-mismatch", "claim-toolchain"],
} satisfies RulePage;

import { advise, run, type RulePage } from "../../rule-page.ts";

export const claimProfile = {
  rule: "claim-profile",
  confidence: "strong",
  why: [
    "A debug build that is labeled a release is slow and large, panics on integer overflow where a release wraps around, and contains paths of the build machine. In a Collector it shows up as unexplained CPU load.",
  ],
  found: [
    "`build_profile` of a Rust plugin is compared with the folder that Cargo built in (it is in Mach-O's install name), which is proof, and with signs of a debug build: overflow checks and debug information in the plugin's own code. Such a sign only contradicts `release`, since a profile with a different name may be of either kind.",
  ],
  example: { plugins: ["schemaprocessor"] },
  fix: [
    {
      language: "rust",
      steps: [
        run("cargo build --release"),
        advise(
          "In a build script, the environment variable PROFILE is `debug` or `release`: the kind of the profile, not its name.",
        ),
      ],
    },
  ],
  accept:
    "If a release profile intentionally enables `overflow-checks` or `debug-assertions`. The finding is only a warning or a note then.",
  related: ["build-profile-mismatch", "claim-flags"],
} satisfies RulePage;

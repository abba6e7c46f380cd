import { advise, run, type RulePage } from "../../rule-page.ts";

export const claimProfile = {
  rule: "claim-profile",
  confidence: "strong",
  why: [
    "A debug build under the name of a release is slow and large, panics where a release wraps around, and carries paths of the machine that built it. In a Collector it shows as load that rises for no reason.",
  ],
  found: [
    "`build_profile` of a Rust plugin is held against the folder that Cargo built in (in Mach-O's install name), which settles it, and against what hints at a debug build: checks of overflow and debug information of the plugin's own code. A hint speaks against `release` alone, since a profile of another name may be of either kind.",
  ],
  example: { plugins: ["schemaprocessor"] },
  fix: [
    {
      language: "rust",
      steps: [
        run("cargo build --release"),
        advise("In a build script the environment variable PROFILE names the profile."),
      ],
    },
  ],
  accept:
    "Where a release profile switches `overflow-checks` or `debug-assertions` on by intent: the finding is a warning or a note then.",
  related: ["build-profile-mismatch", "claim-flags"],
} satisfies RulePage;

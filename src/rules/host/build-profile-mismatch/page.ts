import { advise, run, type RulePage } from "../../rule-page.ts";

export const buildProfileMismatch = {
  rule: "build-profile-mismatch",
  confidence: "claim",
  why: [
    "A debug build of a plugin in a release of the host is slow, and panics where the host's own code wraps around. The other way round, what debug assertions would find in the plugin is not found.",
  ],
  found: [
    "`build_profile` of both manifests, by name; Cargo's `dev` is `debug`. Go has no profiles: there it is the name that your builds give them.",
  ],
  example: { plugins: ["transformprocessor"] },
  fix: [
    {
      language: "go",
      steps: [
        advise("Go has no profiles: write the name of the host's build, and give both the same -gcflags."),
      ],
    },
    { language: "rust", steps: [run("cargo build --release"), run("cargo build --profile PROFILE")] },
  ],
  accept: "While someone looks for a fault in one plugin, never in a release.",
  related: ["claim-profile", "build-flags-mismatch"],
} satisfies RulePage;

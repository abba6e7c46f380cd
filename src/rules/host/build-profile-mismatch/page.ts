import { advise, run, type RulePage } from "../../rule-page.ts";

export const buildProfileMismatch = {
  rule: "build-profile-mismatch",
  confidence: "claim",
  why: [
    "A debug build of a plugin in a release build of the host is slow, and panics on integer overflow where the host's own code wraps around. The other way round, debug assertions no longer catch anything in the plugin.",
  ],
  found: [
    "`build_profile` of both manifests, by name; Cargo's `dev` is `debug`. Go has no profiles: there it is the name that your builds use.",
  ],
  example: { plugins: ["transformprocessor"] },
  fix: [
    {
      language: "go",
      steps: [
        advise(
          "Go has no profiles: use the name of the host's build, and build both with the same -gcflags.",
        ),
      ],
    },
    { language: "rust", steps: [run("cargo build --release"), run("cargo build --profile PROFILE")] },
  ],
  accept: "While debugging one plugin; never in a release.",
  related: ["claim-profile", "build-flags-mismatch"],
} satisfies RulePage;

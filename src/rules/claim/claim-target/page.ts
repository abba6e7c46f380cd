import { advise, run, type RulePage } from "../../rule-page.ts";

export const claimTarget = {
  rule: "claim-target",
  confidence: "strong",
  why: [
    "Releases for several targets are often built from one template, and one of them then carries the manifest of another. Anyone who sorts plugins by their manifests puts the wrong file into an image, where it is rejected with a message about a missing file.",
  ],
  found: [
    "`target` is compared with what the linker wrote: the machine in the header (`e_machine`, `cputype`), and for OS and C library the linked libraries, the named loader (`PT_INTERP`), notes and `LC_BUILD_VERSION`.",
  ],
  example: { plugins: ["fileexporter"] },
  fix: [
    {
      language: "any",
      steps: [advise("Take the target from the build, not from the machine it runs on.")],
    },
    { language: "go", steps: [run("go env GOOS GOARCH")] },
    { language: "rust", steps: [advise("In a build script: the environment variable TARGET.")] },
    { language: "c", steps: [run("cc -dumpmachine")] },
  ],
  accept: "Never for your own plugins: the fix is one line in the build.",
  related: ["target-mismatch", "loader-refuses"],
} satisfies RulePage;

import { advise, run, type RulePage } from "../../rule-page.ts";

export const claimTarget = {
  rule: "claim-target",
  confidence: "strong",
  why: [
    "Releases for several targets are often built from one template, and one of them then carries the manifest of another. Whoever sorts plugins by their manifests puts the wrong file into an image, where it is refused with a message that speaks of a missing file.",
  ],
  found: [
    "`target` is held against what the linker wrote: the header's machine (`e_machine`, `cputype`), the OS and C library by the libraries that are linked, the loader that is named (`PT_INTERP`), notes and `LC_BUILD_VERSION`.",
  ],
  example: { plugins: ["fileexporter"] },
  fix: [
    {
      language: "any",
      steps: [advise("Take the target from the build, not from the machine that runs it.")],
    },
    { language: "go", steps: [run("go env GOOS GOARCH")] },
    { language: "rust", steps: [advise("In a build script: the environment variable TARGET.")] },
    { language: "c", steps: [run("cc -dumpmachine")] },
  ],
  accept: "Never for a plugin of yours: it costs one line in the build.",
  related: ["target-mismatch", "loader-refuses"],
} satisfies RulePage;

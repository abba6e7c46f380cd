import { advise, run, type RulePage } from "../../rule-page.ts";

export const claimToolchain = {
  rule: "claim-toolchain",
  confidence: "strong",
  why: [
    "The manifest was not made by the build that it describes: it was written by hand, kept from an older build, or made on another machine than the one that compiled. Then its other fields are no better. A release gate that believed it would let a plugin through that the host refuses.",
  ],
  found: [
    "`toolchain_version` is held against the compiler's own stamp: the release in `.go.buildinfo`, or rustc's version in `.comment`. The comparison with the host uses the stamp. Where the stamp is gone (llvm-strip takes `.comment`), nothing is said.",
  ],
  example: { plugins: ["intervalprocessor"] },
  fix: [
    {
      language: "any",
      steps: [advise("Write the manifest in the step that compiles, from what the compiler says of itself.")],
    },
    { language: "go", steps: [run("go env GOVERSION")] },
    { language: "rust", steps: [run("rustc --version")] },
  ],
  accept:
    "Never for a plugin of yours. For one of others the stamp is compared anyway, so the error may be lowered to a warning.",
  related: ["toolchain-mismatch", "claim-flags", "claim-dependency"],
} satisfies RulePage;

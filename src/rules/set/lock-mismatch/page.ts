import { advise, run, type RulePage } from "../../rule-page.ts";

export const lockMismatch = {
  rule: "lock-mismatch",
  confidence: "request",
  why: [
    "What passed the gate is not what is here now: a plugin was added, removed or rebuilt, the host changed, or the policy was changed after the review. Each may be intended; none should reach production unnoticed.",
  ],
  found: [
    "The SHA-256 of each plugin, of the host and of the policy is compared with the lock file. Paths are relative to the lock's folder.",
  ],
  example: { plugins: ["debugexporter"], lockedAs: "transformprocessor" },
  fix: [
    {
      language: "any",
      steps: [
        advise("If the change is intended, review it and update the lock with `plugins lock`."),
        run("sha256sum PLUGIN.so"),
        advise("If it is not, use the file from the build that was locked."),
      ],
    },
  ],
  accept: "Never: update the lock instead.",
  related: ["expected-plugin-missing"],
} satisfies RulePage;

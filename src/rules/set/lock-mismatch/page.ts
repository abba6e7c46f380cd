import { advise, run, type RulePage } from "../../rule-page.ts";

export const lockMismatch = {
  rule: "lock-mismatch",
  confidence: "request",
  why: [
    "What passed the gate is not what is there now: a plugin was added, removed or rebuilt, the host is another, or the policy was changed after the review. Each may be meant; none should reach production unseen.",
  ],
  found: [
    "SHA-256 of each plugin, of the host and of the policy, held against the lock file. Paths are relative to the lock's folder.",
  ],
  example: { plugins: ["debugexporter"], lockedAs: "transformprocessor" },
  fix: [
    {
      language: "any",
      steps: [
        advise("Where the change is meant, review it, and rewrite the lock with `plugins lock`."),
        run("sha256sum PLUGIN.so"),
        advise("Where it is not, take the file from the build that was locked."),
      ],
    },
  ],
  accept: "Never: rewrite the lock instead.",
  related: ["expected-plugin-missing"],
} satisfies RulePage;

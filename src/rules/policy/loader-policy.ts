import type { RuleId } from "../finding.ts";

/** What a loader never looks at, whatever it answers. */
const neverMinded: ReadonlySet<string> = new Set([
  "build-flags-mismatch",
  "build-profile-mismatch",
  "claim-flags",
  "claim-profile",
]);

/**
 * What a loader looks at in its own way, or not at all: where it is known to load the plugin, it does not mind.
 * `target-mismatch` and what the loader is predicted to say are not among them.
 */
const notMindedWhereItLoads: ReadonlySet<string> = new Set([
  "toolchain-mismatch",
  "dependency-mismatch",
  "claim-language",
  "claim-toolchain",
  "claim-target",
  "claim-dependency",
  "manifest-missing",
  "manifest-unreadable",
  "manifest-invalid",
  "manifest-conflict",
  "language-unsupported",
]);

/** Under the policy `loader`: whether an error of that rule is only a warning. */
export function isOnlyAWarning(rule: RuleId, loads: boolean): boolean {
  return neverMinded.has(rule) || (loads && notMindedWhereItLoads.has(rule));
}

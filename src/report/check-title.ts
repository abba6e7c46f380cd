import type { RuleId } from "../rules/finding.ts";

/** What a rule compares, as the first column of `plugins validate` names it. */
export const checkTitles = {
  "manifest-missing": "manifest",
  "manifest-unreadable": "manifest readable",
  "manifest-invalid": "manifest valid",
  "manifest-conflict": "one manifest",
  "manifest-unknown-field": "known fields",
  "manifest-newer-schema": "schema version",
  "language-unsupported": "language",
  "toolchain-mismatch": "toolchain",
  "dependency-mismatch": "dependencies",
  "dependency-not-in-host": "dependencies in host",
  "build-flags-mismatch": "build flags",
  "build-profile-mismatch": "build profile",
  "target-mismatch": "target",
  "claim-language": "claimed language",
  "claim-toolchain": "claimed toolchain",
  "claim-target": "claimed target",
  "claim-flags": "claimed flags",
  "claim-dependency": "claimed dependencies",
  "loader-refuses": "loader",
  "duplicate-component": "components",
  "expected-plugin-missing": "expected plugins",
} as const satisfies Record<RuleId, string>;

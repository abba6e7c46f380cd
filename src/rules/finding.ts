import type { Fix } from "../loader/fix.ts";

/** Every rule this version knows. An id never changes its meaning. */
export const ruleIds = [
  "manifest-missing",
  "manifest-unreadable",
  "manifest-invalid",
  "manifest-conflict",
  "manifest-unknown-field",
  "manifest-newer-schema",
  "language-unsupported",
  "toolchain-mismatch",
  "dependency-mismatch",
  "dependency-not-in-host",
  "build-flags-mismatch",
  "build-profile-mismatch",
  "target-mismatch",
  "claim-language",
  "claim-toolchain",
  "claim-target",
  "claim-flags",
  "claim-dependency",
  "claim-profile",
  "host-cannot-load-plugins",
  "loader-refuses",
  "loader-crashes",
  "duplicate-plugin-path",
  "plugins-disagree",
  "duplicate-component",
  "expected-plugin-missing",
  "suppression-stale",
  "suppression-expired",
  "lock-mismatch",
] as const;

export type RuleId = (typeof ruleIds)[number];

export type Severity = "error" | "warning" | "note";

/** One side of a comparison: what was read, and where. */
export interface Side {
  readonly value: string;
  /** `.otel_manifest#/target`, `e_machine`, `PT_INTERP`, … */
  readonly from: string;
}

/** Something wrong, or worth knowing, about one plugin, the host or the set. Plain data: wording of layouts lives in src/report. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** One sentence without the plugin's name. */
  readonly message: string;
  /** What within the plugin it is about: a dependency's name, a field's JSON pointer, a component. */
  readonly subject?: string;
  /** The slice of a universal file it is about. */
  readonly arch?: string;
  readonly plugin?: Side;
  readonly host?: Side;
  /** The second of two places in the same file that disagree. */
  readonly other?: Side;
  /** Why it is so, where that is known. Findings of one rule with one cause are fixed together. */
  readonly cause?: string;
  readonly fix: readonly Fix[];
  /** The rule's own severity, where the policy changed it. */
  readonly ruleSeverity?: Severity;
  /** A finding that the policy lets pass: it is shown, and counts no more. */
  readonly suppressed?: Suppressed;
}

/** Why a finding counts no more. */
export interface Suppressed {
  readonly reason: string;
  /** The last day, YYYY-MM-DD, on which it holds; null where it holds for good. */
  readonly expires: string | null;
}

/** Whether a finding is of that severity and counts. */
export function counts({ severity, suppressed }: Finding, as: Severity): boolean {
  return severity === as && suppressed === undefined;
}

/** One comparison that was made, passed ones too. */
export interface Check {
  readonly rule: RuleId;
  /** match and mismatch are known; unknown says in `reason` what is missing. */
  readonly status: "match" | "mismatch" | "unknown";
  /** Whether a plugin can be called compatible without it. */
  readonly decisive: boolean;
  /** Whether a match is enough to call it so, whatever else is unknown. */
  readonly sufficient?: boolean;
  readonly arch?: string;
  readonly plugin?: Side;
  readonly host?: Side;
  /** Of an unknown: what is missing and what would make it known. Of the others: a remark, such as "12 of 12 equal". */
  readonly reason?: string;
}

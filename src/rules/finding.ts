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
  "loader-refuses",
  "duplicate-component",
  "expected-plugin-missing",
] as const;

export type RuleId = (typeof ruleIds)[number];

export type Severity = "error" | "warning" | "note";

/** One side of a comparison: what was read, and where. */
export interface Side {
  readonly value: string;
  /** `.otel_manifest#/target`, `e_machine`, `PT_INTERP`, … */
  readonly from: string;
}

/** What mends a finding. */
export type Fix =
  /** A command to run as it stands. */
  | { readonly kind: "command"; readonly run: string }
  /** What to do, in words. */
  | { readonly kind: "advice"; readonly text: string };

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
  /** Why it is so, where that is known. */
  readonly cause?: string;
  readonly fix: readonly Fix[];
}

/** One comparison that was made, passed ones too. */
export interface Check {
  readonly rule: RuleId;
  /** match and mismatch are known; unknown says in `reason` what is missing. */
  readonly status: "match" | "mismatch" | "unknown";
  /** Whether a plugin can be called compatible without it. */
  readonly decisive: boolean;
  readonly arch?: string;
  readonly plugin?: Side;
  readonly host?: Side;
  /** Of an unknown: what is missing and what would make it known. Of the others: a remark, such as "12 of 12 equal". */
  readonly reason?: string;
}

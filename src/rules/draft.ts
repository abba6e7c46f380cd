import type { Fix } from "../language/fix.ts";

export type Severity = "error" | "warning" | "note";

/** One side of a comparison: what was read, and where. */
export interface Side {
  readonly value: string;
  /** `.otel_manifest#/target`, `e_machine`, `PT_INTERP`, … */
  readonly from: string;
}

/** What a finding says, whichever rule it is of. Plain data: layout and headings belong to src/report. */
export interface FindingText {
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
  /** Why, if that is known. Findings of one rule with one cause are fixed together. */
  readonly cause?: string;
}

/** A finding as a rule writes it: what is the same for all findings of the rule is added later. */
export interface FindingDraft extends FindingText {
  /** The rule's own severity if absent. */
  readonly severity?: Severity;
  /** None if absent. */
  readonly fix?: readonly Fix[];
}

/** One comparison that was made, passed ones too. */
export interface CheckDraft {
  /** match and mismatch are known; unknown says in `reason` what is missing. */
  readonly status: "match" | "mismatch" | "unknown";
  /** Whether a plugin can be called compatible without it. */
  readonly decisive: boolean;
  /** Whether a match is enough to call it compatible, whatever else is unknown. */
  readonly sufficient?: boolean;
  readonly arch?: string;
  readonly plugin?: Side;
  readonly host?: Side;
  /** If unknown: what is missing and what would make it known. Otherwise a remark, such as "12 of 12 equal". */
  readonly reason?: string;
}

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
  /** Of a finding about the set: the paths of the plugins that it is about. */
  readonly plugins?: readonly string[];
  /** The second of two places in the same file that disagree. */
  readonly other?: Side;
  /** Why, if that is known. */
  readonly cause?: string;
  /** What the same problem of two plugins has in common. If absent, all that is said of it: message, subject and values. */
  readonly identity?: string;
  /** Findings of the rule about one plugin with the same bundle are fixed together. */
  readonly bundle?: string;
  /** Findings about the same plugin whose consequence this one is, the likeliest first: what fixes one of them fixes this. */
  readonly explainedBy?: readonly Explanation[];
}

/** A finding of a rule; if a subject is given, of that subject. */
export interface Explanation {
  readonly rule: string;
  readonly subject?: string;
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

import type { Fix } from "../language/fix.ts";
import type { CheckDraft, FindingText, Severity } from "./draft.ts";
import type { RuleId } from "./registry.ts";

export type { Severity, Side } from "./draft.ts";
export type { Fix } from "../language/fix.ts";
export type { RuleId } from "./registry.ts";

/** Something wrong, or worth knowing, about one plugin, the host or the set. */
export interface Finding extends FindingText {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly fix: readonly Fix[];
  /** The path of the host that it is about, or that the plugin was checked with; only if there are several hosts. */
  readonly hostPath?: string;
  /** The rule's own severity, if the policy changed it. */
  readonly ruleSeverity?: Severity;
  /** Set if the policy suppresses the finding: it is shown, but no longer counts. */
  readonly suppressed?: Suppressed;
}

/** Why a finding no longer counts. */
export interface Suppressed {
  readonly reason: string;
  /** The last day, YYYY-MM-DD, on which the suppression applies; null if it has no end. */
  readonly expires: string | null;
}

/** One comparison that was made, passed ones too. */
export interface Check extends CheckDraft {
  readonly rule: RuleId;
}

/** Whether a finding is of that severity and counts. */
export function counts({ severity, suppressed }: Finding, as: Severity): boolean {
  return severity === as && suppressed === undefined;
}

const severityOrder = { error: 0, warning: 1, note: 2 } as const satisfies Record<Severity, number>;

/** All of them, the worst first. */
export const severities = Object.keys(severityOrder) as readonly Severity[];

/** Errors, warnings, notes; findings of one severity keep their order. */
export function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((one, other) => severityOrder[one.severity] - severityOrder[other.severity]);
}

import type { Finding } from "../../rules/finding.ts";

export const failLevels = ["error", "warning", "note", "never"] as const;

/** The lowest severity that fails a check. */
export type FailLevel = (typeof failLevels)[number];

/** What a check may find and still pass. */
export interface Gate {
  /** Whether plugins pass whose compatibility could not be determined; they do not if absent. */
  readonly allowUnknown?: boolean | undefined;
  /** `error` if absent. With `never` everything passes. */
  readonly failOn?: FailLevel | undefined;
  /** How many warnings are allowed; any number if absent. */
  readonly maxWarnings?: number | undefined;
}

/** Whether a finding could fail a check. An error could even if the gate lets everything pass, since it decides the verdict. */
export function mayFail(
  { severity, suppressed }: Pick<Finding, "severity" | "suppressed">,
  { failOn, maxWarnings }: Gate,
): boolean {
  if (suppressed !== undefined) return false;
  if (severity === "error" || failOn === "note") return true;
  return severity === "warning" && (failOn === "warning" || maxWarnings !== undefined);
}

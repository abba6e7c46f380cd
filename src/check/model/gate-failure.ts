import { counts, type Finding } from "../../rules/finding.ts";
import type { Gate } from "./gate.ts";
import type { CheckResult } from "./result.ts";

/** One reason why a check fails. Suppressed findings never count. */
export type GateFailure =
  /** How many plugins have that verdict. */
  | { readonly kind: "incompatible" | "unreadable" | "unknown"; readonly count: number }
  /** How many errors are about the host or the set, not one plugin. */
  | { readonly kind: "errors"; readonly count: number }
  /** How many warnings there are, about plugins, host and set together; `allowed` is set if they are over the limit. */
  | { readonly kind: "warnings"; readonly count: number; readonly allowed?: number }
  | { readonly kind: "notes"; readonly count: number };

/** Why a check fails; empty if it passes. */
export function gateFailures(result: CheckResult, gate: Gate): readonly GateFailure[] {
  const { allowUnknown = false, failOn = "error", maxWarnings = Infinity } = gate;
  if (failOn === "never") return [];
  const { incompatible, unreadable, unknown, warnings } = result.summary;
  const reasons: readonly GateFailure[] = [
    { kind: "incompatible", count: incompatible },
    { kind: "unreadable", count: unreadable },
    { kind: "unknown", count: allowUnknown ? 0 : unknown },
    { kind: "errors", count: result.findings.filter((finding) => counts(finding, "error")).length },
    warnings > maxWarnings
      ? { kind: "warnings", count: warnings, allowed: maxWarnings }
      : { kind: "warnings", count: failOn === "error" ? 0 : warnings },
    { kind: "notes", count: failOn === "note" ? notesOf(result) : 0 },
  ];
  return reasons.filter(({ count }) => count > 0);
}

function notesOf({ plugins, findings }: CheckResult): number {
  const all: readonly Finding[] = [...plugins.flatMap((plugin) => plugin.findings), ...findings];
  return all.filter((finding) => counts(finding, "note")).length;
}

import type { Check, Finding } from "./finding.ts";

export interface Judgement {
  readonly verdict: "compatible" | "incompatible" | "unknown";
  /** One sentence for each thing that decides and could not be known. */
  readonly unknowns: readonly string[];
}

/**
 * Any error makes a plugin incompatible. Without one it is compatible only when every decisive comparison is known
 * to match; what could not be known is never a pass.
 */
export function judge(findings: readonly Finding[], checks: readonly Check[]): Judgement {
  const decisive = checks.filter((check) => check.decisive);
  const unknowns = new Set(
    decisive
      .filter(({ status }) => status === "unknown")
      .map(({ reason }) => reason ?? "a comparison could not be made"),
  );
  if (findings.some(({ severity }) => severity === "error"))
    return { verdict: "incompatible", unknowns: [...unknowns] };
  const allMatch = decisive.length > 0 && decisive.every(({ status }) => status === "match");
  return { verdict: allMatch ? "compatible" : "unknown", unknowns: [...unknowns] };
}

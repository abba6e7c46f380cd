import { counts, type Check, type Finding } from "./finding.ts";

export interface Judgement {
  readonly verdict: "compatible" | "incompatible" | "unknown";
  /** One sentence for each deciding thing that is unknown. */
  readonly unknowns: readonly string[];
}

/**
 * Any error makes a plugin incompatible. Without one it is compatible only if, in each slice that was compared, every
 * decisive comparison is known to match, or one that is sufficient is; an unknown is never a pass.
 */
export function judge(findings: readonly Finding[], checks: readonly Check[]): Judgement {
  const slices = [...new Set(checks.map(({ arch }) => arch))].map((arch) =>
    checks.filter((check) => check.arch === arch),
  );
  const open = slices.filter((slice) => !isSettled(slice));
  const unknowns = new Set(
    open
      .flat()
      .filter(({ decisive, status }) => decisive && status === "unknown")
      .map(({ reason }) => reason ?? "a comparison could not be made"),
  );
  const isWrong = findings.some((finding) => counts(finding, "error"));
  const isSure = slices.length > 0 && open.length === 0;
  return {
    verdict: isWrong ? "incompatible" : isSure ? "compatible" : "unknown",
    unknowns: [...unknowns],
  };
}

function isSettled(slice: readonly Check[]): boolean {
  if (slice.some(({ sufficient, status }) => sufficient === true && status === "match")) return true;
  const decisive = slice.filter((check) => check.decisive);
  return decisive.length > 0 && decisive.every(({ status }) => status === "match");
}

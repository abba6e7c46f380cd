import { bySeverity, counts, type Check, type Finding } from "../finding.ts";
import type { PolicyInForce } from "./policy.ts";
import { weighed, type Answer } from "./severity.ts";
import { suppressed } from "./suppression.ts";

/** What the findings are about. */
export interface Subject extends Answer {
  /** Path of the plugin; undefined for the host and the set. */
  readonly path: string | undefined;
}

/** The findings after the policy is applied, worst first. Suppressed ones stay among them, marked. */
export function applyPolicy(
  findings: readonly Finding[],
  { path, ...answer }: Subject,
  policy: PolicyInForce | undefined,
): readonly Finding[] {
  if (policy === undefined) return findings;
  return bySeverity(
    findings
      .flatMap((one) => weighed(one, policy, answer))
      .map((one) => (one.suppressed === undefined ? suppressed(one, path, policy) : one)),
  );
}

/**
 * The comparisons to judge by: a mismatch no longer decides if the policy accepts all of its errors. What is unknown
 * stays unknown, since no policy can supply missing information. Under `strict` everything must be known to match: that the loader
 * loads it makes up for nothing.
 */
export function checksUnder(
  { base }: PolicyInForce,
  checks: readonly Check[],
  before: readonly Finding[],
  after: readonly Finding[],
): readonly Check[] {
  const errors = rulesWithErrors(before);
  const left = rulesWithErrors(after);
  return checks.map((check) =>
    check.status === "mismatch" && errors.has(check.rule) && !left.has(check.rule)
      ? { ...check, status: "match", sufficient: false }
      : base === "strict" && check.sufficient === true
        ? { ...check, sufficient: false }
        : check,
  );
}

function rulesWithErrors(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(findings.filter((one) => counts(one, "error")).map(({ rule }) => rule));
}

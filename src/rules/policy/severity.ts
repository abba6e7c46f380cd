import { loaderRemarks } from "../evaluation.ts";
import type { Finding, RuleId } from "../finding.ts";
import { rules } from "../registry.ts";
import type { Policy } from "./policy.ts";

/** What is known of the plugin that a finding is about. */
export interface Answer {
  /** Whether the loader is known to load it. */
  readonly loads: boolean;
  /** If plugin.Open is known to load it, and every package that it shares with its host has the same hash: how many these are. */
  readonly equalPackages?: number | undefined;
}

/** The finding with the severity that the policy gives it; nothing if the rule is off. */
export function weighed(of: Finding, policy: Policy, answer: Answer): readonly Finding[] {
  const said = policy.severities[of.rule];
  if (said === "off") {
    // The loader's own answer may pass, but it stays visible.
    if (rules[of.rule].loader !== "answer") return [];
    return [{ ...of, suppressed: { reason: "the rule is off in the configuration", expires: null } }];
  }
  if (said === undefined && policy.base === "proof") return [ifEqual(of, answer)];
  const lowered =
    policy.base === "loader" && of.severity === "error" && isOnlyAWarning(of.rule, answer.loads);
  const severity = said ?? (lowered ? "warning" : of.severity);
  return [severity === of.severity ? of : { ...of, severity, ruleSeverity: of.severity }];
}

/**
 * Under the policy `proof`: an error is a warning if all package hashes are equal, so that it loads, and says so.
 * A dependency of another version stays an error: what is not exported is in no hash.
 */
function ifEqual(of: Finding, { equalPackages: count = 0 }: Answer): Finding {
  const { ifPackagesEqual } = rules[of.rule];
  if (of.severity !== "error" || ifPackagesEqual === undefined || count === 0) return of;
  const shown = `${count} of ${count} package hashes are equal, ${ifPackagesEqual}.`;
  // Under this policy nothing objects.
  const own = of.cause?.replace(loaderRemarks["plugin.Open"], "").trim() ?? "";
  const cause = own === "" ? shown : `${own} ${shown}`;
  return { ...of, severity: "warning", ruleSeverity: of.severity, cause };
}

/** Under the policy `loader`: whether an error of that rule is only a warning. */
function isOnlyAWarning(rule: RuleId, loads: boolean): boolean {
  const { loader } = rules[rule];
  return loader === "ignored" || (loader === "checked" && loads);
}

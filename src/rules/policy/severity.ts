import type { Finding, RuleId } from "../finding.ts";
import { rules } from "../registry.ts";
import type { Policy } from "./policy.ts";

/**
 * The finding with the severity that the policy gives it; nothing if the rule is off.
 * @param loads whether the plugin is known to load.
 */
export function weighed(of: Finding, policy: Policy, loads: boolean): readonly Finding[] {
  const said = policy.severities[of.rule];
  if (said === "off") {
    // The loader's own answer may pass, but it stays visible.
    if (rules[of.rule].loader !== "answer") return [];
    return [{ ...of, suppressed: { reason: "the rule is off in the configuration", expires: null } }];
  }
  const lowered = policy.base === "loader" && of.severity === "error" && isOnlyAWarning(of.rule, loads);
  const severity = said ?? (lowered ? "warning" : of.severity);
  return [severity === of.severity ? of : { ...of, severity, ruleSeverity: of.severity }];
}

/** Under the policy `loader`: whether an error of that rule is only a warning. */
function isOnlyAWarning(rule: RuleId, loads: boolean): boolean {
  const { loader } = rules[rule];
  return loader === "ignored" || (loader === "checked" && loads);
}

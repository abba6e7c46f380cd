import type { Finding } from "../finding.ts";
import { isOnlyAWarning } from "./loader-policy.ts";
import type { Policy } from "./policy.ts";

/** The loader's own verdict: a policy may let it pass, but never out of sight. */
const shownThoughOff: ReadonlySet<string> = new Set([
  "host-cannot-load-plugins",
  "loader-refuses",
  "loader-crashes",
]);

/**
 * The finding with the severity that the policy gives it; nothing where the rule is off.
 * @param loads whether the plugin is known to load.
 */
export function weighed(of: Finding, policy: Policy, loads: boolean): readonly Finding[] {
  const said = policy.severities[of.rule];
  if (said === "off") {
    if (!shownThoughOff.has(of.rule)) return [];
    return [{ ...of, suppressed: { reason: "the rule is off in the configuration", expires: null } }];
  }
  const lowered = policy.base === "loader" && of.severity === "error" && isOnlyAWarning(of.rule, loads);
  const severity = said ?? (lowered ? "warning" : of.severity);
  return [severity === of.severity ? of : { ...of, severity, ruleSeverity: of.severity }];
}

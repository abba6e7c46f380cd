import { finding } from "../evaluation.ts";
import type { Finding } from "../finding.ts";
import { suppressionExpired } from "./suppression-expired/rule.ts";
import { suppressionStale } from "./suppression-stale/rule.ts";
import { matches, matchesEnd } from "./glob.ts";
import { isExpired, type Policy, type PolicyInForce, type Suppression } from "./policy.ts";

/** @param plugin path of the plugin that the finding is about; undefined for the host and the set. */
export function hides(
  { rule, plugin, subject }: Suppression,
  of: Finding,
  path: string | undefined,
): boolean {
  return (
    rule === of.rule &&
    (plugin === undefined || (path !== undefined && matchesEnd(plugin, path))) &&
    (subject === undefined || (of.subject !== undefined && matches(subject, of.subject)))
  );
}

/** The finding, marked by the first suppression that has not expired and hides it. */
export function suppressed(of: Finding, path: string | undefined, policy: PolicyInForce): Finding {
  const by = policy.suppressions.find((each) => !isExpired(each, policy.today) && hides(each, of, path));
  return by === undefined ? of : { ...of, suppressed: { reason: by.reason, expires: by.expires ?? null } };
}

/** One finding for each suppression that is past its date. */
export function expiredSuppressions({ suppressions, today }: PolicyInForce): readonly Finding[] {
  return suppressions
    .filter((each) => isExpired(each, today))
    .map((each) =>
      finding(suppressionExpired, {
        subject: subjectOf(each),
        message: `the suppression of ${subjectOf(each)} expired on ${each.expires ?? ""}; its reason was: ${each.reason}`,
        fix: [
          {
            kind: "advice",
            text: "Fix the underlying problem, or set a new expiry date in the configuration.",
          },
        ],
      }),
    );
}

/** What was found, with the plugin it is about. */
export interface FindingsOf {
  /** undefined for the host and the set. */
  readonly path: string | undefined;
  readonly findings: readonly Finding[];
}

/** One finding for each suppression that has not expired and hides none of the findings. */
export function staleSuppressions(policy: PolicyInForce, all: readonly FindingsOf[]): readonly Finding[] {
  return policy.suppressions
    .filter((each) => !isExpired(each, policy.today))
    .filter((each) => !all.some(({ path, findings }) => findings.some((one) => hides(each, one, path))))
    .map((each) =>
      finding(suppressionStale, {
        subject: subjectOf(each),
        message: `the suppression of ${subjectOf(each)} matches nothing`,
        cause: switchedOff(policy, each)
          ? "The rule is off anyway."
          : "The problem it covered is fixed or gone, or it names a rule, plugin or subject that does not exist.",
        fix: [{ kind: "advice", text: "Remove it from the configuration." }],
      }),
    );
}

function switchedOff({ severities }: Policy, { rule }: Suppression): boolean {
  return severities[rule] === "off";
}

/** `toolchain-mismatch in kafka*.so about x`. */
function subjectOf({ rule, plugin, subject }: Suppression): string {
  return [
    rule,
    ...(plugin === undefined ? [] : [`in ${plugin}`]),
    ...(subject === undefined ? [] : [`about ${subject}`]),
  ].join(" ");
}

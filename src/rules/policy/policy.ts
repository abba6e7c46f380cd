import type { RuleId, Severity } from "../finding.ts";

/** How findings count, if not as their rules say. */
export interface Policy {
  /**
   * `proof`: everything must match, as the rules say, but what equal package hashes show to be loadable is a warning. `strict`:
   * everything must be known to match. `loader`: only what the loader itself rejects is an error.
   */
  readonly base: PolicyName;
  /** By rule; these override `base`. */
  readonly severities: Readonly<Partial<Record<RuleId, PolicySeverity>>>;
  readonly suppressions: readonly Suppression[];
}

export const policyNames = ["proof", "strict", "loader"] as const;

export type PolicyName = (typeof policyNames)[number];

export type PolicySeverity = Severity | "off";

/** Accepts a known finding, for a reason, until a given day. */
export interface Suppression {
  readonly rule: RuleId;
  /** Glob for the end of the plugin's path; if absent, any plugin, the host and the set. */
  readonly plugin?: string;
  /** Glob for the finding's subject; if absent, any subject or none. */
  readonly subject?: string;
  readonly reason: string;
  /** The last day on which it applies, YYYY-MM-DD in UTC. */
  readonly expires?: string;
}

/** A policy on the day of a check. */
export interface PolicyInForce extends Policy {
  /** YYYY-MM-DD in UTC. Handed in, so that the same request always gets the same answer. */
  readonly today: string;
}

/** A policy on a day. What it leaves out is as the rules say. @param now when the check is made. */
export function policyInForce(policy: Partial<Policy>, now: Date): PolicyInForce {
  return { ...defaultPolicy, ...policy, today: now.toISOString().slice(0, 10) };
}

/** The base if nothing else is configured. */
export const defaultPolicyName: PolicyName = "proof";

const defaultPolicy: Policy = { base: defaultPolicyName, severities: {}, suppressions: [] };

/** As the rules say. @internal for its tests */
export const strictPolicy: Policy = { base: "strict", severities: {}, suppressions: [] };

/** Whether it is later than the suppression's last day. Such dates sort as text. */
export function isExpired({ expires }: Suppression, today: string): boolean {
  return expires !== undefined && expires < today;
}

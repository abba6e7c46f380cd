import { resolve } from "node:path";
import { applyPolicy, checksUnder } from "../../rules/policy/apply.ts";
import type { PolicyInForce } from "../../rules/policy/policy.ts";
import { expiredSuppressions, hides, staleSuppressions } from "../../rules/policy/suppression.ts";
import type { Finding } from "../../rules/finding.ts";
import { judge } from "../../rules/verdict.ts";
import type { PluginResult } from "../model/result.ts";

/** A checked plugin after the policy is applied; its verdict is decided again. */
export function underPolicy(plugin: PluginResult, policy: PolicyInForce | undefined): PluginResult {
  const { findings: before, checks = [], loader, verdict } = plugin;
  if (policy === undefined || verdict === undefined) return plugin;
  const loads = loader?.outcome === "loads";
  const equalPackages =
    loads && loader.packages?.shared === loader.packages?.equal ? loader.packages?.equal : undefined;
  const subject = { path: resolve(plugin.path), loads, equalPackages };
  const findings = applyPolicy(before, subject, policy);
  if (verdict === "unreadable") return { ...plugin, findings };
  return { ...plugin, ...judge(findings, checksUnder(policy, checks, before, findings)), findings };
}

/** Indexes of the suppressions that hide a finding of one of the plugins, or would if they had not expired. */
export function suppressionsInUse(
  plugins: readonly PluginResult[],
  policy: PolicyInForce | undefined,
): readonly number[] {
  const all = plugins.map((each) => ({ path: resolve(each.path), findings: each.findings }));
  return (policy?.suppressions ?? []).flatMap((each, at) =>
    all.some(({ path, findings }) => findings.some((one) => hides(each, one, path))) ? [at] : [],
  );
}

/**
 * The findings about host and set after the policy is applied, and what is wrong with its suppressions.
 * @param inUse indexes of the suppressions that hide findings of plugins; undefined if these are not all the plugins that the
 * policy is for: it is then unknown whether a suppression is stale.
 */
export function setUnderPolicy(
  findings: readonly Finding[],
  policy: PolicyInForce | undefined,
  inUse: ReadonlySet<number> | undefined,
): readonly Finding[] {
  if (policy === undefined) return findings;
  const subject = { path: undefined, loads: false };
  const { base, severities, today } = policy;
  const doubtful = policy.suppressions.filter((_, at) => inUse?.has(at) === false);
  const aboutSuppressions = [
    ...expiredSuppressions(policy),
    ...staleSuppressions({ ...policy, suppressions: doubtful }, [{ path: undefined, findings }]),
  ];
  // No suppression hides that another one is stale.
  return [
    ...applyPolicy(findings, subject, policy),
    ...applyPolicy(aboutSuppressions, subject, { base, severities, today, suppressions: [] }),
  ];
}

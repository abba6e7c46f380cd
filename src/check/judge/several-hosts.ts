import type { Finding } from "../../rules/finding.ts";
import type { CheckResult, PluginResult } from "../model/result.ts";
import { summarise } from "../model/summary.ts";
import type { Checked } from "./checked-set.ts";
import type { Host } from "./host.ts";

/** What a plugin is to each host, in their order. */
export type CheckedWithEach = readonly Checked[];

/**
 * The result of a check with one host or with several.
 * @param checked the plugins in the order of the report.
 * @param judge the result of the set for one host.
 */
export function resultForHosts(
  hosts: readonly [Host, ...Host[]],
  checked: readonly CheckedWithEach[],
  judge: (host: Host, checked: readonly Checked[]) => CheckResult,
): CheckResult {
  const [only, ...others] = hosts;
  if (others.length === 0) return judge(only, ofHost(checked, 0));
  const named = hosts.map((host) => ({
    ...host,
    findings: host.findings.map((finding) => withHost(finding, host.result.path)),
  }));
  const results = named.map((host, at) => ({
    path: host.result.path,
    ...judge(host, ofHost(checked, at)),
  }));
  const plugins = checked.flatMap((_, at) =>
    results.map(({ path, plugins }) => pluginWithHost(one(plugins, at), path)),
  );
  const findings = aboutAll(results);
  return {
    host: only.result,
    hosts: hosts.map(({ result }) => result),
    plugins,
    findings,
    summary: summarise(plugins, findings),
  };
}

function ofHost(checked: readonly CheckedWithEach[], at: number): readonly Checked[] {
  return checked.map((each) => one(each, at));
}

/** Each plugin is checked with each host: one that was left out would pass. */
function one<Of>(all: readonly Of[], at: number): Of {
  const found = all[at];
  if (found === undefined) throw new Error("a plugin was not checked with every host");
  return found;
}

function withHost(finding: Finding, hostPath: string): Finding {
  return { ...finding, hostPath };
}

function pluginWithHost(plugin: PluginResult, hostPath: string): PluginResult {
  return { ...plugin, hostPath, findings: plugin.findings.map((finding) => withHost(finding, hostPath)) };
}

/**
 * What is said of the hosts and of the set. What is said with each host is said once; what is said only with some names the
 * host. A suppression is stale only if it hides nothing with any host.
 */
function aboutAll(
  results: readonly { readonly path: string; readonly findings: readonly Finding[] }[],
): readonly Finding[] {
  const all = results.map(({ path, findings }) => ({
    path,
    findings: findings.map((finding) => ({ finding, key: JSON.stringify(finding) })),
  }));
  const counts = new Map<string, number>();
  for (const { findings } of all) {
    for (const key of new Set(findings.map(({ key }) => key))) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const isWithEach = (key: string): boolean => counts.get(key) === results.length;
  return all.flatMap(({ path, findings }, at) =>
    findings.flatMap(({ finding, key }) => {
      if (isWithEach(key)) return at === 0 ? [finding] : [];
      if (finding.rule === "suppression-stale") return [];
      return [withHost(finding, path)];
    }),
  );
}

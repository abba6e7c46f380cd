import type { Finding } from "../rules/finding.ts";
import type { PluginResult, Summary, Verdict } from "./result.ts";

/** Counts verdicts and findings. @param findings those about the host or the set. */
export function summarise(plugins: readonly PluginResult[], findings: readonly Finding[]): Summary {
  const verdicts: Record<Verdict, number> = { compatible: 0, incompatible: 0, unknown: 0, unreadable: 0 };
  const severities = { error: 0, warning: 0, note: 0 };
  for (const plugin of plugins) {
    const verdict = plugin.verdict ?? (plugin.unreadable === null ? undefined : "unreadable");
    if (verdict !== undefined) verdicts[verdict] += 1;
    for (const { severity } of plugin.findings) severities[severity] += 1;
  }
  for (const { severity } of findings) severities[severity] += 1;
  return { plugins: plugins.length, ...verdicts, errors: severities.error, warnings: severities.warning };
}

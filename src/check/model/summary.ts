import { counts, type Finding, type Severity } from "../../rules/finding.ts";
import type { PluginResult, Summary, Verdict } from "./result.ts";

/** Counts verdicts, and findings that no suppression hides. @param findings those about the host or the set. */
export function summarise(plugins: readonly PluginResult[], findings: readonly Finding[]): Summary {
  const verdicts: Record<Verdict, number> = { compatible: 0, incompatible: 0, unknown: 0, unreadable: 0 };
  for (const plugin of plugins) {
    const verdict = plugin.verdict ?? (plugin.unreadable === null ? undefined : "unreadable");
    if (verdict !== undefined) verdicts[verdict] += 1;
  }
  const all = [...plugins, { findings }];
  const counted = (severity: Severity): number =>
    all.reduce((sum, each) => sum + each.findings.filter((one) => counts(one, severity)).length, 0);
  return {
    plugins: plugins.length,
    ...verdicts,
    errors: counted("error"),
    warnings: counted("warning"),
  };
}

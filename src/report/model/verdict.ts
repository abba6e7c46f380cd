import type { PluginResult, Verdict } from "../../check/model/result.ts";
import { counts, type Severity } from "../../rules/finding.ts";

const worstFirstOrder = {
  incompatible: true,
  unreadable: true,
  unknown: true,
  compatible: true,
} as const satisfies Record<Verdict, true>;

/** All of them, worst first. */
export const verdicts = Object.keys(worstFirstOrder) as readonly Verdict[];

/** The verdict of a plugin that was compared; one that was only listed is unreadable or has none. */
export function verdictOf(plugin: PluginResult): Verdict | undefined {
  return plugin.verdict ?? (plugin.unreadable === null ? undefined : "unreadable");
}

/** Whether a plugin's verdict makes the check fail. */
export function failsByVerdict(
  plugin: PluginResult,
  { allowUnknown }: { readonly allowUnknown?: boolean | undefined },
): boolean {
  const verdict = verdictOf(plugin);
  return verdict !== undefined && verdict !== "compatible" && !(verdict === "unknown" && allowUnknown);
}

/** Worst first; plugins with the same verdict in the natural order of their names: p2.so before p10.so. */
export function worstFirst(plugins: readonly PluginResult[]): readonly PluginResult[] {
  return [...plugins].sort((a, b) => verdictRank(a) - verdictRank(b) || naturalOrder(a.path, b.path));
}

/** Made when it is first needed: it takes longer to make than many a command takes for all else. */
let collator: Intl.Collator | undefined;

/** go1.9 before go1.26, and 9 before 12. */
export function naturalOrder(one: string, other: string): number {
  collator ??= new Intl.Collator("en", { numeric: true });
  return collator.compare(one, other);
}

/** A plugin's place in an order that has the worst verdict first. */
export function verdictRank(plugin: PluginResult): number {
  const verdict = verdictOf(plugin);
  return verdict === undefined ? verdicts.length : verdicts.indexOf(verdict);
}

/** `1 error`, `3 errors`, `2 dependencies`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** How many findings of a plugin have that severity and are not suppressed. */
export function countOf(plugin: PluginResult, severity: Severity): number {
  return plugin.findings.filter((finding) => counts(finding, severity)).length;
}

/** `2 errors`, `1 warning`; nothing for a severity without findings, and nothing for notes. */
export function severityCounts(plugin: PluginResult): readonly string[] {
  return (["error", "warning"] as const).flatMap((severity) => {
    const count = countOf(plugin, severity);
    return count === 0 ? [] : [counted(count, severity)];
  });
}

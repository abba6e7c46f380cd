import type { PluginResult, Verdict } from "../../check/model/result.ts";
import { counts, type Check, type Severity } from "../../rules/finding.ts";

/** How something is painted where colour is at hand. */
export type Tone = "good" | "bad" | "unsure" | "strong" | "faint" | "plain";

/** A sign that stands beside a word, never for it. */
export type Mark = "good" | "bad" | "unsure" | "warning" | "note";

interface Look {
  readonly mark: Mark;
  readonly tone: Tone;
}

/** Worst first. */
export const verdictLooks = {
  incompatible: { mark: "bad", tone: "bad" },
  unreadable: { mark: "bad", tone: "bad" },
  unknown: { mark: "unsure", tone: "unsure" },
  compatible: { mark: "good", tone: "good" },
} as const satisfies Record<Verdict, Look>;

export const severityLooks = {
  error: { mark: "bad", tone: "bad" },
  warning: { mark: "warning", tone: "unsure" },
  note: { mark: "note", tone: "faint" },
} as const satisfies Record<Severity, Look>;

export const statusLooks = {
  mismatch: { mark: "bad", tone: "bad" },
  unknown: { mark: "unsure", tone: "unsure" },
  match: { mark: "good", tone: "good" },
} as const satisfies Record<Check["status"], Look>;

/** The verdict of a plugin that was compared; one that was only listed is unreadable or nothing at all. */
export function verdictOf(plugin: PluginResult): Verdict | undefined {
  return plugin.verdict ?? (plugin.unreadable === null ? undefined : "unreadable");
}

/** Mark and tone of a plugin's verdict. */
export function lookOf(plugin: PluginResult): (typeof verdictLooks)[Verdict] {
  return verdictLooks[verdictOf(plugin) ?? "unknown"];
}

const order = Object.keys(verdictLooks);

/** Worst first; plugins with the same verdict keep their order. */
export function worstFirst(plugins: readonly PluginResult[]): readonly PluginResult[] {
  return [...plugins].sort((a, b) => rank(a) - rank(b));
}

function rank(plugin: PluginResult): number {
  const verdict = verdictOf(plugin);
  return verdict === undefined ? order.length : order.indexOf(verdict);
}

/** `1 error`, `3 errors`, `2 dependencies`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** How many findings of a plugin have that severity and are not suppressed. */
export function countOf(plugin: PluginResult, severity: Severity): number {
  return plugin.findings.filter((finding) => counts(finding, severity)).length;
}

/** `2 errors`, `1 warning`; nothing for a severity without findings, and nothing of notes. */
export function severityCounts(plugin: PluginResult): readonly string[] {
  return (["error", "warning"] as const).flatMap((severity) => {
    const count = countOf(plugin, severity);
    return count === 0 ? [] : [counted(count, severity)];
  });
}

import type { PluginResult, Verdict } from "../../check/model/result.ts";
import type { Check, Severity } from "../../rules/finding.ts";
import { verdictOf } from "./verdict.ts";

/** How a text is colored on a screen or page that has colors. */
export type Tone = "good" | "bad" | "caution" | "strong" | "faint" | "plain";

/** A sign next to a word, never without one. Each medium has its own table of signs. */
export type Mark = "good" | "bad" | "unknown" | "warning" | "note";

export interface Look {
  readonly mark: Mark;
  readonly tone: Extract<Tone, "good" | "bad" | "caution" | "faint">;
}

export const verdictLooks = {
  incompatible: { mark: "bad", tone: "bad" },
  unreadable: { mark: "bad", tone: "bad" },
  unknown: { mark: "unknown", tone: "caution" },
  compatible: { mark: "good", tone: "good" },
} as const satisfies Record<Verdict, Look>;

export const severityLooks = {
  error: { mark: "bad", tone: "bad" },
  warning: { mark: "warning", tone: "caution" },
  note: { mark: "note", tone: "faint" },
} as const satisfies Record<Severity, Look>;

export const statusLooks = {
  mismatch: { mark: "bad", tone: "bad" },
  unknown: { mark: "unknown", tone: "caution" },
  match: { mark: "good", tone: "good" },
} as const satisfies Record<Check["status"], Look>;

/** The look of a plugin's verdict. */
export function lookOf(plugin: PluginResult): Look {
  return verdictLooks[verdictOf(plugin) ?? "unknown"];
}

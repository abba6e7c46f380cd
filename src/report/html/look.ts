import type { PluginResult, Verdict } from "../../check/model/result.ts";
import type { Severity } from "../../rules/finding.ts";
import { markup, type Html } from "./markup.ts";
import { verdictOf } from "../model/verdict.ts";

/** How grave it looks; the names are classes of the style sheet. */
export type Tone = "good" | "bad" | "unsure" | "faint";

export const verdictLooks = {
  incompatible: { mark: "✗", tone: "bad" },
  unreadable: { mark: "✗", tone: "bad" },
  unknown: { mark: "?", tone: "unsure" },
  compatible: { mark: "✓", tone: "good" },
} as const satisfies Record<Verdict, { readonly mark: string; readonly tone: Tone }>;

export const severityLooks = {
  error: { mark: "✗", tone: "bad" },
  warning: { mark: "!", tone: "unsure" },
  note: { mark: "i", tone: "faint" },
} as const satisfies Record<Severity, { readonly mark: string; readonly tone: Tone }>;

/** A word with its mark; a reader without sight hears the word alone. */
export function badge({ mark, tone }: { readonly mark: string; readonly tone: Tone }, word: string): Html {
  return markup`<span class="badge ${tone}"><span aria-hidden="true">${mark}</span> ${word}</span>`;
}

export function verdictBadge(plugin: PluginResult): Html | undefined {
  const verdict = verdictOf(plugin);
  return verdict === undefined ? undefined : badge(verdictLooks[verdict], verdict);
}

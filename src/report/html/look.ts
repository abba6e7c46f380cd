import type { PluginResult } from "../../check/model/result.ts";
import type { Check } from "../../rules/finding.ts";
import { lookOf, statusLooks, type Look, type Mark } from "../model/look.ts";
import { verdictOf } from "../model/verdict.ts";
import { markup, type Html } from "./markup.ts";

/** The signs of the page. The tones are classes of its style sheet. */
export const marks = {
  good: "✓",
  bad: "✗",
  unknown: "?",
  warning: "!",
  note: "i",
} as const satisfies Record<Mark, string>;

export const statusWords = {
  mismatch: "differs",
  unknown: "unknown",
  match: "matches",
} as const satisfies Record<Check["status"], string>;

/** A word with its sign; a screen reader reads only the word. */
export function badge({ mark, tone }: Look, word: string): Html {
  return markup`<span class="badge ${tone}"><span aria-hidden="true">${marks[mark]}</span> ${word}</span>`;
}

export function verdictBadge(plugin: PluginResult): Html | undefined {
  const verdict = verdictOf(plugin);
  return verdict === undefined ? undefined : badge(lookOf(plugin), verdict);
}

export function statusBadge(status: Check["status"]): Html {
  return badge(statusLooks[status], statusWords[status]);
}

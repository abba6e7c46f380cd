import type { NextStep } from "./next-step.ts";

/**
 * What a loader's message means. `{package}`, `{library}`, `{symbol}`, `{version}`, `{definer}`, `{subject}`,
 * `{needed}`, `{plugin}` and `{host}` stand for what the message, or the person who asks, names.
 */
export interface Meaning {
  /** What it means, in one or two sentences. */
  readonly says: string;
  /** What it comes from, the likeliest first. */
  readonly causes: readonly string[];
  /** What to run or do next, in this order. */
  readonly next: readonly NextStep[];
}

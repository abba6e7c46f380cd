import type { Fix } from "../../language/fix.ts";

/**
 * What a loader's message means. `{package}`, `{library}`, `{symbol}`, `{version}`, `{definer}`, `{subject}`, `{needed}`, `{plugin}`,
 * `{folder}` and `{host}` stand for what the message names, or the person who asks.
 */
export interface Meaning {
  /** What it means, in one or two sentences. */
  readonly says: string;
  /** What can cause it, the likeliest first. */
  readonly causes: readonly string[];
  /** What to run or do next, in this order. */
  readonly next: readonly Fix[];
}

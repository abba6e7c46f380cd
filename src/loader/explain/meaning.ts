import type { Fix } from "../../language/fix.ts";

/**
 * What a loader's message means. `{package}`, `{library}`, `{symbol}`, `{version}`, `{definer}`, `{subject}`, `{needed}`, `{reason}`,
 * `{system}`, `{place}`, `{plugin}`, `{folder}` and `{host}` stand for what the message names, or the person who asks; `{release}` and
 * `{crate}` for what follows from that (named).
 */
export interface Meaning {
  /** What it means, in one or two sentences. */
  readonly says: string;
  /** What can cause it, the likeliest first. */
  readonly causes: readonly string[];
  /** What to run or do next, in this order. */
  readonly next: readonly Fix[];
  /** What follows from a name in the message: the release that a version is of, the crate that a symbol is of. */
  readonly named?: Readonly<Record<string, string>>;
}

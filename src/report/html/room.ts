import type { Html } from "./markup.ts";

/**
 * How much of each part is written, in characters. Together a page has less than 15 MB, which a browser still opens and searches at once:
 * 10,000 plugins have their rows, and as many details as fit.
 */
export const room = {
  fixes: 500_000,
  rows: 10_500_000,
  details: 3_000_000,
} as const;

/** The first of them, as many as fit, but one at least. */
export function fitting<T>(
  items: readonly T[],
  most: number,
  write: (item: T) => Html,
): { readonly written: readonly Html[]; readonly left: number } {
  const written: Html[] = [];
  let length = 0;
  for (const item of items) {
    const text = write(item);
    length += text.html.length;
    if (length > most && written.length > 0) break;
    written.push(text);
  }
  return { written, left: items.length - written.length };
}

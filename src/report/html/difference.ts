import { markup, type Html } from "./markup.ts";

/**
 * Two values, with the words that differ marked in each: `aarch64` and `x86_64` in two targets. If they share neither
 * beginning nor end, nothing is marked, since all of it would be.
 */
export function markedDifference(one: string, other: string): readonly [Html, Html] {
  const [ones, others] = [wordsOf(one), wordsOf(other)];
  const most = Math.min(ones.length, others.length);
  let start = 0;
  while (start < most && ones[start] === others[start]) start += 1;
  let end = 0;
  while (end < most - start && ones.at(-1 - end) === others.at(-1 - end)) end += 1;
  if (start + end === 0 || one === other) return [markup`${one}`, markup`${other}`];
  return [marked(ones, start, end), marked(others, start, end)];
}

/** The words and what is between them: the whole text. */
function wordsOf(text: string): readonly string[] {
  return text.match(/\w+|[^\w]/gu) ?? [];
}

function marked(words: readonly string[], start: number, end: number): Html {
  const part = (from: number, to: number): string => words.slice(from, to).join("");
  const middle = part(start, words.length - end);
  return markup`${part(0, start)}${middle === "" ? "" : markup`<mark>${middle}</mark>`}${part(words.length - end, words.length)}`;
}

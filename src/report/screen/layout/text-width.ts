import { longestValue } from "../../model/shown.ts";

/** How many terminal columns a text takes, if it contains no escape sequences and no line breaks. */
export type Measure = (text: string) => number;

/**
 * Certainly one column per UTF-16 unit: ASCII, Latin letters, punctuation (dashes, ellipsis, bullets), ≤ ≥ ≠, and the
 * two marks ✓ ✗. Not U+00AD, and nothing that combines.
 */
const ONE_COLUMN_EACH =
  /^[\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2260-\u2265\u2713\u2717]*$/u;

/**
 * Renders with the right way to measure. string-width takes longer to load than a table takes to print, so it is loaded
 * only once a text turns up whose width cannot be told from its length (CJK, combining marks, emoji).
 */
export async function withMeasure(render: (measure: Measure) => string): Promise<string> {
  let unmeasured = 0;
  const text = render((part) => {
    if (!ONE_COLUMN_EACH.test(part)) unmeasured += 1;
    return part.length;
  });
  if (unmeasured === 0) return text;
  const { default: stringWidth } = await import("string-width");
  return render((part) => (ONE_COLUMN_EACH.test(part) ? part.length : stringWidth(part)));
}

/** The text with spaces after it, up to `width` columns. */
export function padded(text: string, width: number, measure: Measure): string {
  return text + " ".repeat(Math.max(0, width - measure(text)));
}

/** The start of the text, with `mark` where the rest was cut off, if it takes more than `width` columns. */
export function cutTo(text: string, width: number, mark: string, measure: Measure): string {
  if (text.length <= width && measure(text) <= width) return text;
  const room = width - measure(mark);
  let kept = "";
  let columns = 0;
  // Only as much is measured as decides: the text can have megabytes.
  for (const { segment } of graphemes.segment(text)) {
    columns += measure(segment);
    if (columns > width) return kept.trimEnd() + mark;
    if (columns <= room) kept += segment;
  }
  return text;
}

/** No letter takes more than two columns. */
const perhapsTooLong = new RegExp(`\\S{${longestValue / 2 + 1},}`, "gu");

/** The text with every word cut to `longestValue`: a sentence that quotes a value. */
export function withShortWords(text: string, mark: string, measure: Measure): string {
  return text.replace(perhapsTooLong, (word) => cutTo(word, longestValue, mark, measure));
}

/** After these a long word may be broken: paths, triples, JSON pointers, module paths. */
const BREAKABLE = /[/\-_.,:;=#@]/u;

/**
 * The text in lines of at most `width` columns, broken at spaces, and inside a word only if the word itself
 * is too long. Only the spaces at the breaks are lost. null means no limit.
 */
export function wrapped(text: string, width: number | null, measure: Measure): readonly string[] {
  if (width === null || measure(text) <= width) return [text];
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (measure(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    const pieces = chopped(word, width, measure);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? "";
  }
  lines.push(line);
  return lines;
}

/** What a reader sees as one character is never split (Unicode, UAX #29). */
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

function chopped(word: string, width: number, measure: Measure): readonly string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const { segment } of graphemes.segment(word)) {
    if (piece !== "" && measure(piece) + measure(segment) > width) {
      const [kept, rest] = atPunctuation(piece);
      pieces.push(kept);
      piece = rest;
    }
    piece += segment;
  }
  pieces.push(piece);
  return pieces;
}

/** Breaks in the last third, if there is a good place for it, else at the end. */
function atPunctuation(piece: string): readonly [string, string] {
  for (let at = piece.length - 1; at > piece.length / 2; at--) {
    if (BREAKABLE.test(piece[at] ?? "")) return [piece.slice(0, at + 1), piece.slice(at + 1)];
  }
  return [piece, ""];
}

import type { Style } from "./style.ts";
import { longestText, longestValue } from "../../model/shown.ts";
import { cutTo, withShortWords, wrapped } from "./text-width.ts";

/** The width of a label's column, such as `cause`, in columns of the screen. */
export const labelWidth = 8;

/** A sentence, with the values that it quotes cut to what a screen has room for. */
export function bounded(text: string, { measure, marks }: Style): string {
  return cutTo(withShortWords(text, marks.cut, measure), longestText, marks.cut, measure);
}

/** Text under a heading, broken at the screen's edge. */
export function paragraph(text: string, indent: number, style: Style): readonly string[] {
  const room = style.width === null ? null : style.width - indent;
  return wrapped(bounded(text, style), room, style.measure).map((line) => " ".repeat(indent) + line);
}

/** One value from outside, such as a path, where it is neither in a table nor in a sentence. @param raw not yet safe to show. */
export function value(raw: string, style: Style): string {
  return cutTo(style.text(raw), longestValue, style.marks.cut, style.measure);
}

/** What a line is about, and facts about it; several lists of facts are one above the other. Not yet safe to show. */
interface Heading {
  readonly label?: string;
  readonly name: string;
  /** The widest name of several headings one above the other, in columns. */
  readonly nameWidth?: number;
  /** Whether the facts are in lines of their own even if there is room, as those of the headings beside it are. */
  readonly isStacked?: boolean;
  readonly facts: readonly (readonly string[])[];
}

/** `label  name   fact · fact` if there is room, else the facts in lines of their own under the name. */
export function heading(
  { label = "", name, nameWidth = 0, isStacked = false, facts }: Heading,
  style: Style,
): readonly string[] {
  const { width, measure, marks, paint } = style;
  const shown = value(name, style);
  const head = label + paint.strong(shown);
  const lists = facts.map((list) => list.map((fact) => value(fact, style)));
  const lines = lists.map((list) => list.join(marks.dot));
  const column = measure(label) + Math.max(measure(shown), nameWidth) + 3;
  if (!isStacked && (width === null || lines.every((line) => column + measure(line) <= width))) {
    const gap = " ".repeat(column - measure(label + shown));
    return lines.map((line, at) => (at === 0 ? head + gap + line : " ".repeat(column) + line));
  }
  const indent = Math.max(2, label.length) + (isStacked ? 2 : 0);
  return [head, ...lists.flatMap((list) => dotted(list, indent, style))];
}

/** Words with dots between them, as many to a line as fit. */
function dotted(words: readonly string[], indent: number, style: Style): readonly string[] {
  const { width, measure, marks } = style;
  const room = (width ?? Infinity) - indent;
  const lines: string[] = [];
  for (const word of words) {
    const line = lines.at(-1);
    const longer = line === undefined ? word : line + marks.dot + word;
    if (line !== undefined && measure(longer) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.flatMap((line) => paragraph(line, indent, style));
}

/** `label   text`, with further lines under the text; nothing if there is no text. */
export function labelled(
  label: string,
  text: string | undefined,
  indent: number,
  style: Style,
): readonly string[] {
  if (text === undefined) return [];
  const lines = paragraph(style.text(text), indent + labelWidth, style);
  return lines.map((line, at) =>
    at === 0
      ? " ".repeat(indent) + style.paint.faint(label.padEnd(labelWidth)) + line.slice(indent + labelWidth)
      : line,
  );
}

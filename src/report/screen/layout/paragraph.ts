import type { Style } from "./style.ts";
import { wrapped } from "./text-width.ts";

/** The width of a label's column, such as `cause`, in columns of the screen. */
export const labelWidth = 8;

/** Text under a heading, broken at the screen's edge. */
export function paragraph(text: string, indent: number, style: Style): readonly string[] {
  const room = style.width === null ? null : style.width - indent;
  return wrapped(text, room, style.measure).map((line) => " ".repeat(indent) + line);
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

import type { Side } from "../../../rules/finding.ts";
import { labelWidth } from "../layout/paragraph.ts";
import type { Style } from "../layout/style.ts";
import { padded, wrapped } from "../layout/text-width.ts";

/** A value, whose it is, and where it was read. */
export interface NamedSide extends Side {
  readonly name: string;
}

/** One side above the other, with their values aligned; where each was read follows it, or is under it if there is no room. */
export function sideLines(all: readonly NamedSide[], indent: number, style: Style): readonly string[] {
  const sides = all.map(({ name, value, from }) => ({
    name,
    value: style.text(value),
    from: style.text(from),
  }));
  const width = Math.max(0, ...sides.map(({ value }) => style.measure(value)));
  const room = style.width === null ? Infinity : style.width - indent - labelWidth;
  return sides.flatMap(({ name, value, from }) => {
    const start = " ".repeat(indent) + style.paint.faint(name.padEnd(labelWidth));
    if (width + 2 + style.measure(from) <= room) {
      return [`${start}${padded(value, width, style.measure)}  ${style.paint.faint(from)}`];
    }
    const under = " ".repeat(indent + labelWidth);
    return [
      ...wrapped(value, room, style.measure).map((line, at) => (at === 0 ? start : under) + line),
      ...wrapped(from, room, style.measure).map((line) => under + style.paint.faint(line)),
    ];
  });
}

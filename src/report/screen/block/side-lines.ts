import type { Side } from "../../../rules/finding.ts";
import { labelWidth, value } from "../layout/paragraph.ts";
import type { Style } from "../layout/style.ts";
import { padded, wrapped } from "../layout/text-width.ts";

/** A value, whose it is, and where it was read. */
export interface NamedSide extends Side {
  readonly name: string;
}

/** One side above the other, with their values aligned; where each was read follows it, or is under it if there is no room. */
export function sideLines(all: readonly NamedSide[], indent: number, style: Style): readonly string[] {
  const sides = all.map((side) => ({
    name: side.name,
    value: value(side.value, style),
    from: value(side.from, style),
  }));
  const width = Math.max(0, ...sides.map((side) => style.measure(side.value)));
  const room = style.width === null ? Infinity : style.width - indent - labelWidth;
  return sides.flatMap(({ name, value: shown, from }) => {
    const start = " ".repeat(indent) + style.paint.faint(name.padEnd(labelWidth));
    if (width + 2 + style.measure(from) <= room) {
      return [`${start}${padded(shown, width, style.measure)}  ${style.paint.faint(from)}`];
    }
    const under = " ".repeat(indent + labelWidth);
    return [
      ...wrapped(shown, room, style.measure).map((line, at) => (at === 0 ? start : under) + line),
      ...wrapped(from, room, style.measure).map((line) => under + style.paint.faint(line)),
    ];
  });
}

import fc from "fast-check";

/**
 * Any code point, half of a surrogate pair too. What fast-check has of its own for that (`unit: "binary"`) first makes a table of all
 * million of them, which takes seconds.
 */
export const anyCharacter = fc.nat({ max: 0x10ffff }).map(String.fromCodePoint, (text) => {
  const point = typeof text === "string" ? text.codePointAt(0) : undefined;
  if (point === undefined || text !== String.fromCodePoint(point)) throw new Error("not one character");
  return point;
});

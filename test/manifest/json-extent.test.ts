import { describe, expect, it } from "vitest";
import { scanJson, skipPadding, type JsonExtent } from "../../src/manifest/json-extent.ts";

function scan(text: string, from?: number): JsonExtent {
  return scanJson(Buffer.from(text, "latin1"), from);
}

const whole = (start: number, end: number, depth: number, members: number): JsonExtent => ({
  start,
  end,
  complete: true,
  depth,
  members,
});

describe("the extent of a JSON value", () => {
  it.each([
    ["{}", whole(0, 2, 1, 0)],
    ["[]", whole(0, 2, 1, 0)],
    [" \t\r\n\0{} ", whole(5, 7, 1, 0)],
    ['{"a":1}{"b":2}', whole(0, 7, 1, 1)],
    ["[][]", whole(0, 2, 1, 0)],
    ['{"a":[{"b":1,"c":2}],"d":{}}', whole(0, 28, 3, 4)],
    ["[[],[[]],[]]", whole(0, 12, 3, 0)],
    ['{"}]{:\\"":"\\\\"}x', whole(0, 15, 1, 1)],
    ['{"a\\\\":1}"', whole(0, 9, 1, 1)],
    ['{"":"\\"]"}', whole(0, 10, 1, 1)],
    ["12", whole(0, 2, 0, 0)],
    ["12\0\0", whole(0, 2, 0, 0)],
    ['"a"', whole(0, 3, 0, 0)],
    ['"a\0b"', whole(0, 5, 0, 0)],
    ["{\0}", whole(0, 3, 1, 0)],
    ["}{", whole(0, 1, 0, 0)],
  ] as const)("of %j is found by its brackets and strings", (text, extent) => {
    expect(scan(text)).toEqual(extent);
  });

  it.each([
    ["", { start: 0, end: 0, depth: 0, members: 0 }],
    [" \0", { start: 2, end: 2, depth: 0, members: 0 }],
    ['{"a":[', { start: 0, end: 6, depth: 2, members: 1 }],
    ["{[}", { start: 0, end: 3, depth: 2, members: 0 }],
    ['"a', { start: 0, end: 2, depth: 0, members: 0 }],
    ['"a\\"', { start: 0, end: 4, depth: 0, members: 0 }],
    ['{"a', { start: 0, end: 3, depth: 1, members: 0 }],
  ] as const)("of %j does not end in it", (text, extent) => {
    expect(scan(text)).toEqual({ ...extent, complete: false });
  });

  it("begins where it is looked for", () => {
    expect(scan('{"a":1} [2]', 7)).toEqual(whole(8, 11, 1, 0));
    expect(scan("[1]", 3)).toMatchObject({ start: 3, end: 3, complete: false });
  });

  it("ends before the quote of a string only if it is not escaped", () => {
    for (let count = 0; count < 6; count += 1) {
      const text = `["${"\\".repeat(count)}"]`;
      expect(scan(text).complete, text).toBe(count % 2 === 0);
    }
  });
});

describe("padding", () => {
  it.each([
    ["\0 \t\n\rx", 0, 5],
    ["x", 0, 0],
    ["  ", 0, 2],
    ["x  x", 1, 3],
    ["\v", 0, 0],
    ["\x01", 0, 0],
  ])("of %j from %i on ends at %i", (text, from, end) => {
    expect(skipPadding(Buffer.from(text, "latin1"), from)).toBe(end);
  });
});

import { describe, expect, it } from "vitest";
import { padded, withMeasure, wrapped } from "../../src/report/screen/layout/text-width.ts";

async function widthOf(text: string): Promise<number> {
  let width = 0;
  await withMeasure((measure) => {
    width = measure(text);
    return text;
  });
  return width;
}

describe("the width of a text", () => {
  it.each([
    ["kafka.so", 8],
    ["✓ – · …", 7],
    ["日本語", 6],
    ["e\u0301", 1],
    ["👩🏽‍🚀", 2],
  ])("%s takes %i columns", async (text, width) => {
    expect(await widthOf(text)).toBe(width);
  });
});

describe("wrapping", () => {
  const length = (text: string): number => text.length;

  it("breaks at spaces", () => {
    expect(wrapped("the quick brown fox", 10, length)).toEqual(["the quick", "brown fox"]);
  });

  it("breaks a long word after punctuation near the edge", () => {
    expect(wrapped("go.opentelemetry.io/collector/pdata", 20, length)).toEqual([
      "go.opentelemetry.io/",
      "collector/pdata",
    ]);
  });

  it("breaks a long word anywhere where there is no punctuation", () => {
    expect(wrapped("a".repeat(25), 10, length)).toEqual(["a".repeat(10), "a".repeat(10), "a".repeat(5)]);
  });

  it("never tears a letter from its marks", () => {
    const pieces = wrapped("e\u0301".repeat(6), 3, (text) => text.replaceAll("\u0301", "").length);
    expect(pieces).toEqual(["e\u0301".repeat(3), "e\u0301".repeat(3)]);
  });

  it("does nothing without a limit", () => {
    expect(wrapped("the quick brown fox", null, length)).toEqual(["the quick brown fox"]);
  });

  it("loses nothing but the spaces at the breaks", () => {
    const text = "a-very-long-word-that-must-be-broken and some /short/ones in 1234567890123456789012345";
    for (let width = 1; width < 30; width++) {
      expect(wrapped(text, width, length).join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
    }
  });
});

describe("padding", () => {
  it("fills up to the width and never cuts", () => {
    const length = (text: string): number => text.length;
    expect(padded("ab", 4, length)).toBe("ab  ");
    expect(padded("abcdef", 4, length)).toBe("abcdef");
  });
});

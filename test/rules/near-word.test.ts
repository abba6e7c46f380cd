import { describe, expect, it } from "vitest";
import { nearWord } from "../../src/rules/near-word.ts";

const one = (): number => 1;

describe("a near word", () => {
  it.each([
    ["two letters are swapped", "lsit", "list"],
    ["a letter is missing", "lst", "list"],
    ["a letter is surplus", "listt", "list"],
    ["a letter is wrong", "lisd", "list"],
    ["nothing is wrong", "list", "list"],
  ])("is one slip away at most if %s", (_, word, meant) => {
    expect(nearWord(word, ["lock", "list", "diff"], one)).toBe(meant);
  });

  it("is the one with the fewest slips, and of two the first", () => {
    expect(nearWord("hots", ["hats", "host", "hotels"])).toBe("hats");
    expect(nearWord("hots", ["hotels", "host"])).toBe("host");
  });

  it("lacks letters at its start, too", () => {
    expect(nearWord("f", ["if"], one)).toBe("if");
  });

  it("has no two letters swapped if only one of them is there", () => {
    expect(nearWord("ab", ["bc"], one)).toBeUndefined();
    expect(nearWord("ab", ["ca"], one)).toBeUndefined();
    expect(nearWord("ab", ["ba"], one)).toBe("ba");
  });

  it("is not one with more slips", () => {
    expect(nearWord("frobnicate", ["list"])).toBeUndefined();
    expect(nearWord("tsil", ["list"], one)).toBeUndefined();
    expect(nearWord("", ["list"])).toBeUndefined();
    expect(nearWord("list", [])).toBeUndefined();
  });

  it("is found at once for a word of any length", () => {
    expect(nearWord("a".repeat(1_000_000), ["list", "a".repeat(10)])).toBeUndefined();
  });
});

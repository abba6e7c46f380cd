import { describe, expect, it } from "vitest";
import { longestText, longestValue, shown } from "../../src/report/model/shown.ts";

describe("a text that is shown", () => {
  it("is whole if it is no longer than honest ones are", () => {
    const text = `${"w".repeat(longestValue)} and ${"other words ".repeat(100)}`;
    expect(shown(text)).toBe(text);
  });

  it("has its long words cut", () => {
    expect(shown(`a ${"w".repeat(100_000)} b`)).toBe(`a ${"w".repeat(longestValue - 1)}…`);
    expect(shown(`a ${"w".repeat(1000)} b`)).toBe(`a ${"w".repeat(longestValue - 1)}… b`);
  });

  it("is cut itself", () => {
    const text = shown("a word ".repeat(100_000));
    expect([text.length, text.at(-1)]).toEqual([longestText, "…"]);
  });

  it("is cut after it is spelled out, and never inside a letter", () => {
    expect(shown("\u202e".repeat(10_000)).length).toBe(longestValue);
    expect(shown("😀".repeat(10_000))).not.toMatch(/\p{Cs}/u);
    expect(shown(`x${"😀".repeat(10_000)}`)).not.toMatch(/\p{Cs}/u);
  });
});

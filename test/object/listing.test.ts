import { describe, expect, it } from "vitest";
import { listingOf, LongListing, mapped } from "../../src/object/listing.ts";
import { jsonPieces, jsonText } from "../../src/report/model/document.ts";

function* numbers(count: number): Generator<number, void, undefined> {
  for (let number = 0; number < count; number++) yield number;
}

const most = 65_536;

describe("a listing", () => {
  it("is an array of what is few", () => {
    expect(listingOf(() => numbers(3))).toEqual([0, 1, 2]);
    expect(Array.isArray(listingOf(() => numbers(most)))).toBe(true);
    expect(mapped([1, 2], String)).toEqual(["1", "2"]);
  });

  it("makes many again each time", () => {
    const list = listingOf(() => numbers(most + 1));
    expect(list).toBeInstanceOf(LongListing);
    expect(list).toHaveLength(most + 1);
    const texts = mapped(list, String);
    expect(texts).toHaveLength(most + 1);
    expect([...texts].at(-1)).toBe(String(most));
    expect([...texts]).toEqual([...texts]);
  });

  it("throws in the pass that counts", () => {
    const broken = (): Iterable<number> =>
      (function* () {
        yield* numbers(most + 1);
        throw new Error("the last one is broken");
      })();
    expect(() => listingOf(broken)).toThrow("the last one is broken");
  });

  it("is an array in JSON, in one piece and in many", () => {
    const many = listingOf(() => numbers(most + 1));
    const array = [...many];
    expect(jsonText({ many })).toBe(jsonText({ many: array }));
    expect([...jsonPieces({ many })].join("")).toBe(jsonText({ many: array }));
  });
});

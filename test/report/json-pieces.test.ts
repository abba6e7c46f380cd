import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { jsonPieces, jsonText } from "../../src/report/model/document.ts";

describe("a document in pieces", () => {
  it("is the same text as in one", () => {
    const json = fc.jsonValue({ maxDepth: 4 });
    const long = fc.array(json, { minLength: 60, maxLength: 70 });
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.oneof(json, long, fc.record({ one: long, other: json }))),
        (document) => {
          expect([...jsonPieces(document)].join("")).toBe(jsonText(document));
        },
      ),
      { numRuns: 200 },
    );
  });

  it("leaves out what is undefined", () => {
    const document = {
      one: undefined,
      list: Array.from({ length: 100 }, () => ({ two: undefined, three: 3 })),
    };
    expect([...jsonPieces(document)].join("")).toBe(jsonText(document));
    expect([...jsonPieces({ one: undefined })].join("")).toBe("{}\n");
  });

  it("has no piece with more than one entry of a long list", () => {
    const document = {
      plugins: Array.from({ length: 1000 }, (_, index) => ({ name: `${index} ${"x".repeat(100)}` })),
    };
    expect(Math.max(...[...jsonPieces(document)].map(({ length }) => length))).toBeLessThan(250);
  });
});

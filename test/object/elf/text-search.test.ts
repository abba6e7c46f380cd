import { describe, expect, it, test } from "vitest";
import fc from "fast-check";
import { TextSearch, textSearch } from "../../../src/object/elf/text-search.ts";

const texts = ["otel_plugin_manifest", "OTEL_PLUGIN_MANIFEST", ".PluginManifest"];

describe("a search for several texts", () => {
  test("finds each at every place in a table, also at its ends", () => {
    const search = new TextSearch(texts);
    for (const text of texts) {
      for (let before = 0; before < 200; before++) {
        const bytes = Buffer.from("\0runtime.main".repeat(20).slice(0, before) + text);
        expect(search.find(bytes)).toEqual({ at: before, text: Buffer.from(text) });
        expect(search.isIn(bytes)).toBe(true);
        expect(search.isIn(Buffer.concat([bytes, Buffer.alloc(before)]))).toBe(true);
        expect(search.isIn(bytes.subarray(0, -1))).toBe(false);
      }
    }
  });

  it("finds what indexOf finds, in bytes of few values", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 12 });
    const bytes = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 400 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), bytes, fc.nat(20), (wanted, all, from) => {
        const search = new TextSearch(wanted);
        const places = wanted.map((each) => all.indexOf(each, from)).filter((at) => at !== -1);
        const first = places.length === 0 ? undefined : Math.min(...places);
        expect(search.find(Buffer.from(all), from)?.at).toBe(first);
        expect(search.isIn(Buffer.from(all))).toBe(wanted.some((each) => all.includes(each)));
      }),
      { numRuns: 2000 },
    );
  });

  it("finds nothing if there is nothing to find", () => {
    expect(new TextSearch([]).find(Buffer.from("text"))).toBeUndefined();
    expect(new TextSearch([]).isIn(Buffer.alloc(1000))).toBe(false);
    expect(new TextSearch(texts).isIn(Buffer.alloc(0))).toBe(false);
  });

  it("knows texts longer than a step", () => {
    const long = "x".repeat(1000);
    const search = new TextSearch([long]);
    expect(search.isIn(Buffer.from(`\0${"x".repeat(999)}\0`))).toBe(false);
    expect(search.find(Buffer.from(`\0${"x".repeat(999)}\0${long}`))?.at).toBe(1001);
  });

  it("is made once for the same texts", () => {
    expect(textSearch(texts)).toBe(textSearch([...texts]));
    expect(textSearch(["a", "b"])).not.toBe(textSearch(["a,b"]));
  });
});

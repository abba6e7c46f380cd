import { describe, expect, it, test } from "vitest";
import type { MachoSpec } from "../../support/macho-builder.ts";
import { formatErrorOf, open, openChanged } from "../../support/macho-open.ts";

const spec: MachoSpec = {
  segments: [
    { name: "__TEXT", sections: [{ name: "__text", bytes: "code", flags: 0x80000400 }] },
    {
      name: "__DATA",
      sections: [
        { name: "__data", bytes: "12345678" },
        { name: "__thread_vars", bytes: Buffer.alloc(24), flags: 0x13 },
      ],
    },
  ],
  symbols: [
    { name: "_local", at: "__TEXT,__text", type: 0x0e },
    { name: "/tmp/a.o", type: 0x66, value: 1 },
    { name: "_hidden", at: "__DATA,__data", type: 0x1e },
    { name: "_function", at: "__TEXT,__text" },
    { name: "_weak", at: ["__DATA,__data", 4], description: 0x80 },
    { name: "_thread", at: "__DATA,__thread_vars" },
    { name: "_absolute", type: 0x03, value: 42 },
    { name: "_alias", type: 0x0b, value: 3 },
    { name: "_needed", description: 0x0100 },
    { name: "_optional", description: 0x0240 },
  ],
};

describe("the symbol table", () => {
  test.each([
    [32, "little"],
    [64, "little"],
    [32, "big"],
    [64, "big"],
  ] as const)("is read in %i bits, %s-endian, without debuggers' notes", (bits, endian) => {
    const file = open({ ...spec, bits, endian });
    const [text = 0n, data = 0n, thread = 0n] = file.sections.map(({ address }) => address);
    const found = file.staticSymbols.map((one) => [
      one.name,
      one.address,
      one.binding,
      one.type,
      one.defined,
    ]);
    expect(found).toEqual([
      ["_local", text, "local", "function", true],
      ["_hidden", data, "local", "object", true],
      ["_function", text, "global", "function", true],
      ["_weak", data + 4n, "weak", "object", true],
      ["_thread", thread, "global", "tls", true],
      ["_absolute", 42n, "global", "none", true],
      ["_alias", 3n, "global", "other", true],
      ["_needed", 0n, "global", "none", false],
      ["_optional", 0n, "weak", "none", false],
    ]);
  });

  it("tells absolute values from addresses, and records no sizes", () => {
    const found = open(spec).staticSymbols.find(({ name }) => name === "_absolute");
    expect(found).toMatchObject({ absolute: true, size: undefined });
  });

  it("keeps a private external to the image, even where it is marked external too", () => {
    const file = open({ ...spec, symbols: [{ name: "_private", at: "__DATA,__data", type: 0x1f }] });
    expect(file.staticSymbols).toMatchObject([{ name: "_private", binding: "local", defined: true }]);
    expect(file.dynamicSymbols).toEqual([]);
  });

  it("stands in for a missing export trie: external definitions, then imports", () => {
    const file = open(spec);
    expect(file.exports).toEqual([]);
    expect(file.dynamicSymbols.map(({ name }) => name)).toEqual([
      "_function",
      "_weak",
      "_thread",
      "_absolute",
      "_alias",
      "_needed",
      "_optional",
    ]);
    expect(file.findDynamicSymbol("_function")).toEqual(file.dynamicSymbols[0]);
  });

  test.each(["_local", "_hidden", "_needed", "_func", "unction", ""])(
    "has no dynamic definition of %j",
    (name) => {
      expect(open(spec).findDynamicSymbol(name)).toBeUndefined();
    },
  );

  it("comes after the export trie with its imports alone", () => {
    const file = open({ ...spec, exports: [{ name: "_from_trie", at: "__DATA,__data" }] });
    expect(file.dynamicSymbols.map(({ name }) => name)).toEqual(["_from_trie", "_needed", "_optional"]);
  });

  it("is empty where there is none", () => {
    const file = open({});
    expect([file.staticSymbols, file.dynamicSymbols]).toEqual([[], []]);
    expect(file.staticStringsContain("a")).toBe(false);
  });

  it("is searched for text without decoding names", () => {
    const file = open(spec);
    expect(file.staticStringsContain("hidd")).toBe(true);
    expect(file.staticStringsContain("not there")).toBe(false);
  });

  it("finds text that lies across two chunks of its strings", () => {
    const name = `${"a".repeat(1024 * 1024 - 4)}needle`;
    const file = open({ symbols: [{ name }] });
    expect(file.staticStringsContain("needle")).toBe(true);
    expect(file.staticStringsContain("needles")).toBe(false);
  });

  it("says of its imports, not of its local names, that they are dynamic", () => {
    const file = open(spec);
    expect(file.dynamicStringsContain("needed")).toBe(true);
    expect(file.dynamicStringsContain("unctio")).toBe(true);
    expect(file.dynamicStringsContain("local")).toBe(false);
  });

  test.each([0x1000, 0xffffffff])(
    "with more entries than the file has room for, %i, opens, and is an error then",
    (count) => {
      const file = openChanged(spec, (bytes, built) => bytes.writeUInt32LE(count, built.commandAt(0x2) + 12));
      expect(formatErrorOf(() => file.staticSymbols).what).toMatch(/^symbol table/);
      expect(formatErrorOf(() => file.findDynamicSymbol("_function")).what).toMatch(/^symbol table/);
      expect(file.sections).toHaveLength(3);
    },
  );

  it("with strings outside the file is an error", () => {
    const file = openChanged(spec, (bytes, built) =>
      bytes.writeUInt32LE(0x7fffffff, built.commandAt(0x2) + 16),
    );
    expect(formatErrorOf(() => file.staticSymbols).what).toMatch(/^string table/);
    formatErrorOf(() => file.staticStringsContain("a"));
  });

  it("with a name outside its strings is an error", () => {
    const file = openChanged(spec, (bytes, built) => bytes.writeUInt32LE(0x1000, built.tableAt("symbols")));
    expect(formatErrorOf(() => file.staticSymbols)).toMatchObject({
      what: "string table: name of symbol 0 is outside",
      found: 0x1000,
    });
  });

  it("with a name that has no end is an error", () => {
    const file = open({ symbols: [{ name: "_a" }], raw: { strings: Buffer.from(" \0_a") } });
    expect(formatErrorOf(() => file.staticSymbols).what).toBe("string table: name has no end");
  });

  it("whose names all overlap is an error, not a memory hog", () => {
    const length = 256 * 1024;
    const symbols = Array.from({ length: 4000 }, () => ({ name: "" }));
    const strings = Buffer.concat([Buffer.from(" \0"), Buffer.alloc(length, "a"), Buffer.alloc(1)]);
    const file = openChanged({ symbols, raw: { strings } }, (bytes, built) => {
      for (let index = 0; index < symbols.length; index++) {
        bytes.writeUInt32LE(2 + index, built.tableAt("symbols") + 16 * index);
      }
    });
    expect(formatErrorOf(() => file.staticSymbols).what).toBe("string table: names overlap without end");
  });
});

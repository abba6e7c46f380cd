import { describe, expect, it, test } from "vitest";
import type { MachoSpec } from "../../support/macho-builder.ts";
import { formatErrorOf, open } from "../../support/macho-open.ts";
import { cString, uleb } from "../../support/macho-writer.ts";

const segments = [
  { name: "__TEXT", sections: [{ name: "__text", bytes: "code", flags: 0x80000400 }] },
  { name: "__DATA", sections: [{ name: "__data", bytes: "12345678" }] },
] satisfies MachoSpec["segments"];

const spec: MachoSpec = {
  base: 0x100000000n,
  segments,
  exports: [
    { name: "_otel_plugin_manifest", at: "__DATA,__data" },
    { name: "_otel_plugin_create", at: "__TEXT,__text" },
    { name: "_otel", at: ["__DATA,__data", 4], flags: 0x4 },
    { name: "_thread", at: "__DATA,__data", flags: 0x1 },
    { name: "_absolute", value: 42, flags: 0x2 },
    { name: "_renamed", value: 2, flags: 0x8, importName: "_original" },
    { name: "_same", value: 1, flags: 0x8, importName: "" },
    { name: "_resolved", value: 0x10, flags: 0x10, other: 0x20 },
    { name: "_variant", value: 0x30, flags: 0x20, other: 3 },
  ],
};

/** A trie as bytes; `open` never reads it, its members do. */
function openTrie(trie: Buffer) {
  return open({ segments, raw: { trie } });
}

describe.each(["trie", "dyld-info"] as const)("an export trie in %s", (exportsIn) => {
  const file = open({ ...spec, exportsIn });
  const base = 0x100000000n;

  it("lists every kind of export", () => {
    const data = file.sections[1]?.address;
    const byName = new Map(file.exports.map((one) => [one.name, one]));
    expect(byName.get("_otel_plugin_manifest")).toMatchObject({
      kind: "address",
      address: data,
      weak: false,
    });
    expect(byName.get("_otel")).toMatchObject({ kind: "address", weak: true, flags: 4 });
    expect(byName.get("_thread")).toMatchObject({ kind: "thread-local", address: data });
    expect(byName.get("_absolute")).toMatchObject({ kind: "absolute", value: 42n });
    expect(byName.get("_renamed")).toMatchObject({ kind: "re-export", ordinal: 2, importName: "_original" });
    expect(byName.get("_same")).toMatchObject({ kind: "re-export", ordinal: 1, importName: "_same" });
    expect(byName.get("_resolved")).toMatchObject({
      kind: "resolver",
      address: base + 0x10n,
      resolver: base + 0x20n,
    });
    expect(byName.get("_variant")).toMatchObject({
      kind: "function-variant",
      address: base + 0x30n,
      table: 3,
    });
    expect(file.exports).toHaveLength(9);
  });

  it("makes them symbols, by the section they lie in", () => {
    const found = file.dynamicSymbols.map(({ name, type, binding, defined }) => [
      name,
      type,
      binding,
      defined,
    ]);
    expect(found).toEqual([
      ["_otel", "object", "weak", true],
      ["_otel_plugin_manifest", "object", "global", true],
      ["_otel_plugin_create", "function", "global", true],
      ["_thread", "tls", "global", true],
      ["_absolute", "none", "global", true],
      ["_renamed", "none", "global", false],
      ["_resolved", "ifunc", "global", true],
      ["_same", "none", "global", false],
      ["_variant", "ifunc", "global", true],
    ]);
  });

  test.each(["_otel", "_otel_plugin_manifest", "_otel_plugin_create", "_thread", "_absolute"])(
    "finds %s",
    (name) => {
      const symbol = file.dynamicSymbols.find((one) => one.name === name);
      expect(symbol).toBeDefined();
      expect(file.findDynamicSymbol(name)).toEqual(symbol);
    },
  );

  test.each(["", "_", "_otel_", "_otel_plugin_manifest2", "_nothing"])("does not find %j", (name) => {
    expect(file.findDynamicSymbol(name)).toBeUndefined();
  });

  test.each(["_renamed", "_same"])("does not take %s for a definition: another library has it", (name) => {
    expect(file.findDynamicSymbol(name)).toBeUndefined();
  });

  it("finds text that its edges cut apart", () => {
    for (const text of ["_otel_plugin_m", "plugin", "l_plugin_create", "_absolute", "e"]) {
      expect(file.dynamicStringsContain(text)).toBe(true);
    }
    for (const text of ["plugins", "manifest_", "_otel_plugin_manifest2"]) {
      expect(file.dynamicStringsContain(text)).toBe(false);
    }
  });
});

describe("an export trie", () => {
  it("keeps characters whole that an edge cuts in two", () => {
    // "é" is c3 a9, "è" is c3 a8: they part after their first byte.
    const file = openTrie(trieOf("_a", "é", "è"));
    expect(file.exports.map(({ name }) => name)).toEqual(["_aé", "_aè"]);
    expect(file.findDynamicSymbol("_aè")).toBeDefined();
    expect(file.dynamicStringsContain("aè")).toBe(true);
  });

  it("with tens of thousands of names needs no stack and little time", () => {
    const exports = Array.from({ length: 20_000 }, (_, index) => ({
      name: `_${"x".repeat(index % 50)}${index}`,
      value: index,
    }));
    const file = open({ exports });
    const started = performance.now();
    expect(file.exports).toHaveLength(20_000);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it("may be a chain of a hundred thousand nodes", () => {
    const trie = chain(100_000);
    const file = openTrie(trie);
    expect(formatErrorOf(() => file.exports).what).toBe("export trie: names overlap without end");
    expect(file.dynamicStringsContain("b")).toBe(false);
    expect(file.findDynamicSymbol("a")).toMatchObject({ name: "a" });
  });

  it("with a cycle is an error", () => {
    const trie = Buffer.from([0, 1, 0x61, 0, 0]);
    const file = openTrie(trie);
    expect(formatErrorOf(() => file.exports).what).toBe("export trie: node is reached twice");
    expect(formatErrorOf(() => file.findDynamicSymbol("aaaa")).what).toBe(
      "export trie: node is reached twice",
    );
    expect(formatErrorOf(() => file.dynamicStringsContain("b")).what).toBe(
      "export trie: node is reached twice",
    );
  });

  it("with a cycle of empty edges is an error", () => {
    formatErrorOf(() => openTrie(Buffer.from([0, 1, 0, 0])).findDynamicSymbol("a"));
  });

  it("that shares nodes, and so spells names without end, is an error", () => {
    // Fifteen levels, each reached by two edges: 32768 names in 124 bytes.
    const levels = Array.from({ length: 15 }, (_, level) => {
      const next = (level + 1) * 8;
      return Buffer.from([0, 2, 0x61, 0, next, 0x62, 0, next]);
    });
    const file = openTrie(Buffer.concat([...levels, Buffer.from([2, 0, 1, 0])]));
    expect(formatErrorOf(() => file.exports).what).toBe("export trie: node is reached twice");
    expect(formatErrorOf(() => file.dynamicStringsContain("c")).what).toBe(
      "export trie: node is reached twice",
    );
  });

  it("whose nodes overlap is an error", () => {
    const count = 50;
    const start = 2 + 4 * count;
    const edges = Array.from({ length: count }, (_, index) =>
      Buffer.concat([Buffer.from([0x30 + index, 0]), uleb(start + index)]),
    );
    const file = openTrie(Buffer.concat([Buffer.from([0, count]), ...edges, Buffer.alloc(count + 1)]));
    expect(formatErrorOf(() => file.exports).what).toBe("export trie: nodes overlap");
  });

  test.each([
    ["an export longer than the trie", Buffer.from([0x50, 0, 1, 0])],
    ["no count of edges", Buffer.from([2, 0, 1])],
    ["an edge without end", Buffer.from([0, 1, 0x61, 0x61])],
    ["a node outside", Buffer.from([0, 1, 0x61, 0, 0x70])],
    ["a number without end", Buffer.from([0, 1, 0x61, 0, 0x80, 0x80])],
    [
      "a number over 64 bits",
      Buffer.from([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1, 0]),
    ],
    ["unknown flags", Buffer.from([2, 0x40, 1, 0])],
    ["a value that leaves its node", Buffer.from([2, 0, 0x80, 0x80, 0, 0])],
    ["a new name without end", Buffer.from([4, 8, 1, 0x61, 0x61, 0])],
  ])("with %s is an error", (_what, trie) => {
    const error = formatErrorOf(() => openTrie(trie).exports);
    expect(error.what).toMatch(/^export trie/);
  });

  it("outside the file is an error", () => {
    const file = open({
      segments,
      commands: [{ cmd: 0x80000033, body: Buffer.from([0, 0, 0, 0x10, 8, 0, 0, 0]) }],
    });
    expect(formatErrorOf(() => file.exports).what).toMatch(/^export trie/);
  });

  it("wraps addresses in 32 bits", () => {
    const file = open({ bits: 32, base: 0x1000n, exports: [{ name: "_below", value: 0xfffffffffffff800n }] });
    expect(file.findDynamicSymbol("_below")?.address).toBe(0x800n);
  });
});

/** A trie of `stem`, then one of two characters of two bytes that share their first. */
function trieOf(stem: string, one: string, other: string): Buffer {
  const [first = 0, second = 0] = Buffer.from(one);
  const third = Buffer.from(other)[1] ?? 0;
  const root = Buffer.concat([Buffer.from([0, 1]), cString(stem)]);
  const at = root.length + 1;
  const shared = Buffer.from([0, 1, first, 0, at + 5]);
  const split = Buffer.from([0, 2, second, 0, at + 13, third, 0, at + 17]);
  return Buffer.concat([root, Buffer.from([at]), shared, split, Buffer.from([2, 0, 1, 0, 2, 0, 2, 0])]);
}

/** `length` nodes below each other, each the end of a name: a, aa, aaa, … */
function chain(length: number): Buffer {
  const nodes = Array.from({ length }, (_, index) => {
    const next = (index + 1) * 9;
    const target = Buffer.from([(next & 0x7f) | 0x80, ((next >> 7) & 0x7f) | 0x80, (next >> 14) & 0x7f]);
    return Buffer.concat([Buffer.from([2, 0, 1, 1, 0x61, 0]), target]);
  });
  return Buffer.concat([...nodes, Buffer.from([2, 0, 1, 0])]);
}

import { describe, expect, test } from "vitest";
import { openElf } from "../../../src/object/elf/file.ts";
import type { ElfSpec } from "../../support/elf-builder.ts";
import { counted, ENCODINGS, formatErrorOf, open, openBuilt } from "../../support/elf-open.ts";

const names = Array.from({ length: 100 }, (_, index) => `example.com/plugin.Symbol${index}`);
const spec: ElfSpec = {
  sections: [{ name: ".data", content: Buffer.alloc(128), writable: true }],
  dynamicSymbols: [
    { name: "imported" },
    { name: "own", in: ".data", binding: 0 },
    ...names.map((name, at) => ({ name, in: ".data", at })),
  ],
};

describe.each(ENCODINGS)("symbols of $bits bits, $endian endian", ({ bits, endian }) => {
  describe.each(["gnu", "sysv", "both"] as const)("with hash table: %s", (hash) => {
    const file = open({ ...spec, bits, endian, hash, sectionHeaders: false });

    test("are counted by it", () => {
      expect(file.dynamicSymbols).toHaveLength(102);
    });

    test("are all found by name", () => {
      expect(names.filter((name) => file.findDynamicSymbol(name)?.name !== name)).toEqual([]);
    });

    test("are not found by a name that is not there", () => {
      const others = Array.from({ length: 200 }, (_, index) => `other${index}`);
      expect(others.filter((name) => file.findDynamicSymbol(name) !== undefined)).toEqual([]);
    });

    test("are not found when they are imports", () => {
      expect(file.findDynamicSymbol("imported")).toBeUndefined();
    });

    test("are not found when they are local", () => {
      expect(file.findDynamicSymbol("own")).toBeUndefined();
    });
  });
});

describe("with both hash tables, of which DT_HASH has too few symbols", () => {
  const cut = (count: number, sectionHeaders: boolean) =>
    open({
      ...spec,
      hash: "both",
      sectionHeaders,
      patch: [{ content: ".hash", at: 4, bytes: [count, 0, 0, 0] }],
    });

  test.each([true, false])(
    "all symbols of the GNU hash table are counted (section headers: %s)",
    (headers) => {
      for (let count = 0; count < 103; count++) expect(cut(count, headers).dynamicSymbols).toHaveLength(102);
    },
  );

  test("each is found once the tables are in memory, and nothing more is read", () => {
    const patch = [{ content: ".hash", at: 4, bytes: [3, 0, 0, 0] }];
    const source = counted(openBuilt({ ...spec, hash: "both", patch }).built.bytes);
    const file = openElf(source);
    file.loadDynamicSymbols();
    const before = source.reads.length;
    expect(names.map((name) => file.definitionsNamed(name)[0]?.name)).toEqual(names);
    expect(source.reads.length).toBe(before);
  });
});

test("a section header counts the symbols that DT_HASH leaves out", () => {
  const patch = [{ content: ".hash", at: 4, bytes: [3, 0, 0, 0] }];
  expect(open({ ...spec, hash: "sysv", patch }).dynamicSymbols).toHaveLength(102);
});

test("a section header that lies counts nothing", () => {
  const patch = [{ section: ".dynsym", field: "sh_size", value: 2n ** 40n }];
  expect(open({ ...spec, patch }).dynamicSymbols).toHaveLength(102);
});

test("a hash table of s390x in 64 bits has 8-byte words", () => {
  const file = open({ ...spec, machine: 22, endian: "big", hash: "sysv", sectionHeaders: false });
  expect(file.dynamicSymbols).toHaveLength(102);
  expect(file.findDynamicSymbol(names[7] ?? "")?.name).toBe(names[7]);
});

test("a name with a NUL in it is not found across two names", () => {
  expect(
    open(spec).findDynamicSymbol("example.com/plugin.Symbol0\0example.com/plugin.Symbol1"),
  ).toBeUndefined();
});

/** The spec with 32-bit words of a section changed. */
function withWords(hash: "gnu" | "sysv", section: string, words: Readonly<Record<number, number>>): ElfSpec {
  const patch = Object.entries(words).map(([word, value]) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value >>> 0);
    return { content: section, at: Number(word) * 4, bytes };
  });
  return { ...spec, hash, patch };
}

describe("a GNU hash table", () => {
  const header = { buckets: 0, first: 1, bloomSize: 2, shift: 3 };
  const gnu = (words: Readonly<Record<number, number>>) => open(withWords("gnu", ".gnu.hash", words));

  test("answers most misses by its bloom filter alone", () => {
    const { built } = openBuilt(spec);
    const misses = Array.from({ length: 100 }, (_, index) => `nothing_like_it_${index}`);
    const filtered = misses.filter((name) => {
      const source = counted(built.bytes);
      const file = openElf(source);
      // The first look-up reads the header, and each one a word of the filter.
      const before = file.findDynamicSymbol("") === undefined ? source.reads.length : 0;
      file.findDynamicSymbol(name);
      return source.reads.length === before + 1;
    });
    expect(filtered.length).toBeGreaterThan(10);
  });

  test.each([0, 3, 0xffffffff])("with a bloom filter of %i words is refused", (value) => {
    const error = formatErrorOf(() => gnu({ [header.bloomSize]: value }).findDynamicSymbol(names[0] ?? ""));
    expect(error).toMatchObject({
      what: "bloom filter of the GNU hash table has an impossible size",
      found: value,
    });
  });

  test("with more bloom words than its segment has is refused", () => {
    const error = formatErrorOf(() => gnu({ [header.bloomSize]: 2 ** 30 }).dynamicSymbols);
    expect(error.what).toBe("GNU hash table leaves its segment");
  });

  test("with more buckets than its segment has is refused", () => {
    const error = formatErrorOf(() => gnu({ [header.buckets]: 0xffffffff }).dynamicSymbols);
    expect(error.what).toBe("GNU hash table leaves its segment");
  });

  test("without buckets finds nothing", () => {
    expect(gnu({ [header.buckets]: 0 }).findDynamicSymbol(names[0] ?? "")).toBeUndefined();
  });

  test("whose bucket leads before its first symbol is refused", () => {
    const error = formatErrorOf(() => gnu({ [header.first]: 0x7fffffff }).dynamicSymbols);
    expect(error.what).toBe("bucket of the GNU hash table leads before its first symbol");
  });

  test("whose bucket leads behind its segment is refused", () => {
    const bucket = 4 + 4; // header, two bloom words of 8 bytes
    const error = formatErrorOf(() => gnu({ [bucket]: 0x7fffffff }).dynamicSymbols);
    expect(error.what).toBe("chain of the GNU hash table has no end");
  });

  test("whose chain has no end mark is refused", () => {
    // All chains even, and nothing but zeros behind them until the segment ends.
    const table = Buffer.alloc(16 + 8 + 4 + 4 * 64);
    [1, 1, 1, 0].forEach((value, index) => table.writeUInt32LE(value, index * 4));
    table.fill(0xff, 16, 24);
    table.writeUInt32LE(1, 24);
    const sections = [{ name: ".hash.endless", content: table }];
    const file = open({
      ...spec,
      hash: "none",
      sections: [...(spec.sections ?? []), ...sections],
      dynamic: [[0x6ffffef5n, { in: ".hash.endless" }]],
    });
    expect(formatErrorOf(() => file.dynamicSymbols).what).toBe("chain of the GNU hash table has no end");
    expect(formatErrorOf(() => file.findDynamicSymbol("x")).what).toBe(
      "chain of the GNU hash table has no end",
    );
  });

  test("that is empty leaves the count to the section header", () => {
    const imports = [{ name: "puts" }, { name: "malloc" }];
    expect(open({ dynamicSymbols: imports }).dynamicSymbols).toHaveLength(2);
  });

  test("that is empty in a file without section headers leaves the count to the relocations", () => {
    const file = open({
      sections: spec.sections ?? [],
      dynamicSymbols: [{ name: "puts" }, { name: "malloc" }],
      relocations: { jmprel: [{ place: { in: ".data" }, type: 7, symbol: "malloc" }] },
      sectionHeaders: false,
    });
    expect(file.dynamicSymbols.map(({ name }) => name)).toEqual(["puts", "malloc"]);
  });
});

describe("a SysV hash table", () => {
  const buckets = 51;
  const sysv = (words: Readonly<Record<number, number>>) => open(withWords("sysv", ".hash", words));

  test("whose chain runs in a circle is refused", () => {
    const circle = Object.fromEntries(
      Array.from({ length: 103 }, (_, symbol) => [2 + buckets + symbol, symbol]),
    );
    expect(formatErrorOf(() => names.map((name) => sysv(circle).findDynamicSymbol(`${name}x`))).what).toBe(
      "hash chain has no end",
    );
  });

  test("whose bucket leads outside the table is refused", () => {
    const wild = Object.fromEntries(Array.from({ length: buckets }, (_, bucket) => [2 + bucket, 5000]));
    expect(formatErrorOf(() => sysv(wild).findDynamicSymbol("x"))).toMatchObject({
      what: "hash chain leads outside the table",
      found: 5000,
    });
  });

  test("without buckets finds nothing", () => {
    expect(sysv({ 0: 0 }).findDynamicSymbol(names[0] ?? "")).toBeUndefined();
  });
});

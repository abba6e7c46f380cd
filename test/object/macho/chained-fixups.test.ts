import { describe, expect, it, test } from "vitest";
import type { ChainedSpec, MachoSpec } from "../../support/macho-builder.ts";
import { formatErrorOf, open, openChanged } from "../../support/macho-open.ts";

const data = "__DATA,__data";
const text = "__TEXT,__const";

function spec(chainedFixups: ChainedSpec, more: MachoSpec = {}): MachoSpec {
  const bits = chainedFixups.format === 3 ? 32 : 64;
  return {
    bits,
    base: 0x10000n,
    segments: [
      { name: "__TEXT", sections: [{ name: "__const", bytes: "constant" }] },
      { name: "__DATA", sections: [{ name: "__data", bytes: Buffer.alloc(0x8000) }] },
    ],
    ...more,
    chainedFixups,
  };
}

function at(file: ReturnType<typeof open>, offset: number) {
  return file.pointerAt((file.sections[1]?.address ?? 0n) + BigInt(offset));
}

const fixups: ChainedSpec["fixups"] = [
  { at: [data, 8], to: [text, 1] },
  { at: [data, 24], symbol: "_puts", ordinal: 2 },
  { at: [data, 64], to: data },
  { at: [data, 0x4010], symbol: "_weak", ordinal: -3, weak: true },
];

describe.each([1, 2, 3, 6, 7, 9, 10, 12])("chained fixups of format %i", (format) => {
  const file = open(spec({ format, fixups }));
  const [constant = 0n, start = 0n] = file.sections.map(({ address }) => address);

  it("lead to addresses in the image", () => {
    expect(at(file, 8)).toEqual({ kind: "address", address: constant + 1n });
    expect(at(file, 64)).toEqual({ kind: "address", address: start });
  });

  it("name the symbols of other libraries", () => {
    expect(at(file, 24)).toMatchObject({ kind: "import", symbol: "_puts", ordinal: 2, weak: false });
    expect(at(file, 0x4010)).toMatchObject({ kind: "import", symbol: "_weak", ordinal: -3, weak: true });
    expect(file.imports.map(({ symbol }) => symbol)).toEqual(["_puts", "_weak"]);
  });

  test.each([0, 16, 32, 56, 72, 0x3ff8, 0x4000, 0x4018, 0x7ff8])(
    "leave the word at %i plain: no chain goes there",
    (offset) => {
      expect(at(file, offset)).toEqual({ kind: "plain", value: 0n });
    },
  );
});

describe("chained fixups", () => {
  it("decide by the chain, not by the word: the same bits off the chain are plain", () => {
    const file = openChanged(spec({ format: 2, fixups }), (bytes, built) => {
      bytes.copy(bytes, built.offsetOf([data, 32]), built.offsetOf([data, 8]), built.offsetOf([data, 16]));
    });
    expect(at(file, 8).kind).toBe("address");
    expect(at(file, 32).kind).toBe("plain");
  });

  it.each([
    [2, 36n],
    [6, 36n],
    [9, 43n],
  ])("of format %i may carry a tag in the top byte, which does not move the target", (format, bit) => {
    const file = openChanged(spec({ format, fixups }), (bytes, built) => {
      const at = built.offsetOf([data, 8]);
      bytes.writeBigUInt64LE(bytes.readBigUInt64LE(at) | (0x80n << bit), at);
    });
    expect(at(file, 8)).toEqual({ kind: "address", address: (file.sections[0]?.address ?? 0n) + 1n });
    expect(at(file, 24).kind).toBe("import");
  });

  it("may stand four bytes apart from an even address", () => {
    const file = open(
      spec({
        format: 2,
        fixups: [
          { at: [data, 4], to: text },
          { at: [data, 20], to: data },
        ],
      }),
    );
    expect([at(file, 4).kind, at(file, 20).kind, at(file, 8).kind]).toEqual(["address", "address", "plain"]);
  });

  it("may stand in the last word of a page", () => {
    const file = open(spec({ format: 6, pageSize: 0x1000, fixups: [{ at: [data, 0xff8], to: text }] }));
    expect(at(file, 0xff8).kind).toBe("address");
  });

  test.each([1, 7, 9, 12])("of format %i may be signed: the target is then an offset", (format) => {
    const file = open(
      spec({
        format,
        fixups: [
          { at: [data, 8], to: text, authenticated: true },
          { at: [data, 16], symbol: "_f", authenticated: true },
        ],
      }),
    );
    expect(at(file, 8)).toEqual({ kind: "address", address: file.sections[0]?.address });
    expect(at(file, 16)).toMatchObject({ kind: "import", symbol: "_f", addend: 0n });
  });

  test.each([
    [2, 200, 200n],
    [3, 60, 60n],
    [1, -5, -5n],
    [12, -262_144, -262_144n],
  ])("of format %i add %i to a symbol's address", (format, addend, found) => {
    const file = open(spec({ format, fixups: [{ at: data, symbol: "_a", addend }] }));
    expect(at(file, 0)).toMatchObject({ kind: "import", addend: found });
  });

  test.each([1, 2, 3] as const)("name imports in format %i", (importsFormat) => {
    const importAddend = importsFormat === 1 ? 0 : -7;
    const file = open(
      spec({
        format: 2,
        importsFormat,
        fixups: [{ at: data, symbol: "_a", ordinal: -2, weak: true, importAddend, addend: 1 }],
      }),
    );
    expect(at(file, 0)).toMatchObject({
      symbol: "_a",
      ordinal: -2,
      weak: true,
      addend: BigInt(importAddend) + 1n,
    });
    expect(file.imports).toMatchObject([{ symbol: "_a", ordinal: -2, addend: BigInt(importAddend) }]);
  });

  it("count library ordinals up to 240 before they turn negative", () => {
    const file = open(
      spec({
        format: 2,
        fixups: [
          { at: data, symbol: "_a", ordinal: 240 },
          { at: [data, 8], symbol: "_b", ordinal: 241 },
        ],
      }),
    );
    expect([at(file, 0), at(file, 8)]).toMatchObject([{ ordinal: 240 }, { ordinal: -15 }]);
  });

  it("to the image itself lead to its own export", () => {
    const file = open(
      spec(
        { format: 6, fixups: [{ at: data, symbol: "_own", ordinal: 0, addend: 2 }] },
        { exports: [{ name: "_own", at: text }] },
      ),
    );
    expect(at(file, 0)).toEqual({ kind: "address", address: (file.sections[0]?.address ?? 0n) + 2n });
  });

  it("of 32 bits may start several chains on a page", () => {
    const places = [0, 100, 400, 404, 1000, 3000];
    const file = open(
      spec({
        format: 3,
        pageSize: 0x1000,
        fixups: places.map((offset) => ({ at: [data, offset], to: text })),
      }),
    );
    const found = Array.from({ length: 0x1000 / 4 }, (_, index) => index * 4).filter(
      (offset) => at(file, offset).kind === "address",
    );
    expect(found).toEqual(places);
  });

  it("of 32 bits hold numbers that are no pointers", () => {
    const maxValidPointer = 0x20000;
    const bias = (0x400_0000 + maxValidPointer) / 2;
    const file = open(
      spec({
        format: 3,
        maxValidPointer,
        fixups: [
          { at: data, to: BigInt(bias + 5) },
          { at: [data, 8], to: text },
        ],
      }),
    );
    expect(at(file, 0)).toEqual({ kind: "plain", value: 5n });
    expect(at(file, 8).kind).toBe("address");
  });

  test.each([8, 11, 13, 14, 99])(
    "of format %i, which is for no image, are unknown on their pages only",
    (format) => {
      const file = open(spec({ format, pageSize: 0x1000, fixups: [{ at: [data, 8], to: text }] }));
      expect(at(file, 0)).toEqual({ kind: "unknown", reason: `chained pointer format ${format}` });
      expect(at(file, 0x2000).kind).toBe("plain");
    },
  );

  it("are not there where their table is empty", () => {
    const file = open({ ...spec({ format: 2, fixups: [] }), commands: [], raw: {} });
    expect(at(file, 0).kind).toBe("plain");
    const empty = open({
      segments: [{ name: "__TEXT" }, { name: "__DATA", sections: [{ name: "a", bytes: "12345678" }] }],
      commands: [{ cmd: 0x80000034, body: Buffer.alloc(8) }],
    });
    expect(empty.pointerAt(empty.sections[0]?.address ?? 0n).kind).toBe("plain");
    expect(empty.imports).toEqual([]);
  });

  it("may leave out the last segments, which tools add after linking", () => {
    const file = openChanged(spec({ format: 2, fixups }), (bytes, built) => {
      const at = built.tableAt("chainedFixups") + 32;
      bytes.writeUInt32LE(bytes.readUInt32LE(at) - 1, at);
    });
    expect(at(file, 8).kind).toBe("address");
  });

  const header = { version: 0, starts: 4, importsCount: 16, importsFormat: 20, symbolsFormat: 24 };
  test.each([
    ["an unknown version", header.version, 1],
    ["starts outside", header.starts, 0x100000],
    ["starts at the end", header.starts, 0xffffffff],
    ["too many imports", header.importsCount, 0xffffff],
    ["an unknown imports format", header.importsFormat, 4],
    ["compressed names", header.symbolsFormat, 1],
    ["too many segments", 32, 5],
    ["a segment's starts outside", 32 + 4 + 4, 0x10000],
  ])("with %s are an error", (_what, offset, value) => {
    const file = openChanged(spec({ format: 2, fixups }), (bytes, built) =>
      bytes.writeUInt32LE(value, built.tableAt("chainedFixups") + offset),
    );
    expect(formatErrorOf(() => at(file, 8)).what).toMatch(/^chained fixups/);
    expect(file.sections).toHaveLength(2);
  });

  // dyld_chained_starts_in_image: three segments; then the struct of segment 1.
  const segmentAt = 32 + 4 + 4 * 3;
  test.each([
    ["a size that is too small", 0, 4, 22],
    ["a size that leaves the table", 0, 4, 0x10000],
    ["a page size that no system has", 4, 2, 0x2000],
    ["a page size of 0", 4, 2, 0],
    ["a pointer format of 32 bits", 6, 2, 3],
    ["more pages than it has room for", 20, 2, 0x4000],
    ["a chain that starts outside its page", 22, 2, 0x4000],
    ["several chains on a page", 22, 2, 0x8000],
  ] as const)("whose segment has %s are an error", (_what, offset, width, value) => {
    const file = openChanged(spec({ format: 2, fixups }), (bytes, built) =>
      bytes.writeUIntLE(value, built.tableAt("chainedFixups") + segmentAt + offset, width),
    );
    expect(formatErrorOf(() => at(file, 8)).what).toMatch(/^chained fixups/);
  });

  it("that leave their page are an error", () => {
    const file = openChanged(spec({ format: 2, fixups, pageSize: 0x1000 }), (bytes, built) => {
      const word = built.offsetOf([data, 64]);
      bytes.writeBigUInt64LE(0xfffn << 51n, word);
    });
    expect(at(file, 64).kind).toBe("address");
    expect(formatErrorOf(() => at(file, 0xff8)).what).toContain("chain leaves its page");
  });

  it("of 32 bits that start without end are an error", () => {
    const places = [0, 400, 1000];
    const list: ChainedSpec = {
      format: 3,
      pageSize: 0x1000,
      fixups: places.map((offset) => ({ at: [data, offset], to: text })),
    };
    const file = openChanged(spec(list), (bytes, built) => {
      // The list comes after the one page's start; its last entry loses its mark.
      const at = built.tableAt("chainedFixups") + segmentAt + 22 + 2 * 3;
      bytes.writeUInt16LE(1000, at);
    });
    expect(formatErrorOf(() => at(file, 0)).what).toMatch(/^chained fixups/);
  });

  it("that meet are followed once", () => {
    const list: ChainedSpec = {
      format: 3,
      pageSize: 0x1000,
      fixups: [0, 400, 404].map((offset) => ({ at: [data, offset], to: text })),
    };
    const file = openChanged(spec(list), (bytes, built) => {
      const at = built.tableAt("chainedFixups") + segmentAt + 22 + 2;
      bytes.writeUInt16LE(404, at);
    });
    expect([at(file, 0).kind, at(file, 400).kind, at(file, 404).kind]).toEqual([
      "plain",
      "address",
      "address",
    ]);
  });

  it("with an import that the table does not have are an error", () => {
    const file = openChanged(spec({ format: 2, fixups }), (bytes, built) =>
      bytes.writeBigUInt64LE((1n << 63n) | 77n, built.offsetOf([data, 8])),
    );
    expect(formatErrorOf(() => at(file, 8))).toMatchObject({ found: 77, expected: "below 2" });
  });

  it("with a name outside their table are an error", () => {
    const file = openChanged(spec({ format: 2, fixups }), (bytes, built) => {
      const table = built.tableAt("chainedFixups");
      bytes.writeUInt32LE(0xfffffe01, table + bytes.readUInt32LE(table + 8));
    });
    formatErrorOf(() => at(file, 24));
    formatErrorOf(() => file.imports);
  });

  it("in memory without file content are an error", () => {
    const zero: MachoSpec = {
      segments: [
        { name: "__TEXT" },
        {
          name: "__DATA",
          sections: [
            { name: "__data", bytes: "12345678" },
            { name: "__bss", zeroFill: 0x4000 },
          ],
        },
      ],
      chainedFixups: { format: 2, fixups: [{ at: "__DATA,__data", to: "__DATA,__data" }] },
    };
    const file = openChanged(zero, (bytes, built) =>
      bytes.writeUInt16LE(0x3000, built.tableAt("chainedFixups") + segmentAt + 22),
    );
    formatErrorOf(() => file.pointerAt((file.sections[0]?.address ?? 0n) + 0x3000n));
  });
});

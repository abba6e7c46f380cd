import { describe, expect, test } from "vitest";
import { buildElf } from "../../support/elf-builder.ts";
import type { ElfSpec } from "../../support/elf-builder.ts";
import { ENCODINGS, formatErrorOf, open, openBuilt, openBytes } from "../../support/elf-open.ts";

const data = { name: ".data", content: Buffer.alloc(2048), writable: true };
const at = (offset: number) => ({ in: ".data", at: offset });
const spec: ElfSpec = {
  sections: [data],
  dynamicSymbols: [{ name: "puts" }, { name: "own", in: ".data" }],
  relocations: {
    rela: [
      { place: at(8), type: 8, addend: -3 },
      { place: at(0), type: 1, symbol: "own", addend: 5 },
    ],
    rel: [{ place: at(32), type: 6, symbol: "own" }],
    relr: [at(24)],
    jmprel: [{ place: at(16), type: 7, symbol: "puts" }],
  },
};

describe.each(ENCODINGS)("relocations of $bits bits, $endian endian", ({ bits, endian }) => {
  test("come in the order a loader applies them, with symbol and addend", () => {
    const { file, built } = openBuilt({ ...spec, bits, endian, sectionHeaders: false });
    const address = (offset: number) => built.address(at(offset));
    const index = (name: string) => file.dynamicSymbols.find((symbol) => symbol.name === name)?.index;
    expect([...file.relocations()]).toEqual([
      {
        table: "RELR",
        address: address(24),
        type: 8,
        symbolIndex: 0,
        symbolName: undefined,
        addend: undefined,
      },
      {
        table: "REL",
        address: address(32),
        type: 6,
        symbolIndex: index("own"),
        symbolName: "own",
        addend: undefined,
      },
      { table: "RELA", address: address(8), type: 8, symbolIndex: 0, symbolName: undefined, addend: -3n },
      {
        table: "RELA",
        address: address(0),
        type: 1,
        symbolIndex: index("own"),
        symbolName: "own",
        addend: 5n,
      },
      {
        table: "JMPREL",
        address: address(16),
        type: 7,
        symbolIndex: index("puts"),
        symbolName: "puts",
        addend: 0n,
      },
    ]);
  });
});

describe("relocations", () => {
  test("are none in a file without a dynamic section", () => {
    expect([...open({ sections: [data] }).relocations()]).toEqual([]);
  });

  test("counted into both DT_RELASZ and DT_PLTRELSZ come once", () => {
    const dynamic = [
      [23n, { in: ".rela.dyn", at: 24 }],
      [2n, 24],
      [20n, 7],
    ] as const;
    const { relocations: { rela = [] } = {} } = spec;
    expect([...open({ ...spec, relocations: { rela }, dynamic }).relocations()]).toHaveLength(2);
  });

  test("of 64-bit MIPS have their symbol first, in either byte order", () => {
    for (const endian of ["little", "big"] as const) {
      const rela = [{ place: at(8), type: 0 }];
      const { built } = openBuilt({ ...spec, machine: 8, endian, relocations: { rela } });
      const info = Buffer.alloc(8);
      if (endian === "little") info.writeUInt32LE(2);
      else info.writeUInt32BE(2);
      info.set([0, 0, 18, 3], 4); // R_MIPS_REL32 with R_MIPS_64
      info.copy(built.bytes, built.offset({ in: ".rela.dyn", at: 8 }));
      const [first] = openBytes(built.bytes).relocations();
      expect(first).toMatchObject({ symbolIndex: 2, type: 18 * 256 + 3 });
    }
  });

  test.each([
    [9n, "DT_RELAENT"],
    [19n, "DT_RELENT"],
    [37n, "DT_RELRENT"],
  ])("whose entry size (tag %i) is wrong are refused", (dynamic, name) => {
    const error = formatErrorOf(() => [...open({ ...spec, patch: [{ dynamic, value: 7 }] }).relocations()]);
    expect(error).toMatchObject({ found: 7n, what: expect.stringContaining(name) as string });
  });

  test.each([8n, 18n, 35n, 2n])("whose size (tag %i) leaves the segment are refused", (dynamic) => {
    const patch = [{ dynamic, value: 2n ** 60n }];
    const error = formatErrorOf(() => [...open({ ...spec, patch }).relocations()]);
    expect(error.what).toMatch(/^(RELA|REL|RELR|JMPREL) table leaves its segment$/);
  });

  test.each([7n, 17n, 36n, 23n])("at an address (tag %i) that is nowhere are refused", (dynamic) => {
    const patch = [{ dynamic, value: 2n ** 60n }];
    const error = formatErrorOf(() => [...open({ ...spec, patch }).relocations()]);
    expect(error.what).toContain("has no file content");
  });

  test("without a size are refused", () => {
    const error = formatErrorOf(() => [
      ...open({ sections: [data], dynamic: [[7n, { in: ".data" }]] }).relocations(),
    ]);
    expect(error).toMatchObject({ what: "dynamic section lacks an entry", expected: "DT_RELASZ" });
  });

  test("of a PLT of unknown kind are refused", () => {
    const error = formatErrorOf(() => [
      ...open({ ...spec, patch: [{ dynamic: 20n, value: 9 }] }).relocations(),
    ]);
    expect(error).toMatchObject({ what: "kind of the JMPREL table is unknown", found: 9n });
  });
});

describe("RELR", () => {
  const addresses = (relr: readonly (bigint | { in: string; at: number })[], bits: 32 | 64 = 64) => {
    const { file, built } = openBuilt({ bits, sections: [data], relocations: { relr } });
    const start = built.address(at(0));
    const found = [...file.relocations()].map(({ address }) => Number(address - start));
    const byLookup = Array.from(
      { length: data.content.length / (bits / 8) },
      (_, index) => (index * bits) / 8,
    ).filter((offset) => file.pointerAt(start + BigInt(offset)).kind === "address");
    return { found, byLookup };
  };

  test("begins with an address, and goes on with bitmaps of the 63 words behind", () => {
    const { found, byLookup } = addresses([at(0), 0b1011n, (1n << 63n) | 1n, at(1024)]);
    // 8 and 24 by the first bitmap; the second begins at 8 + 63 * 8 = 512, its last bit is word 62.
    expect(found).toEqual([0, 8, 24, 512 + 62 * 8, 1024]);
    expect(byLookup).toEqual(found);
  });

  test("has bitmaps of 31 words in 32-bit files", () => {
    const { found, byLookup } = addresses([at(0), 0b111n, (1n << 31n) | 1n], 32);
    expect(found).toEqual([0, 4, 8, 4 + 31 * 4 + 30 * 4]);
    expect(byLookup).toEqual(found);
  });

  test("that is not in order is read all the same", () => {
    const { found, byLookup } = addresses([at(512), 0b11n, at(8), 0b101n]);
    expect(found).toEqual([512, 520, 8, 24]);
    expect(byLookup).toEqual([8, 24, 512, 520]);
  });

  test("of a size that is no multiple of a word is refused", () => {
    const patch = [{ dynamic: 35n, value: 12 }];
    const file = open({ sections: [data], relocations: { relr: [at(0), 1n] }, patch });
    expect(formatErrorOf(() => file.pointerAt(0x10000n))).toMatchObject({ found: 12 });
  });

  test("that begins with a bitmap counts from address 0", () => {
    const bytes = buildElf({ sections: [data], relocations: { relr: [0b11n] } });
    expect([...openBytes(bytes).relocations()].map(({ address }) => address)).toEqual([0n]);
  });
});

import { describe, expect, test } from "vitest";
import type { ElfSpec } from "../../support/elf-builder.ts";
import { structure } from "../../support/elf-structures.ts";
import { ENCODINGS, formatErrorOf, open } from "../../support/elf-open.ts";

const spec: ElfSpec = {
  sections: [{ name: ".text", content: Buffer.alloc(64) }],
  needed: ["libc.so.6", "libm.so.6"],
  versionNeeds: [
    { file: "libc.so.6", versions: [{ name: "GLIBC_2.34" }, { name: "GLIBC_2.38", flags: 2 }] },
    { file: "libm.so.6", versions: [{ name: "GLIBC_2.29" }] },
  ],
  versionDefinitions: [
    { name: "libplugin.so.1", flags: 1 },
    { name: "PLUGIN_1" },
    { name: "PLUGIN_2", parents: ["PLUGIN_1"] },
  ],
  dynamicSymbols: [
    { name: "open", version: "GLIBC_2.34" },
    { name: "exp", version: "GLIBC_2.29" },
    { name: "start", in: ".text", at: 0, version: "PLUGIN_1", versionHidden: true },
    { name: "start", in: ".text", at: 16, version: "PLUGIN_2" },
    { name: "old", in: ".text", at: 32, version: "PLUGIN_1", versionHidden: true },
    { name: "plain", in: ".text", at: 48 },
  ],
};

describe.each(ENCODINGS)("symbol versions of $bits bits, $endian endian", ({ bits, endian }) => {
  const file = open({ ...spec, bits, endian, sectionHeaders: false });

  test("are wanted of libraries", () => {
    expect(file.versionNeeds).toEqual([
      {
        revision: 1,
        file: "libc.so.6",
        versions: [
          { name: "GLIBC_2.34", hash: 0x69691b4, flags: 0, other: 5 },
          { name: "GLIBC_2.38", hash: 0x69691b8, flags: 2, other: 6 },
        ],
      },
      {
        revision: 1,
        file: "libm.so.6",
        versions: [{ name: "GLIBC_2.29", hash: 0x6969189, flags: 0, other: 7 }],
      },
    ]);
  });

  test("are defined, with those they inherit", () => {
    expect(
      file.versionDefinitions.map(({ index, flags, name, parents }) => ({ index, flags, name, parents })),
    ).toEqual([
      { index: 1, flags: 1, name: "libplugin.so.1", parents: [] },
      { index: 3, flags: 0, name: "PLUGIN_1", parents: [] },
      { index: 4, flags: 0, name: "PLUGIN_2", parents: ["PLUGIN_1"] },
    ]);
  });

  test("belong to symbols", () => {
    const versions = file.dynamicSymbols.map(
      ({ name, version, versionHidden }) => `${name} ${version} ${versionHidden}`,
    );
    expect(versions.sort()).toEqual([
      "exp GLIBC_2.29 false",
      "old PLUGIN_1 true",
      "open GLIBC_2.34 false",
      "plain undefined false",
      "start PLUGIN_1 true",
      "start PLUGIN_2 false",
    ]);
  });

  test("decide which of two symbols is found: the default one", () => {
    expect(file.findDynamicSymbol("start")?.version).toBe("PLUGIN_2");
  });

  test("do not hide a symbol that has no default version", () => {
    expect(file.findDynamicSymbol("old")).toMatchObject({ version: "PLUGIN_1", versionHidden: true });
  });
});

describe("symbol versions", () => {
  test("are none where the file has none", () => {
    const file = open({ dynamicSymbols: [{ name: "puts" }] });
    expect([file.versionNeeds, file.versionDefinitions, file.dynamicSymbols[0]?.version]).toEqual([
      [],
      [],
      undefined,
    ]);
  });

  test("that nobody defines are unknown", () => {
    const file = open({ ...spec, dynamicSymbols: [{ name: "puts", version: "99" }] });
    expect(file.dynamicSymbols[0]?.version).toBeUndefined();
  });

  test("decide without a hash table too", () => {
    const file = open({ ...spec, hash: "none" });
    expect(file.findDynamicSymbol("start")?.version).toBe("PLUGIN_2");
    expect(file.findDynamicSymbol("old")?.version).toBe("PLUGIN_1");
  });

  const broken = (patch: ElfSpec["patch"]) => open({ ...spec, ...(patch && { patch }) });

  test("whose records are said to be 2^60 end where their links do", () => {
    expect(broken([{ dynamic: 0x6fffffffn, value: 2n ** 60n }]).versionNeeds).toHaveLength(2);
  });

  test("whose records link on outside their segment are refused", () => {
    const patch = [{ content: ".gnu.version_r", at: 12, bytes: [0xff, 0xff, 0xff, 0x7f] }];
    expect(formatErrorOf(() => broken(patch).versionNeeds).what).toBe("version needs leave their segment");
  });

  test("whose records overlap again and again are refused", () => {
    // 1,000 libraries that share one list of 1,000 versions: a million from 32 KB.
    const count = 1000;
    const record = (fields: Readonly<Record<string, number>>, name: "verneed" | "vernaux") =>
      structure(name, { bits: 64, endian: "little" }, fields);
    const content = Buffer.concat([
      ...Array.from({ length: count }, (_, index) =>
        record({ vn_version: 1, vn_cnt: count, vn_aux: (count - index) * 16, vn_next: 16 }, "verneed"),
      ),
      ...Array.from({ length: count }, () => record({ vna_next: 16 }, "vernaux")),
    ]);
    const dynamic = [
      [0x6ffffffen, { in: ".needs" }],
      [0x6fffffffn, count],
    ] as const;
    const file = open({ sections: [{ name: ".needs", content }], soname: "x", dynamic });
    expect(formatErrorOf(() => file.versionNeeds).what).toBe("version needs overlap");
  });

  test("without a count are refused", () => {
    const file = open({ soname: "x", dynamic: [[0x6ffffffcn, 0x10000]] });
    expect(formatErrorOf(() => file.versionDefinitions).expected).toBe("DT_VERDEFNUM");
  });

  test("with a name outside the strings are refused", () => {
    const patch = [{ content: ".gnu.version_r", at: 4, bytes: [0xff, 0xff, 0xff, 0x7f] }];
    expect(formatErrorOf(() => broken(patch).versionNeeds).what).toContain(
      "lies outside dynamic string table",
    );
  });

  test("of symbols at an address that is nowhere are refused", () => {
    const patch = [{ dynamic: 0x6ffffff0n, value: 2n ** 60n }];
    expect(formatErrorOf(() => broken(patch).dynamicSymbols).what).toContain("symbol version table");
  });
});

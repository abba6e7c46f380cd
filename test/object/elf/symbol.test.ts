import { describe, expect, test } from "vitest";
import type { ElfSpec } from "../../support/elf-builder.ts";
import { counted, ENCODINGS, formatErrorOf, open, openBuilt } from "../../support/elf-open.ts";
import { buildElf } from "../../support/elf-builder.ts";
import { openElf } from "../../../src/object/elf/file.ts";

const spec: ElfSpec = {
  sections: [
    { name: ".text", content: Buffer.alloc(64) },
    { name: ".data", content: Buffer.alloc(64), writable: true },
  ],
  dynamicSymbols: [
    { name: "puts", type: 2 },
    { name: "environ", binding: 2 },
    { name: "plugin_init", in: ".text", at: 16, size: 32, type: 2 },
    { name: "otel_plugin_manifest", in: ".data", at: 8, size: 17 },
  ],
};

describe.each(ENCODINGS)("dynamic symbols of $bits bits, $endian endian", ({ bits, endian }) => {
  const { file, built } = openBuilt({ ...spec, bits, endian, sectionHeaders: false });
  const named = (name: string) => file.dynamicSymbols.find((symbol) => symbol.name === name);

  test("are found without section headers, and without the null symbol", () => {
    expect(file.dynamicSymbols.map(({ name }) => name).sort()).toEqual([
      "environ",
      "otel_plugin_manifest",
      "plugin_init",
      "puts",
    ]);
  });

  test("have an address, a size and a type when they are defined", () => {
    expect(named("otel_plugin_manifest")).toMatchObject({
      address: built.address({ in: ".data", at: 8 }),
      size: 17n,
      defined: true,
      type: "object",
      binding: "global",
      visibility: "default",
      absolute: false,
      version: undefined,
    });
    expect(named("plugin_init")).toMatchObject({ type: "function", size: 32n });
  });

  test("are imports when they are not", () => {
    expect(named("puts")).toMatchObject({ defined: false, binding: "global", sectionIndex: undefined });
    expect(named("environ")).toMatchObject({ defined: false, binding: "weak" });
  });

  test("know their index, which relocations use", () => {
    expect(file.dynamicSymbols.map(({ index }) => index)).toEqual([1, 2, 3, 4]);
  });
});

describe.each(ENCODINGS)("static symbols of $bits bits, $endian endian", ({ bits, endian }) => {
  const { file, built } = openBuilt({
    bits,
    endian,
    sections: spec.sections ?? [],
    symbols: [
      { name: "file.c", sectionIndex: 0xfff1, type: 4, binding: 0 },
      { name: "main.PluginManifest", in: ".data", size: 16, binding: 0 },
      { name: "", in: ".data", type: 3, binding: 0 },
    ],
  });

  test("are those of .symtab with the strings it links to", () => {
    expect(file.staticSymbols.map(({ name }) => name)).toEqual(["file.c", "main.PluginManifest", ""]);
    expect(file.staticSymbols[1]).toMatchObject({
      address: built.address({ in: ".data" }),
      binding: "local",
    });
  });

  test("know their section", () => {
    const index = file.sections.find(({ name }) => name === ".data")?.index;
    expect(file.staticSymbols[1]?.sectionIndex).toBe(index);
  });

  test("are not dynamic", () => {
    expect(file.dynamicSymbols).toEqual([]);
  });
});

describe("a symbol", () => {
  const one = (symbol: object) =>
    open({ sections: spec.sections ?? [], dynamicSymbols: [{ name: "it", ...symbol }] }).dynamicSymbols[0];

  test.each([
    [0, "none"],
    [1, "object"],
    [2, "function"],
    [3, "section"],
    [4, "file"],
    [5, "object"],
    [6, "tls"],
    [10, "ifunc"],
    [13, "other"],
  ])("of st_type %i is %s", (type, name) => {
    expect(one({ in: ".data", type })?.type).toBe(name);
  });

  test.each([
    [0, "local"],
    [1, "global"],
    [2, "weak"],
    [10, "global"],
    [13, "other"],
  ])("of binding %i is %s", (binding, name) => {
    expect(one({ in: ".data", binding })?.binding).toBe(name);
  });

  test("of SHN_ABS is absolute, and defined", () => {
    expect(one({ absolute: 42 })).toMatchObject({
      absolute: true,
      defined: true,
      address: 42n,
      sectionIndex: undefined,
    });
  });

  test("of SHN_COMMON is defined, in no section", () => {
    expect(one({ sectionIndex: 0xfff2, type: 5 })).toMatchObject({ defined: true, sectionIndex: undefined });
  });

  test("may be hidden", () => {
    expect(one({ in: ".data", other: 2 })?.visibility).toBe("hidden");
  });

  test("with a section index of SHN_XINDEX has it from .symtab_shndx", () => {
    const file = open({
      sections: spec.sections ?? [],
      symbols: [
        { name: "far", in: ".data", sectionIndex: 0xffff },
        { name: "near", in: ".text" },
      ],
    });
    const indexOf = (name: string) => file.sections.find((section) => section.name === name)?.index;
    expect(file.staticSymbols.map(({ sectionIndex }) => sectionIndex)).toEqual([
      indexOf(".data"),
      indexOf(".text"),
    ]);
  });

  test("with a section index of SHN_XINDEX and no .symtab_shndx is defined, its section unknown", () => {
    expect(one({ in: ".data", sectionIndex: 0xffff })).toMatchObject({
      defined: true,
      sectionIndex: undefined,
    });
  });
});

describe("a broken symbol table", () => {
  test("names the symbol whose name lies outside the strings", () => {
    const patch = [{ dynamicSymbol: "plugin_init", field: "st_name", value: 0x7fffffff }];
    const error = formatErrorOf(() => open({ ...spec, patch }).dynamicSymbols);
    expect(error.what).toMatch(/^name of dynamic symbol [1-4] lies outside dynamic string table$/);
    expect(error.found).toBe("offset 0x7fffffff");
  });

  test("still finds its other symbols by name", () => {
    const patch = [{ dynamicSymbol: "puts", field: "st_name", value: 0x7fffffff }];
    expect(open({ ...spec, patch }).findDynamicSymbol("plugin_init")?.name).toBe("plugin_init");
  });

  test("refuses symbols of a size that is not the format's", () => {
    const patch = [{ dynamic: 11n, value: 16 }];
    expect(formatErrorOf(() => open({ ...spec, patch }).dynamicSymbols).what).toContain("DT_SYMENT");
  });

  test("refuses an address that is nowhere", () => {
    const patch = [{ dynamic: 6n, value: 2n ** 50n }];
    expect(formatErrorOf(() => open({ ...spec, patch }).dynamicSymbols).what).toBe(
      "address of dynamic symbol table has no file content",
    );
  });

  test("refuses a count by DT_HASH that leaves the segment", () => {
    const patch = [{ content: ".hash", at: 4, bytes: [0xff, 0xff, 0xff, 0x7f] }];
    expect(formatErrorOf(() => open({ ...spec, hash: "sysv", patch }).dynamicSymbols).what).toBe(
      "hash table leaves its segment",
    );
  });

  test("refuses a count by DT_HASH that fits the segment but not the symbols", () => {
    const far = { name: ".hash.far", content: Buffer.alloc(8), align: 4 };
    const content = Buffer.alloc(4 * (2 + 1 + 3000));
    content.writeUInt32LE(1, 0);
    content.writeUInt32LE(3000, 4);
    const sections = [{ ...far, content }];
    const file = open({
      ...spec,
      hash: "none",
      sections: [...(spec.sections ?? []), ...sections],
      dynamic: [[4n, { in: ".hash.far" }]],
    });
    expect(formatErrorOf(() => file.dynamicSymbols).what).toBe("dynamic symbol table leaves its segment");
  });

  test("counts by the section header where there is no hash table", () => {
    expect(open({ ...spec, hash: "none" }).dynamicSymbols).toHaveLength(4);
    expect(open({ ...spec, hash: "none" }).findDynamicSymbol("plugin_init")?.name).toBe("plugin_init");
  });

  test("does not guess a count where nothing tells it", () => {
    const file = open({ ...spec, hash: "none", sectionHeaders: false });
    expect(formatErrorOf(() => file.dynamicSymbols).what).toBe(
      "nothing tells how many dynamic symbols there are",
    );
  });

  test.each([
    ["sh_entsize", 0],
    ["sh_entsize", 25],
    ["sh_size", 47],
  ])("refuses a .symtab whose %s is %i", (field, value) => {
    const patch = [{ section: ".symtab", field, value }];
    const file = open({ symbols: [{ name: "a" }], patch });
    expect(formatErrorOf(() => file.staticSymbols).what).toBe("symbol table has an impossible size");
  });

  test("refuses a .symtab that leaves the file", () => {
    const patch = [{ section: ".symtab", field: "sh_size", value: 24n * 2n ** 40n }];
    const file = open({ symbols: [{ name: "a" }], patch });
    expect(formatErrorOf(() => file.staticSymbols).what).toContain("cut off or points outside");
  });

  test.each([0, 9999])("refuses names of a .symtab that links to section %i", (value) => {
    const patch = [{ section: ".symtab", field: "sh_link", value }];
    const file = open({ symbols: [{ name: "a" }], patch });
    expect(formatErrorOf(() => file.staticSymbols).what).toContain("lies outside symbol string table");
  });

  test("of names that overlap beyond reason costs no memory", () => {
    const long = "A".repeat(900_000);
    const symbols = Array.from({ length: 2000 }, (_, index) => ({ name: `s${index}`, in: ".text" }));
    const dynamicSymbols = [{ name: long, in: ".text" }, ...symbols];
    const { built } = openBuilt({ ...spec, dynamicSymbols });
    const at = built.bytes.indexOf("AAAA") - built.offset({ in: ".dynstr" });
    const patch = symbols.map(({ name }) => ({ dynamicSymbol: name, field: "st_name", value: at }));
    expect(formatErrorOf(() => open({ ...spec, dynamicSymbols, patch }).dynamicSymbols).what).toBe(
      "names in dynamic string table overlap",
    );
  });
});

describe("reading symbols", () => {
  const many: ElfSpec = {
    ...spec,
    dynamicSymbols: Array.from({ length: 20_000 }, (_, index) => ({
      name: `symbol_${index}`,
      in: ".text",
      size: 1,
    })),
    symbols: [{ name: "main.PluginManifest", in: ".text", binding: 0 }],
  };
  const bytes = buildElf(many);

  test("takes one read of the table and one of its strings", () => {
    const source = counted(bytes);
    expect(openElf(source).dynamicSymbols).toHaveLength(20_000);
    expect(
      source.reads.filter((what) => what === "dynamic symbol table" || what === "dynamic string table"),
    ).toHaveLength(2);
  });

  test("happens once, however often they are asked for", () => {
    const file = openElf(counted(bytes));
    expect(file.dynamicSymbols).toBe(file.dynamicSymbols);
    expect(file.staticSymbols).toBe(file.staticSymbols);
  });

  test("finds one by its name with few bytes", () => {
    const source = counted(bytes);
    expect(openElf(source).findDynamicSymbol("symbol_12345")?.name).toBe("symbol_12345");
    expect(source.total).toBeLessThan(4096);
  });

  test("says that a text is in no name with one read and no symbol", () => {
    const source = counted(bytes);
    const file = openElf(source);
    expect(file.dynamicStringsContain(".PluginManifest\0")).toBe(false);
    expect(file.dynamicStringsContain("_12345\0")).toBe(true);
    expect(source.reads.filter((what) => what === "dynamic string table")).toHaveLength(1);
    expect(source.reads.some((what) => what.startsWith("dynamic symbol"))).toBe(false);
  });

  test("says that a text is in a static name", () => {
    const file = openElf(counted(bytes));
    expect(file.staticStringsContain(".PluginManifest\0")).toBe(true);
    expect(file.staticStringsContain(".PluginManifest.str")).toBe(false);
  });

  test("finds a text across the pieces of a long string table, in little memory", () => {
    const { built } = openBuilt({ symbols: [{ name: "a" }] });
    const table = Buffer.alloc(20 * 2 ** 20, "x");
    table.write("needle\0", 2 ** 20 - 3);
    const patch = [
      { section: ".strtab", field: "sh_offset", value: built.bytes.length },
      { section: ".strtab", field: "sh_size", value: table.length },
    ];
    const file = openBuilt({ symbols: [{ name: "a" }], patch }).built.bytes;
    const source = counted(Buffer.concat([file, table]));
    expect(openElf(source).staticStringsContain("needle\0")).toBe(true);
    expect(openElf(source).staticStringsContain("noodle")).toBe(false);
  });

  test("finds no text where there are no symbols", () => {
    const file = open({ sections: spec.sections ?? [] });
    expect([file.dynamicStringsContain("a"), file.staticStringsContain("a")]).toEqual([false, false]);
  });
});

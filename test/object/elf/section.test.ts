import { describe, expect, test } from "vitest";
import { ENCODINGS, formatErrorOf, open, openBuilt, sectionOf } from "../../support/elf-open.ts";

const manifest = { name: ".otel_manifest", content: '{"language":"go"}' };

describe.each(ENCODINGS)("sections of $bits bits, $endian endian", ({ bits, endian }) => {
  const spec = {
    bits,
    endian,
    sections: [
      { ...manifest, align: 32 },
      { name: ".data", content: Buffer.alloc(48), writable: true, entrySize: 16, info: 7, link: ".data" },
      { name: ".bss", size: 0x100 },
      { name: ".comment", content: "GCC\0", loaded: false, flags: 0x30 },
    ],
  };
  const { file, built } = openBuilt(spec);
  const section = (name: string) => sectionOf(file, name);

  test("stand in file order, without the null section", () => {
    const names = [".otel_manifest", ".data", ".bss", ".comment", ".shstrtab"];
    expect(file.sections.map(({ name }) => name)).toEqual(names);
    expect(file.sections.map(({ index }) => index)).toEqual([1, 2, 3, 4, 5]);
  });

  test("have the address, offset and size of their header", () => {
    const spot = { in: ".otel_manifest" };
    expect(section(".otel_manifest")).toMatchObject({
      address: built.address(spot),
      offset: BigInt(built.offset(spot)),
      size: 17n,
    });
  });

  test("have the alignment and entry size of their header", () => {
    expect(section(".otel_manifest").alignment).toBe(32n);
    expect(section(".data").entrySize).toBe(16n);
  });

  test("have the link and info of their header", () => {
    expect(section(".data")).toMatchObject({ link: 2, info: 7 });
  });

  test("are loaded when they are SHF_ALLOC", () => {
    expect(file.sections.filter(({ loaded }) => loaded).map(({ name }) => name)).toEqual([
      ".otel_manifest",
      ".data",
      ".bss",
    ]);
  });

  test("are zero-filled when they are SHT_NOBITS", () => {
    expect(file.sections.filter(({ zeroFill }) => zeroFill).map(({ name }) => name)).toEqual([".bss"]);
  });

  test("have the bytes of the file", () => {
    expect(file.readSection(sectionOf(file, ".otel_manifest"), 1024).toString()).toBe(manifest.content);
  });

  test("keep flags above bit 30", () => {
    const flags = bits === 64 ? 2n ** 63n + 2n ** 33n + 2n : 2n ** 31n + 2n;
    const patch = [{ section: ".otel_manifest", field: "sh_flags", value: flags }];
    expect(open({ ...spec, patch }).sections[0]?.flags).toBe(flags);
  });

  test("without a name table have no names", () => {
    const patched = open({ ...spec, patch: [{ header: "e_shstrndx", value: 0 }] });
    expect(patched.sections.map(({ name }) => name)).toEqual(["", "", "", "", ""]);
  });
});

describe("a section", () => {
  const first = (patch: { field: string; value: number | bigint }[], size?: number) => {
    const file = open({
      sections: [{ ...manifest, ...(size !== undefined && { size }) }],
      patch: patch.map((one) => ({ section: ".otel_manifest", ...one })),
    });
    return { file, section: sectionOf(file, ".otel_manifest") };
  };

  test.each([2n ** 53n + 1n, 2n ** 64n - 1n])("of %i bytes keeps that size to the last bit", (value) => {
    expect(first([{ field: "sh_size", value }]).section.size).toBe(value);
  });

  test.each(["sh_size", "sh_offset"])(
    "that leaves the file by %s is shown, and fails when it is read",
    (field) => {
      const { file, section } = first([{ field, value: 0x10000 }]);
      expect(section.name).toBe(".otel_manifest");
      expect(formatErrorOf(() => file.readSection(section, 2 ** 20)).what).toContain(".otel_manifest");
    },
  );

  test("of 2^60 bytes is refused before anything is allocated", () => {
    const { file, section } = first([{ field: "sh_size", value: 2n ** 60n }]);
    expect(formatErrorOf(() => file.readSection(section, 2 ** 20))).toMatchObject({
      found: `${2n ** 60n} bytes`,
    });
  });

  test("longer than the limit is refused, not cut", () => {
    const { file, section } = first([]);
    expect(formatErrorOf(() => file.readSection(section, 16)).expected).toBe("at most 16");
    expect(file.readSection(section, 17)).toHaveLength(17);
  });

  test("that is zero-filled has no bytes to read", () => {
    const file = open({ sections: [{ name: ".bss", size: 64 }] });
    expect(formatErrorOf(() => file.readSection(sectionOf(file, ".bss"), 64)).what).toContain(
      "no bytes in the file",
    );
  });

  test("of a type nobody knows is read like any other", () => {
    const { file, section } = first([{ field: "sh_type", value: 0x6abcdef0 }]);
    expect(section.type).toBe(0x6abcdef0);
    expect(file.readSection(section, 64).toString()).toBe(manifest.content);
  });
});

describe("section names", () => {
  test("outside their table are refused with the section and the offset", () => {
    const patch = [{ section: 1, field: "sh_name", value: 0x1000 }];
    const error = formatErrorOf(() => open({ sections: [manifest], patch }).sections);
    expect(error.what).toBe("name of section 1 lies outside section name table");
    expect(error.found).toBe("offset 0x1000");
  });

  test("without an end are refused", () => {
    const { built } = openBuilt({ sections: [manifest] });
    const name = ".shstrtab";
    const at = built.offset({ in: name, at: 1 + manifest.name.length + 1 + name.length });
    const error = formatErrorOf(
      () => open({ sections: [manifest], patch: [{ at, bytes: [0x41] }] }).sections,
    );
    expect(error.what).toBe("name of section 2 has no end in section name table");
  });

  test("in a table that is none are refused", () => {
    const patch = [{ header: "e_shstrndx", value: 1 }];
    expect(formatErrorOf(() => open({ sections: [manifest], patch }).sections)).toMatchObject({
      what: "section that should hold the section names is not a string table",
      found: "section 1 of 3, type 1",
    });
  });

  test("in a section that is not there are refused", () => {
    const patch = [{ header: "e_shstrndx", value: 77 }];
    expect(formatErrorOf(() => open({ sections: [manifest], patch }).sections).found).toBe("section 77 of 3");
  });

  test("in a table outside the file are refused", () => {
    const patch = [{ section: ".shstrtab", field: "sh_offset", value: 2n ** 40n }];
    const error = formatErrorOf(() => open({ sections: [manifest], patch }).sections);
    expect(error.what).toBe("section name table is cut off or points outside the file");
  });

  test("that are broken leave the rest of the file readable", () => {
    const file = open({ soname: "lib.so", patch: [{ header: "e_shstrndx", value: 77 }] });
    expect(() => file.sections).toThrow("section 77");
    expect(file.soname).toBe("lib.so");
  });

  test("may share their ends, as linkers merge them", () => {
    const sections = [
      { name: ".rela.text", content: "a" },
      { name: ".text", content: "b" },
    ];
    const { built } = openBuilt({ sections });
    const at = built.bytes.readUInt32LE(built.headerOffset(".rela.text"));
    const patch = [{ section: ".text", field: "sh_name", value: at + 5 }];
    expect(open({ sections, patch }).sections.map(({ name }) => name)).toEqual([
      ".rela.text",
      ".text",
      ".shstrtab",
    ]);
  });

  test("that overlap beyond reason cost no memory", () => {
    // 300 names, each the rest of one string of 4 MB: 1.2 GB if they were all made.
    const count = 300;
    const table = Buffer.concat([Buffer.alloc(1), Buffer.alloc(900_000, "A"), Buffer.alloc(1)]);
    const sections = Array.from({ length: count }, (_, index) => ({ name: `.${index}` }));
    const patch = [
      { header: "e_shstrndx", value: count + 1 },
      ...sections.map(({ name }, index) => ({ section: name, field: "sh_name", value: index + 1 })),
    ];
    const before = process.memoryUsage().rss;
    const spec = { sections: [...sections, { name: ".names", type: 3, content: table }], patch };
    expect(formatErrorOf(() => open(spec).sections).what).toBe("names in section name table overlap");
    expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 27);
  });
});

describe("many sections", () => {
  test("more than 65,535 are read by the count in section header 0", () => {
    const sections = Array.from({ length: 66_000 }, (_, index) => ({ name: `.text.f${index}`, align: 1 }));
    const file = open({ type: 1, sections, extendedNumbering: true });
    expect(file.sections).toHaveLength(66_001);
    expect(file.sections[65_999]?.name).toBe(".text.f65999");
  });
});

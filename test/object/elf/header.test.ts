import { describe, expect, test } from "vitest";
import { isElf } from "../../../src/object/elf/file.ts";
import { buildElf } from "../../support/elf-builder.ts";
import { ENCODINGS, formatErrorOf, open, openBytes } from "../../support/elf-open.ts";

const library = { sections: [{ name: ".rodata", content: "hello" }], soname: "lib.so" };

describe.each(ENCODINGS)("an ELF header of $bits bits, $endian endian", ({ bits, endian }) => {
  const file = open({
    ...library,
    bits,
    endian,
    type: 2,
    entry: 0x10400,
    osAbi: 3,
    abiVersion: 1,
    machineFlags: 0x5000400,
  });

  test("tells class and byte order", () => {
    expect([file.format, file.bits, file.endian]).toEqual(["elf", bits, endian]);
  });

  test("tells type, entry point, OS ABI, ABI version and flags", () => {
    expect([file.type, file.entry, file.osAbi, file.abiVersion, file.machineFlags]).toEqual([
      2,
      0x10400n,
      3,
      1,
      0x5000400,
    ]);
  });

  test("leads to both header tables", () => {
    expect(file.sections.map(({ name }) => name)).toContain(".rodata");
    expect(file.programHeaders.map(({ type }) => type)).toEqual([1, 1, 2]);
  });

  test("may keep its counts in section header 0", () => {
    const extended = open({ ...library, bits, endian, extendedNumbering: true });
    const plain = open({ ...library, bits, endian });
    expect(extended.sections).toEqual(plain.sections);
    expect(extended.programHeaders).toEqual(plain.programHeaders);
  });

  test("without section headers leaves all that does not live in them", () => {
    const bare = open({ ...library, bits, endian, sectionHeaders: false });
    expect(bare.sections).toEqual([]);
    expect(bare.soname).toBe("lib.so");
  });

  test.each([
    ["section header table", { header: "e_shnum", value: 60_000 }],
    ["program header table", { header: "e_phnum", value: 60_000 }],
    ["section header table", { header: "e_shoff", value: 2 ** 31 }],
    ["program header table", { header: "e_phoff", value: 2 ** 31 }],
  ])("is refused when its %s is cut off (%o)", (what, patch) => {
    const error = formatErrorOf(() => open({ ...library, bits, endian, patch: [patch] }));
    expect(error.what).toBe(`${what} is cut off`);
  });

  test.each(["e_shentsize", "e_phentsize"])("is refused when %s is not the format's", (header) => {
    const error = formatErrorOf(() => open({ ...library, bits, endian, patch: [{ header, value: 24 }] }));
    expect(error.found).toBe(24);
  });

  test("cut short is refused at every length", () => {
    const bytes = buildElf({ ...library, bits, endian });
    for (let length = 0; length < (bits === 64 ? 64 : 52); length++) {
      expect(formatErrorOf(() => openBytes(bytes.subarray(0, length))).offset).toBeLessThanOrEqual(length);
    }
  });
});

describe("an ELF header", () => {
  test("is known by its magic", () => {
    expect(isElf(Buffer.from("7f454c46", "hex"))).toBe(true);
  });

  test.each(["", "7f454c", "7f454c47", "cffaedfe"])("is not known by %j", (hex) => {
    expect(isElf(Buffer.from(hex, "hex"))).toBe(false);
  });

  test("of a text file says what stands in its place", () => {
    const error = formatErrorOf(() => openBytes(Buffer.from("GROUP ( libc.so.6 )")));
    expect(error).toMatchObject({ what: "no ELF file", offset: 0, found: "47524f55" });
  });

  test.each([0, 3, 255])("of class %i is refused", (value) => {
    const error = formatErrorOf(() => open({ ...library, patch: [{ header: "EI_CLASS", value }] }));
    expect(error).toMatchObject({ what: "unknown ELF class", offset: 4, found: value });
  });

  test.each([0, 3, 255])("of byte order %i is refused", (value) => {
    const error = formatErrorOf(() => open({ ...library, patch: [{ header: "EI_DATA", value }] }));
    expect(error).toMatchObject({ what: "unknown ELF byte order", offset: 5, found: value });
  });

  test("with a section header table at 2^64 - 64 is refused", () => {
    const patch = [{ header: "e_shoff", value: 2n ** 64n - 64n }];
    expect(formatErrorOf(() => open({ ...library, patch })).what).toBe("section header table is cut off");
  });

  test("with 2^62 sections in section header 0 is refused before anything is allocated", () => {
    const patch = [{ section: 0, field: "sh_size", value: 2n ** 62n }];
    const error = formatErrorOf(() => open({ ...library, extendedNumbering: true, patch }));
    expect(error.what).toBe("section header table is cut off");
  });

  test("with PN_XNUM but no count in section header 0 is refused", () => {
    const patch = [{ section: 0, field: "sh_info", value: 0 }];
    const error = formatErrorOf(() => open({ ...library, extendedNumbering: true, patch }));
    expect(error.what).toContain("program header count");
  });

  test("with PN_XNUM but no section headers is refused", () => {
    const patch = [{ header: "e_phnum", value: 0xffff }];
    const error = formatErrorOf(() => open({ ...library, sectionHeaders: false, patch }));
    expect(error.what).toContain("program header count");
  });

  test("with more than 65,535 segments is read", () => {
    const segments = Array.from({ length: 70_000 }, () => ({ fields: { p_type: 0x6fff0000 } }));
    const file = open({ ...library, segments, extendedNumbering: true });
    expect(file.programHeaders).toHaveLength(70_003);
  });
});

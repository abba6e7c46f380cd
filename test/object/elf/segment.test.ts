import { describe, expect, test } from "vitest";
import { buildElf } from "../../support/elf-builder.ts";
import { ENCODINGS, formatErrorOf, open, openBuilt, openBytes } from "../../support/elf-open.ts";

const spec = {
  sections: [
    { name: ".rodata", content: "0123456789" },
    { name: ".data", content: Buffer.from("abcdefgh"), writable: true },
    { name: ".bss", size: 0x40 },
  ],
};

describe.each(ENCODINGS)("segments of $bits bits, $endian endian", ({ bits, endian }) => {
  const { file, built } = openBuilt({ ...spec, bits, endian });

  test("say where they lie and what is allowed there", () => {
    const at = built.offset({ in: ".data" });
    expect(file.segments[1]).toEqual({
      name: "LOAD",
      address: built.address({ in: ".data" }),
      memorySize: 0x48n,
      offset: BigInt(at),
      fileSize: 8n,
      readable: true,
      writable: true,
      executable: false,
    });
    expect(file.segments[0]).toMatchObject({ offset: 0n, writable: false, executable: true });
  });

  test("turn an address into a place in the file", () => {
    const place = { kind: "file", offset: built.offset({ in: ".data", at: 3 }), available: 5 };
    expect(file.locate(built.address({ in: ".data", at: 3 }))).toEqual(place);
  });

  test("give the bytes at an address, as far as the segment has them", () => {
    expect(file.readAddress(built.address({ in: ".data", at: 2 }), 3, "x").toString()).toBe("cde");
    expect(file.readAddress(built.address({ in: ".data", at: 6 }), 100, "x").toString()).toBe("gh");
  });

  test("have zero fill behind their file content", () => {
    expect(file.locate(built.address({ in: ".bss" }))).toEqual({ kind: "zero-fill" });
    expect(formatErrorOf(() => file.readAddress(built.address({ in: ".bss" }), 1, "manifest")).what).toBe(
      "address of manifest has no file content",
    );
  });

  test("do not reach beyond their memory", () => {
    expect(file.locate(built.address({ in: ".bss", at: 0x40 }))).toEqual({ kind: "unmapped" });
    expect(file.locate(0n)).toEqual({ kind: "unmapped" });
    expect(formatErrorOf(() => file.readAddress(0n, 1, "manifest")).found).toBe("0x0 (unmapped)");
  });

  test("that are cut off make the file unreadable", () => {
    const bytes = buildElf({ ...spec, bits, endian, sectionHeaders: false });
    expect(formatErrorOf(() => openBytes(bytes.subarray(0, -1))).what).toBe("loadable segment is cut off");
  });
});

describe("program headers", () => {
  const fields = {
    p_type: 0x6abcdef0,
    p_flags: 0xf0000001,
    p_offset: 2n ** 64n - 1n,
    p_vaddr: 2n ** 53n + 1n,
    p_filesz: 2n ** 63n,
    p_memsz: 2n ** 63n + 1n,
    p_align: 2n ** 53n - 1n,
  };

  test("are shown to the last bit, of whatever type", () => {
    expect(open({ ...spec, segments: [{ fields }] }).programHeaders.at(-1)).toEqual({
      type: 0x6abcdef0,
      flags: 0xf0000001,
      offset: 2n ** 64n - 1n,
      address: 2n ** 53n + 1n,
      fileSize: 2n ** 63n,
      memorySize: 2n ** 63n + 1n,
      alignment: 2n ** 53n - 1n,
    });
  });

  test("of a loadable segment whose end wraps around are refused", () => {
    const patch = [{ program: 0, field: "p_offset", value: 2n ** 64n - 16n }];
    expect(formatErrorOf(() => open({ ...spec, patch }))).toMatchObject({
      what: "loadable segment is cut off",
      offset: 64,
    });
  });

  test("of an empty loadable segment may lie anywhere", () => {
    const file = open({ ...spec, segments: [{ fields: { p_type: 1, p_offset: 2n ** 60n, p_memsz: 16 } }] });
    expect(file.segments).toHaveLength(3);
  });

  test("of two loadable segments for one address leave the later one", () => {
    const { built } = openBuilt(spec);
    const over = built.address({ in: ".rodata" });
    const twice = { p_type: 1, p_offset: 0, p_vaddr: over, p_filesz: 4, p_memsz: 4 };
    const file = open({ ...spec, base: 0x10000 - 56, segments: [{ fields: twice }] });
    expect(file.readAddress(over, 4, "x").toString("latin1")).toBe("\x7fELF");
  });

  test("are left out for a relocatable file, where no address is mapped", () => {
    const file = open({ ...spec, type: 1 });
    expect(file.segments).toEqual([]);
    expect(file.locate(0n)).toEqual({ kind: "unmapped" });
  });
});

describe("the interpreter", () => {
  test("is PT_INTERP without its NUL", () => {
    expect(open({ interpreter: "/lib64/ld-linux-x86-64.so.2" }).interpreter).toBe(
      "/lib64/ld-linux-x86-64.so.2",
    );
  });

  test("is undefined in a library", () => {
    expect(open(spec).interpreter).toBeUndefined();
  });

  test("with a path of a gigabyte is refused", () => {
    const file = open({ ...spec, segments: [{ fields: { p_type: 3, p_filesz: 2 ** 30 } }] });
    expect(formatErrorOf(() => file.interpreter).found).toBe(2n ** 30n);
  });

  test("outside the file is refused", () => {
    const file = open({ ...spec, segments: [{ fields: { p_type: 3, p_filesz: 8, p_offset: 2 ** 40 } }] });
    expect(formatErrorOf(() => file.interpreter).what).toContain("interpreter's path");
  });
});

import { describe, expect, test } from "vitest";
import { ENCODINGS, formatErrorOf, open } from "../../support/elf-open.ts";

const DT_FLAGS = 30n;
const DT_FLAGS_1 = 0x6ffffffbn;
const DT_STRTAB = 5n;
const DT_STRSZ = 10n;

describe.each(ENCODINGS)("a dynamic section of $bits bits, $endian endian", ({ bits, endian }) => {
  const file = open({
    bits,
    endian,
    needed: ["libm.so.6", "libc.so.6"],
    soname: "libplugin.so.1",
    runpath: "$ORIGIN/../lib",
    rpath: "/opt/lib",
    dynamic: [
      [DT_FLAGS, 8],
      [DT_FLAGS_1, 1],
    ],
    sectionHeaders: false,
  });

  test("names the needed libraries in order", () => {
    expect(file.neededLibraries).toEqual(["libm.so.6", "libc.so.6"]);
  });

  test("names the library itself and where to look for others", () => {
    expect([file.soname, file.runpath, file.rpath]).toEqual(["libplugin.so.1", "$ORIGIN/../lib", "/opt/lib"]);
  });

  test("has flags", () => {
    expect([file.flags, file.flags1]).toEqual([8n, 1n]);
  });

  test("shows its entries without the end mark", () => {
    expect(file.dynamic.slice(-2)).toEqual([
      { tag: DT_FLAGS, value: 8n },
      { tag: DT_FLAGS_1, value: 1n },
    ]);
  });
});

describe("a dynamic section", () => {
  test("that is missing leaves nothing to tell", () => {
    const file = open({ sections: [{ name: ".text", content: "x" }] });
    expect([file.dynamic, file.neededLibraries, file.soname, file.flags, file.dynamicSymbols]).toEqual([
      [],
      [],
      undefined,
      0n,
      [],
    ]);
  });

  test("is found by its address, not by its offset", () => {
    const file = open({ soname: "lib.so", patch: [{ program: 2, field: "p_offset", value: 0 }] });
    expect(file.soname).toBe("lib.so");
  });

  test("counts the last of two equal tags, as glibc does", () => {
    const tags = [
      [DT_FLAGS, 8],
      [DT_FLAGS, 16],
    ] as const;
    expect(open({ dynamic: tags }).flags).toBe(16n);
  });

  test("at an address that is nowhere is refused, and the rest of the file is read", () => {
    const file = open({
      sections: [{ name: ".rodata", content: "x" }],
      soname: "lib.so",
      patch: [{ program: 2, field: "p_vaddr", value: 2n ** 60n }],
    });
    expect(formatErrorOf(() => file.soname).what).toBe("address of dynamic section has no file content");
    expect(file.sections.length).toBeGreaterThan(0);
  });

  test("longer than its segment is refused", () => {
    const file = open({ soname: "lib.so", patch: [{ program: 2, field: "p_filesz", value: 2n ** 40n }] });
    expect(formatErrorOf(() => file.dynamic).what).toBe("dynamic section leaves its segment");
  });

  test("without an end mark ends where its segment says", () => {
    const file = open({ soname: "lib.so", patch: [{ program: 2, field: "p_filesz", value: 16 }] });
    expect(file.dynamic).toHaveLength(1);
  });

  test("of more entries than any library has is refused", () => {
    const dynamic = Array.from({ length: 70_000 }, () => [DT_FLAGS, 0] as const);
    expect(formatErrorOf(() => open({ dynamic }).flags).what).toBe(
      "dynamic section is too long for this reader",
    );
  });

  test("with a string table outside the file is refused for its strings", () => {
    const file = open({ soname: "lib.so", patch: [{ dynamic: DT_STRTAB, value: 2n ** 62n }] });
    expect(formatErrorOf(() => file.soname).what).toBe("address of dynamic string table has no file content");
  });

  test("with a string table longer than its segment is refused for its strings", () => {
    const file = open({ needed: ["libc.so.6"], patch: [{ dynamic: DT_STRSZ, value: 2n ** 62n }] });
    expect(formatErrorOf(() => file.neededLibraries).what).toBe("dynamic string table leaves its segment");
  });

  test("with a name outside the string table is refused with its offset", () => {
    const file = open({ needed: ["libc.so.6"], patch: [{ dynamic: 1n, value: 0x9999 }] });
    expect(formatErrorOf(() => file.neededLibraries)).toMatchObject({
      what: "name of needed library 0 lies outside dynamic string table",
      found: "offset 0x9999",
    });
  });
});

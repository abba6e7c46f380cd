import { describe, expect, it, test } from "vitest";
import { isMacho, openMacho } from "../../../src/object/macho/file.ts";
import { buildMacho } from "../../support/macho-builder.ts";
import { formatErrorOf, open } from "../../support/macho-open.ts";
import { memorySource } from "../../support/macho-source.ts";

describe("a Mach-O header", () => {
  test.each([
    [32, "little", "i386"],
    [64, "little", "x86_64"],
    [32, "big", "powerpc"],
    [64, "big", "powerpc64"],
  ] as const)("is read in %i bits, %s-endian", (bits, endian, arch) => {
    const file = open({ bits, endian });
    expect(file).toMatchObject({ format: "macho", bits, endian, arch, kind: "shared-library", fileType: 6 });
  });

  test.each([
    [0x01000007, 3, "x86_64"],
    [0x01000007, 8, "x86_64h"],
    [0x01000007, 0x80000003, "x86_64"],
    [0x0100000c, 0, "aarch64"],
    [0x0100000c, 1, "aarch64"],
    [0x0100000c, 2, "arm64e"],
    [0x0100000c, 0x80000002, "arm64e"],
    [0x0200000c, 1, "arm64_32"],
    [0x7, 3, "i386"],
    [0xc, 9, "arm"],
    [0x12, 0, "powerpc"],
    [0x01000012, 100, "powerpc64"],
    [0x18, 1, "unknown-24"],
    [0x8, 7, "unknown-8"],
  ])("names CPU type 0x%s subtype %s as LLVM does: %s", (cpuType, cpuSubtype, arch) => {
    const file = open({ cpuType, cpuSubtype });
    expect(file).toMatchObject({ arch, machine: cpuType, cpuType, cpuSubtype });
  });

  test.each([
    [1, "relocatable"],
    [2, "executable"],
    [4, "core"],
    [6, "shared-library"],
    [8, "bundle"],
    [11, "other"],
    [12, "other"],
  ])("of file type %i is of kind %s", (fileType, kind) => {
    expect(open({ fileType })).toMatchObject({ kind, fileType });
  });

  it("keeps flags that nobody has named yet, and the top bit", () => {
    expect(open({ flags: 0x8a000085 }).flags).toBe(0x8a000085);
  });

  test.each([0, 3, 4, 27, 28, 31])("that is cut off after %i bytes is an error", (length) => {
    const bytes = buildMacho().bytes.subarray(0, length);
    formatErrorOf(() => openMacho(memorySource(bytes)));
  });

  test.each([27, 28])("of 32 bits is whole only with 28 bytes: %i", (length) => {
    const bytes = buildMacho({ bits: 32 }).bytes.subarray(0, length);
    const error = formatErrorOf(() => openMacho(memorySource(bytes)));
    expect(error.what).toMatch(length < 28 ? /^Mach-O header/ : /^load commands/);
  });

  it("with another magic is refused, and says what was found", () => {
    const error = formatErrorOf(() => openMacho(memorySource(Buffer.from("\x7fELF\x02\x01\x01\0"))));
    expect(error).toMatchObject({ what: "not a Mach-O file", offset: 0, found: "0x7f454c46" });
  });
});

describe("isMacho", () => {
  test.each(["feedface", "feedfacf", "cefaedfe", "cffaedfe"])("knows %s", (magic) => {
    expect(isMacho(Buffer.from(magic, "hex"))).toBe(true);
  });

  test.each(["cafebabe", "7f454c46", "feedfa", ""])("refuses %j", (magic) => {
    expect(isMacho(Buffer.from(magic, "hex"))).toBe(false);
  });
});

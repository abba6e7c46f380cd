import { describe, expect, it, test } from "vitest";
import { openMacho } from "../../../src/object/macho/file.ts";
import { buildMacho, type MachoSpec } from "../../support/macho-builder.ts";
import { formatErrorOf, open, openChanged } from "../../support/macho-open.ts";
import { memorySource } from "../../support/macho-source.ts";

const spec: MachoSpec = {
  base: 0x10000n,
  segments: [
    { name: "__PAGEZERO", reserve: 0x10000n },
    { name: "__TEXT", sections: [{ name: "__const", bytes: "constant" }] },
    {
      name: "__DATA",
      sections: [
        { name: "__otel_manifest", bytes: '{"language":"rust"}' },
        { name: "__bss", zeroFill: 0x5000 },
      ],
    },
  ],
};

function sectionOf(file: ReturnType<typeof open>, name: string) {
  const found = file.sections.find((section) => section.name === name);
  if (found === undefined) throw new Error(`no section ${name}`);
  return found;
}

describe("segments", () => {
  test.each([
    [32, "little"],
    [64, "little"],
    [32, "big"],
    [64, "big"],
  ] as const)("and their content are found in %i bits, %s-endian", (bits, endian) => {
    const file = open({ ...spec, bits, endian });
    expect(file.segments.map(({ name }) => name)).toEqual(["__PAGEZERO", "__TEXT", "__DATA", "__LINKEDIT"]);
    expect(file.segments[2]).toMatchObject({
      address: 0x11000n,
      memorySize: 0x6000n,
      offset: 0x1000n,
      fileSize: 0x1000n,
      readable: true,
      writable: true,
      executable: false,
    });
    expect(file.segments[1]).toMatchObject({ writable: false, executable: true });
    expect(file.imageBase).toBe(0x10000n);
    expect(file.readSection(sectionOf(file, "__otel_manifest"), 100).toString()).toBe('{"language":"rust"}');
  });

  it("keep 64-bit addresses that a double cannot hold", () => {
    const file = open({
      base: 0xfffffe0007004000n,
      segments: [{ name: "__TEXT", sections: [{ name: "a", bytes: "x" }] }],
    });
    expect(file.imageBase).toBe(0xfffffe0007004000n);
    expect(file.segments[0]?.address).toBe(0xfffffe0007004000n);
    expect(file.sections[0]?.address).toBe(0xfffffe0007004000n + BigInt(file.sections[0]?.offset ?? 0));
    expect(file.locate(0xfffffe0007004000n)).toMatchObject({ kind: "file", offset: 0 });
  });

  it("that are cut off make the file unreadable", () => {
    const { bytes } = buildMacho({ ...spec, symbols: [{ name: "_a", at: "__TEXT,__const" }] });
    const error = formatErrorOf(() => openMacho(memorySource(bytes.subarray(0, bytes.length - 1))));
    expect(error.what).toBe("LC_SEGMENT_64: segment __LINKEDIT is cut off");
  });

  it("whose end is past 2^64 are cut off too", () => {
    const error = formatErrorOf(() =>
      openChanged(spec, (bytes, built) =>
        bytes.writeBigUInt64LE(2n ** 64n - 8n, built.commandAt(0x19, 1) + 40),
      ),
    );
    expect(error.what).toContain("segment __TEXT is cut off");
  });

  it("that leave the address space are an error", () => {
    const error = formatErrorOf(() =>
      openChanged(spec, (bytes, built) =>
        bytes.writeBigUInt64LE(2n ** 64n - 0x1000n, built.commandAt(0x19, 2) + 24),
      ),
    );
    expect(error.what).toContain("segment __DATA leaves the address space");
  });

  it("that overlap in memory are an error", () => {
    const error = formatErrorOf(() =>
      openChanged(spec, (bytes, built) => bytes.writeBigUInt64LE(0x10800n, built.commandAt(0x19, 2) + 24)),
    );
    expect(error.what).toContain("segment __DATA overlaps another in memory");
  });

  it("that hold more than they map are an error", () => {
    const error = formatErrorOf(() =>
      openChanged(spec, (bytes, built) => bytes.writeBigUInt64LE(0x800n, built.commandAt(0x19, 1) + 32)),
    );
    expect(error.what).toContain("segment __TEXT has more bytes than it maps");
  });

  it("may hold bytes and map none at all, as Go's __DWARF", () => {
    const dwarf: MachoSpec = {
      segments: [
        { name: "__TEXT" },
        { name: "__DWARF", protection: 0, sections: [{ name: "__debug_info", bytes: "dwarf" }] },
      ],
    };
    const file = openChanged(dwarf, (bytes, built) =>
      bytes.writeBigUInt64LE(0n, built.commandAt(0x19, 1) + 32),
    );
    expect(file.readSection(sectionOf(file, "__debug_info"), 5).toString()).toBe("dwarf");
  });
});

describe("a section", () => {
  it("with a name of 16 bytes has no NUL after it", () => {
    const file = open({
      segments: [{ name: "__TEXT", sections: [{ name: "__exactly16chars", bytes: "x" }] }],
    });
    expect(file.sections[0]).toMatchObject({ name: "__exactly16chars", segment: "__TEXT" });
  });

  test.each([1, 0xc, 0x12])("of zero-fill type %i has no bytes", (flags) => {
    const file = open({
      segments: [{ name: "__TEXT" }, { name: "__DATA", sections: [{ name: "z", zeroFill: 64, flags }] }],
    });
    const section = sectionOf(file, "z");
    expect(section).toMatchObject({ zeroFill: true, size: 64n });
    expect(formatErrorOf(() => file.readSection(section, 100)).what).toContain("is zero-filled");
    expect(file.locate(section.address)).toEqual({ kind: "zero-fill" });
  });

  it("longer than the limit is an error, not cut", () => {
    const file = open(spec);
    const section = sectionOf(file, "__otel_manifest");
    expect(file.readSection(section, 19)).toHaveLength(19);
    expect(formatErrorOf(() => file.readSection(section, 18)).what).toContain("is too long");
  });

  test.each([
    ["before its segment", 0x200],
    ["after its segment", 0x2000],
    ["outside the file", 0x7fffffff],
  ])("that lies %s is an error when it is read", (_where, offset) => {
    const file = openChanged(spec, (bytes, built) =>
      bytes.writeUInt32LE(offset, built.commandAt(0x19, 2) + 72 + 48),
    );
    const error = formatErrorOf(() => file.readSection(sectionOf(file, "__otel_manifest"), 100));
    expect(error.what).toContain("section __DATA,__otel_manifest leaves its segment");
    expect(file.readSection(sectionOf(file, "__const"), 100).toString()).toBe("constant");
  });

  it("with a size past 2^53 is an error when it is read", () => {
    const file = openChanged(spec, (bytes, built) =>
      bytes.writeBigUInt64LE(2n ** 63n + 1n, built.commandAt(0x19, 2) + 72 + 40),
    );
    const section = sectionOf(file, "__otel_manifest");
    expect(section.size).toBe(2n ** 63n + 1n);
    formatErrorOf(() => file.readSection(section, Number.MAX_SAFE_INTEGER));
  });
});

describe("an address", () => {
  const file = open(spec);

  test.each([
    ["in file content", 0x11004n, { kind: "file", offset: 0x1004, available: 0xffc }],
    ["at the end of file content", 0x11fffn, { kind: "file", offset: 0x1fff, available: 1 }],
    ["after file content", 0x12000n, { kind: "zero-fill" }],
    ["after all segments", 0x99999n, { kind: "unmapped" }],
    ["in page zero", 0x10n, { kind: "unmapped" }],
    ["far away", 2n ** 64n - 1n, { kind: "unmapped" }],
  ])("%s is located so", (_where, address, place) => {
    expect(file.locate(address)).toEqual(place);
  });

  it("is read up to where the file content ends", () => {
    expect(file.readAddress(0x11ffcn, 100, "text")).toHaveLength(4);
  });

  test.each([0x12000n, 0x10n])("without file content is an error when it is read: %i", (address) => {
    expect(formatErrorOf(() => file.readAddress(address, 1, "text")).what).toMatch(/^text lies in/);
  });
});

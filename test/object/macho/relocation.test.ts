import { describe, expect, it, test } from "vitest";
import type { MachoSpec } from "../../support/macho-builder.ts";
import { formatErrorOf, open, openChanged } from "../../support/macho-open.ts";

const base = 0x10000n;
const data = "__DATA,__data";

function spec(more: MachoSpec): MachoSpec {
  return {
    base,
    segments: [
      { name: "__TEXT", sections: [{ name: "__const", bytes: "constant" }] },
      {
        name: "__DATA",
        sections: [
          { name: "__data", bytes: Buffer.alloc(64) },
          { name: "__nl_symbol_ptr", bytes: Buffer.alloc(32), flags: 0x6 },
          { name: "__la_symbol_ptr", bytes: Buffer.alloc(16), flags: 0x7, reserved1: 3 },
        ],
      },
    ],
    symbols: [
      { name: "_puts", description: 0x0300 },
      { name: "_own", at: "__TEXT,__const" },
    ],
    pointers: [
      { at: [data, 8], to: "__TEXT,__const" },
      { at: [data, 16], to: 4n },
    ],
    ...more,
  };
}

function at(file: ReturnType<typeof open>, offset: number, section = 1) {
  return file.pointerAt((file.sections[section]?.address ?? 0n) + BigInt(offset));
}

describe("an image with relocations in place of fixups", () => {
  // What relocations count from: the first writable segment on x86_64, else the first segment, or address 0.
  test.each([
    ["x86_64", 64, "little", 0x01000007, 0, 0],
    ["arm64", 64, "little", 0x0100000c, 0x1000, 0x11000],
    ["i386", 32, "little", 7, 0x1000, 0x11000],
    ["powerpc", 32, "big", 18, 0x1000, 0x11000],
    ["powerpc64", 64, "big", 0x01000012, 0x1000, 0x11000],
  ] as const)("slides and binds pointers on %s", (_name, bits, endian, cpuType, local, external) => {
    const file = open(
      spec({
        ...{ bits, endian, cpuType },
        localRelocations: [{ address: local + 8 }],
        externalRelocations: [{ address: external + 16, symbol: 0 }],
      }),
    );
    expect(at(file, 8)).toEqual({ kind: "address", address: file.sections[0]?.address });
    expect(at(file, 16)).toMatchObject({ kind: "import", symbol: "_puts", ordinal: 3, addend: 4n });
    expect(at(file, 24)).toEqual({ kind: "plain", value: 0n });
  });

  it("counts from the header in a kernel extension", () => {
    const file = open(spec({ fileType: 11, localRelocations: [{ address: 0x1008 }] }));
    expect(at(file, 8).kind).toBe("address");
  });

  it("counts from the first writable segment where segments are split", () => {
    const file = open(spec({ bits: 32, flags: 0x20, localRelocations: [{ address: 8 }] }));
    expect(at(file, 8).kind).toBe("address");
  });

  it("counts past page zero in an executable", () => {
    const more = spec({ fileType: 2, bits: 32, localRelocations: [{ address: 0x1008 }] });
    const file = open({
      ...more,
      segments: [{ name: "__PAGEZERO", reserve: base }, ...(more.segments ?? [])],
    });
    expect(at(file, 8).kind).toBe("address");
  });

  it("may have scattered ones in 32 bits", () => {
    const file = open(spec({ bits: 32, localRelocations: [{ address: 0x1008, scattered: true }] }));
    expect(at(file, 8).kind).toBe("address");
  });

  test.each([
    ["another type", { type: 2 }],
    ["another length", { length: 2 }],
    ["a distance", { relative: true }],
  ])("says unknown of %s", (_what, more) => {
    const file = open(spec({ localRelocations: [{ address: 8, ...more }] }));
    expect(at(file, 8)).toMatchObject({ kind: "unknown" });
  });

  it("says unknown of a symbol that is not there", () => {
    const file = open(spec({ externalRelocations: [{ address: 8, symbol: 9 }] }));
    expect(at(file, 8)).toMatchObject({ kind: "unknown" });
  });

  it("fills symbol pointers by the indirect symbol table", () => {
    const file = open(
      spec({
        pointers: [{ at: ["__DATA,__nl_symbol_ptr", 8], to: "__TEXT,__const" }],
        indirectSymbols: [0, 0x80000000, 0x40000000, 1],
      }),
    );
    expect(at(file, 0, 2)).toMatchObject({ kind: "import", symbol: "_puts", ordinal: 3 });
    expect(at(file, 8, 2)).toEqual({ kind: "address", address: file.sections[0]?.address });
    expect(at(file, 16, 2)).toEqual({ kind: "plain", value: 0n });
    expect(at(file, 0, 3)).toMatchObject({ kind: "import", symbol: "_own" });
    expect(at(file, 8, 3)).toEqual({ kind: "plain", value: 0n });
  });

  test.each([
    ["local relocations", 76, 0x1000],
    ["local relocations", 76, 0xffffffff],
    ["external relocations", 68, 0x1000],
    ["external relocations", 68, 0xffffffff],
  ])("with more %s than the file has room for is an error", (what, offset, count) => {
    const file = openChanged(spec({ localRelocations: [{ address: 8 }] }), (bytes, built) =>
      bytes.writeUInt32LE(count, built.commandAt(0xb) + offset),
    );
    expect(formatErrorOf(() => at(file, 8)).what).toMatch(new RegExp(`^${what}`));
  });

  it("with an indirect symbol table outside the file is an error", () => {
    const file = openChanged(spec({ indirectSymbols: [0] }), (bytes, built) =>
      bytes.writeUInt32LE(0x7ffffff0, built.commandAt(0xb) + 56),
    );
    expect(formatErrorOf(() => at(file, 0, 2)).what).toMatch(/^indirect symbol table/);
  });
});

describe("an object file", () => {
  const segments: MachoSpec["segments"] = [
    {
      name: "",
      sections: [
        { name: "__const", bytes: "12345678" },
        { name: "__data", bytes: "12345678", relocationCount: 1 },
      ],
    },
  ];

  it("says unknown where a section has relocations", () => {
    const file = open({ fileType: 1, segments });
    expect(at(file, 0, 0).kind).toBe("plain");
    expect(at(file, 0, 1)).toEqual({ kind: "unknown", reason: "relocations of an object file" });
  });
});

import { describe, expect, it, test } from "vitest";
import type { MachoSpec } from "../../support/macho-builder.ts";
import { formatErrorOf, open } from "../../support/macho-open.ts";
import { cString, sleb, uleb } from "../../support/macho-writer.ts";

const base = 0x10000n;
const spec: MachoSpec = {
  base,
  segments: [
    { name: "__TEXT", sections: [{ name: "__const", bytes: '{"language":"rust"}' }] },
    { name: "__DATA", sections: [{ name: "__data", bytes: Buffer.alloc(0x200) }] },
  ],
};

function at(file: ReturnType<typeof open>, offset: number) {
  return file.pointerAt((file.sections[1]?.address ?? 0n) + BigInt(offset));
}

describe("rebase opcodes", () => {
  test.each([
    [32, "little"],
    [64, "little"],
    [32, "big"],
    [64, "big"],
  ] as const)("make the word in place an address, in %i bits, %s-endian", (bits, endian) => {
    const file = open({
      ...spec,
      bits,
      endian,
      rebases: [{ at: ["__DATA,__data", 16], to: ["__TEXT,__const", 1] }],
    });
    expect(at(file, 16)).toEqual({ kind: "address", address: (file.sections[0]?.address ?? 0n) + 1n });
  });

  it("leave a word that only looks like an address plain", () => {
    const file = open({
      ...spec,
      rebases: [{ at: ["__DATA,__data", 16], to: "__TEXT,__const" }],
      pointers: [{ at: ["__DATA,__data", 24], to: "__TEXT,__const" }],
    });
    expect(at(file, 24)).toEqual({ kind: "plain", value: file.sections[0]?.address });
    expect(at(file, 12)).toMatchObject({ kind: "plain" });
  });

  test.each([
    ["immediate times", [0x22, 0x08, 0x53], [8, 16, 24]],
    ["ULEB times", [0x22, 0x08, 0x60, 0x04], [8, 16, 24, 32]],
    ["add address after", [0x22, 0x00, 0x70, 0x10, 0x51], [0, 24]],
    ["times skipping", [0x22, 0x00, 0x80, 0x03, 0x10], [0, 24, 48]],
    ["add address", [0x22, 0x00, 0x30, 0x28, 0x51], [40]],
    ["add address scaled", [0x22, 0x00, 0x43, 0x51], [24]],
    ["address backwards", [0x22, 0x28, 0x30, ...uleb(-16), 0x51], [24]],
    ["times skipping backwards", [0x22, 0x30, 0x80, 0x03, ...uleb(-24)], [16, 32, 48]],
    ["count 0", [0x22, 0x08, 0x50, 0x60, 0x00], []],
    ["nothing after the end", [0x22, 0x08, 0x51, 0x00, 0x51], [8]],
  ])("%s", (_name, opcodes, places) => {
    // Segment 1 is __DATA; the table has it as 2 because the first of this image is __PAGEZERO.
    const withZero: MachoSpec = {
      ...spec,
      segments: [{ name: "__PAGEZERO", reserve: base }, ...(spec.segments ?? [])],
    };
    const file = open({ ...withZero, raw: { rebase: Buffer.from([0x11, ...opcodes]) } });
    const found = Array.from({ length: 16 }, (_, index) => index * 8).filter(
      (offset) => at(file, offset).kind === "address",
    );
    expect(found).toEqual(places);
  });

  it("that count to the moon are an error, and cost no time", () => {
    const rebase = Buffer.from([0x11, 0x21, 0x00, 0x60, ...uleb(2n ** 50n), 0x00]);
    const file = open({ ...spec, raw: { rebase } });
    const started = performance.now();
    expect(formatErrorOf(() => at(file, 0)).what).toMatch(/^rebase opcodes/);
    expect(performance.now() - started).toBeLessThan(100);
  });

  it("with a huge count at one place cost no time and no memory", () => {
    const rebase = Buffer.from([0x11, 0x21, 0x08, 0x80, ...uleb(2n ** 40n), ...uleb(-8), 0x00]);
    expect(at(open({ ...spec, raw: { rebase } }), 8).kind).toBe("address");
  });

  test.each([
    ["an unknown opcode", [0x90]],
    ["a segment that is not there", [0x27, 0x00, 0x51]],
    ["no segment", [0x51]],
    ["a place after the segment", [0x21, ...uleb(0x1ff9), 0x51]],
    ["a place before the segment", [0x21, ...uleb(-8), 0x51]],
    ["a distance past 2^53", [0x21, ...uleb(2n ** 60n), 0x51]],
    ["a number without end", [0x21, 0x80, 0x80]],
    ["too many places", [0x21, 0x00, 0x60, ...uleb(0x4000)]],
  ])("with %s are an error", (_what, opcodes) => {
    const file = open({ ...spec, raw: { rebase: Buffer.from([0x11, ...opcodes]) } });
    formatErrorOf(() => at(file, 0));
  });

  it("of a type that is no pointer are unknown", () => {
    const rebases = [{ at: "__DATA,__data", to: "__TEXT,__const" }] as const;
    expect(at(open({ ...spec, rebases, rebaseType: 3 }), 0)).toEqual({
      kind: "unknown",
      reason: "rebase of type 3",
    });
    expect(at(open({ ...spec, rebases, rebaseType: 2 }), 0).kind).toBe("unknown");
    expect(at(open({ ...spec, rebases, rebaseType: 2, bits: 32 }), 0).kind).toBe("address");
  });

  it("outside the file are an error", () => {
    const body = Buffer.alloc(40);
    body.writeUInt32LE(0x7ffffff0, 0);
    body.writeUInt32LE(8, 4);
    const file = open({ ...spec, commands: [{ cmd: 0x22, body }] });
    expect(formatErrorOf(() => at(file, 0)).what).toMatch(/^rebase opcodes/);
  });
});

describe("bind opcodes", () => {
  it("name the symbol that another library defines", () => {
    const file = open({
      ...spec,
      binds: [{ at: ["__DATA,__data", 8], symbol: "_puts", ordinal: 1, addend: -4 }],
    });
    expect(at(file, 8)).toEqual({
      kind: "import",
      symbol: "_puts",
      ordinal: 1,
      addend: -4n,
      weak: false,
      lazy: false,
    });
    expect(at(file, 16).kind).toBe("plain");
  });

  test.each([
    [-1, -1],
    [-2, -2],
    [-3, -3],
    [3, 3],
    [300, 300],
  ])("name library %i", (ordinal, found) => {
    const file = open({ ...spec, binds: [{ at: "__DATA,__data", symbol: "_a", ordinal }] });
    expect(at(file, 0)).toMatchObject({ kind: "import", ordinal: found });
  });

  it("for weak and lazy symbols have tables of their own", () => {
    const file = open({
      ...spec,
      rebases: [{ at: ["__DATA,__data", 16], to: "__TEXT,__const" }],
      binds: [
        { at: ["__DATA,__data", 8], symbol: "_a", weak: true },
        { at: ["__DATA,__data", 16], symbol: "_new", kind: "weak" },
        { at: ["__DATA,__data", 24], symbol: "_later", kind: "lazy" },
        { at: ["__DATA,__data", 32], symbol: "_latest", kind: "lazy", ordinal: -2 },
      ],
    });
    expect(at(file, 8)).toMatchObject({ symbol: "_a", weak: true });
    expect(at(file, 16)).toMatchObject({ symbol: "_new", ordinal: -3 });
    expect(at(file, 24)).toMatchObject({ symbol: "_later", lazy: true });
    expect(at(file, 32)).toMatchObject({ symbol: "_latest", lazy: true, ordinal: -2 });
    expect(file.imports.map(({ symbol }) => symbol)).toEqual(["_a", "_new", "_later", "_latest"]);
  });

  it("to the image itself lead to its own export", () => {
    const file = open({
      ...spec,
      exports: [{ name: "_own", at: "__TEXT,__const" }],
      binds: [{ at: "__DATA,__data", symbol: "_own", ordinal: 0, addend: 1 }],
    });
    expect(at(file, 0)).toEqual({ kind: "address", address: (file.sections[0]?.address ?? 0n) + 1n });
  });

  it("to the image itself stay imports where it does not export the name", () => {
    const file = open({ ...spec, binds: [{ at: "__DATA,__data", symbol: "_own", ordinal: 0 }] });
    expect(at(file, 0)).toMatchObject({ kind: "import", symbol: "_own" });
  });

  it("by flat lookup stay imports even where the image exports the name", () => {
    const file = open({
      ...spec,
      exports: [{ name: "_own", at: "__TEXT,__const" }],
      binds: [{ at: "__DATA,__data", symbol: "_own", ordinal: -2 }],
    });
    expect(at(file, 0)).toMatchObject({ kind: "import", symbol: "_own", ordinal: -2 });
  });

  const start = [0x11, 0x40, ...cString("_a"), 0x51, 0x71];
  test.each([
    ["add address", [0xa0, 0x08, 0x90], [0, 16]],
    ["add address scaled", [0xb1, 0x90], [0, 16]],
    ["times skipping", [0xc0, 0x03, 0x08], [0, 16, 32]],
    ["moving", [0x80, 0x18, 0x90], [24]],
  ])("%s", (_name, opcodes, places) => {
    const file = open({ ...spec, raw: { bind: Buffer.from([...start, 0x00, ...opcodes, 0x00]) } });
    const found = Array.from({ length: 16 }, (_, index) => index * 8).filter(
      (offset) => at(file, offset).kind === "import",
    );
    expect(found).toEqual(places);
  });

  it("keep a symbol until another is set, with the addend of the moment", () => {
    const bind = Buffer.from([
      ...start,
      0x00,
      0x90,
      0x60,
      ...sleb(-100),
      0x90,
      0x40,
      ...cString("_b"),
      0x90,
      0x00,
    ]);
    const file = open({ ...spec, raw: { bind } });
    expect([at(file, 0), at(file, 8), at(file, 16)]).toMatchObject([
      { symbol: "_a", addend: 0n },
      { symbol: "_a", addend: -100n },
      { symbol: "_b", addend: -100n },
    ]);
  });

  it("of a type that is no pointer are unknown", () => {
    const bind = Buffer.from([0x11, 0x40, ...cString("_a"), 0x53, 0x71, 0x00, 0x90, 0x00]);
    expect(at(open({ ...spec, raw: { bind } }), 0)).toEqual({
      kind: "unknown",
      reason: "bind of type 3 to _a",
    });
  });

  it("threaded as the first arm64e linkers did are unknown, not guessed", () => {
    const file = open({
      ...spec,
      raw: { bind: Buffer.from([0xd0, 0x01, ...start, 0x00, 0x90, 0xd1, 0x00]) },
    });
    expect(at(file, 0)).toEqual({ kind: "unknown", reason: "threaded arm64e binds" });
  });

  test.each([
    ["an unknown opcode", [0xf0]],
    ["no symbol", [0x71, 0x00, 0x90]],
    ["a name without end", [0x40, 0x61, 0x61]],
    ["a segment that is not there", [...start.slice(0, -1), 0x7f, 0x00, 0x90]],
    ["a place outside", [...start, ...uleb(0x2000), 0x90]],
    ["too many places", [...start, 0x00, 0xc0, ...uleb(2n ** 40n), 0x00]],
  ])("with %s are an error", (_what, opcodes) => {
    const file = open({ ...spec, raw: { bind: Buffer.from(opcodes) } });
    formatErrorOf(() => at(file, 0));
    formatErrorOf(() => file.imports);
  });
});

describe("an image without any fixups", () => {
  it("has plain words alone", () => {
    const file = open({ ...spec, pointers: [{ at: "__DATA,__data", to: "__TEXT,__const" }] });
    expect(at(file, 0)).toEqual({ kind: "plain", value: file.sections[0]?.address });
  });

  it("has no pointer where it has no content", () => {
    const zero: MachoSpec = {
      segments: [{ name: "__TEXT" }, { name: "__DATA", sections: [{ name: "__bss", zeroFill: 64 }] }],
    };
    const file = open(zero);
    expect(formatErrorOf(() => file.pointerAt(file.sections[0]?.address ?? 0n)).what).toBe(
      "pointer lies in zero-filled memory",
    );
    expect(formatErrorOf(() => file.pointerAt(0x99999999n)).what).toBe("pointer lies in no segment");
  });

  it("has no pointer in the last bytes of a segment", () => {
    const file = open(spec);
    formatErrorOf(() => file.pointerAt(base + 0x1ffcn));
  });
});

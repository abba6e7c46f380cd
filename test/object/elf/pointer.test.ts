import { describe, expect, test } from "vitest";
import type { ElfSpec, PointerSpec } from "../../support/elf-builder.ts";
import { ENCODINGS, formatErrorOf, open, openBuilt } from "../../support/elf-open.ts";

const blob = { in: ".rodata", at: 4 };
const spot = { in: ".data", at: 16 };

/** A library with a pointer from .data to the middle of .rodata. */
function withPointer(pointer: Omit<PointerSpec, "in" | "at">, spec: ElfSpec = {}): ElfSpec {
  return {
    sections: [
      { name: ".rodata", content: '....{"language":"go"}\0' },
      { name: ".data", content: Buffer.alloc(64), writable: true },
    ],
    dynamicSymbols: [{ name: "imported" }, { name: "blob", in: ".rodata", at: 4, size: 18 }],
    pointers: [{ ...spot, ...pointer }],
    ...spec,
  };
}

describe.each(ENCODINGS)("a pointer of $bits bits, $endian endian", ({ bits, endian }) => {
  const pointerOf = (pointer: Omit<PointerSpec, "in" | "at">, spec: ElfSpec = {}) => {
    const { file, built } = openBuilt(withPointer(pointer, { bits, endian, sectionHeaders: false, ...spec }));
    return { found: file.pointerAt(built.address(spot)), target: built.address(blob), file, built };
  };

  test.each(["rela", "rel", "relr"] as const)(
    "with a relative relocation in %s leads to its target",
    (via) => {
      const { found, target } = pointerOf({ to: blob, via });
      expect(found).toEqual({ kind: "address", address: target });
    },
  );

  test("by a defined symbol leads to the symbol and its addend", () => {
    const { found, target } = pointerOf({ symbol: "blob", addend: 3, via: "symbol" });
    expect(found).toEqual({ kind: "address", address: target + 3n });
  });

  test("by a defined symbol may have a negative addend", () => {
    const { found, target } = pointerOf({ symbol: "blob", addend: -4, via: "symbol" });
    expect(found).toEqual({ kind: "address", address: target - 4n });
  });

  test("by an undefined symbol is an import", () => {
    expect(pointerOf({ symbol: "imported", via: "symbol" }).found).toEqual({
      kind: "import",
      symbol: "imported",
    });
  });

  test("without a relocation is the word in place", () => {
    const { found, target } = pointerOf({ to: blob, via: "plain" }, { type: 2 });
    expect(found).toEqual({ kind: "plain", value: target });
  });

  test("ignores the word in place where the relocation has an addend", () => {
    const patch = [{ content: ".data", at: 16, bytes: [1, 2, 3, 4] }];
    const { found, target } = pointerOf({ to: blob, via: "rela" }, { patch });
    expect(found).toEqual({ kind: "address", address: target });
  });

  test("beside a relocation is plain data", () => {
    const { file, built } = pointerOf({ to: blob, via: "rela" });
    expect(file.pointerAt(built.address({ in: ".data", at: 16 + bits / 8 }))).toEqual({
      kind: "plain",
      value: 0n,
    });
  });
});

describe("the relative and symbolic relocations of", () => {
  test.each([
    ["i386", 3, 32, "little"],
    ["arm", 40, 32, "little"],
    ["aarch64", 183, 64, "little"],
    ["riscv32", 243, 32, "little"],
    ["riscv64", 243, 64, "little"],
    ["powerpc", 20, 32, "big"],
    ["powerpc64le", 21, 64, "little"],
    ["s390x", 22, 64, "big"],
    ["loongarch64", 258, 64, "little"],
  ] as const)("%s are known", (_, machine, bits, endian) => {
    const basics = { machine, bits, endian };
    const relative = openBuilt(withPointer({ to: blob, via: "rela" }, basics));
    const symbolic = openBuilt(withPointer({ symbol: "blob", via: "symbol" }, basics));
    const address = relative.built.address(blob);
    expect(relative.file.pointerAt(relative.built.address(spot))).toEqual({ kind: "address", address });
    expect(symbolic.file.pointerAt(symbolic.built.address(spot))).toMatchObject({ kind: "address" });
  });

  test.each([
    ["mips", 8, 32],
    ["sparcv9", 43, 64],
    ["aarch64 ILP32", 183, 32],
    ["a machine nobody knows", 0x1234, 64],
  ] as const)("%s are said to be unknown", (_, machine, bits) => {
    const relocations = { rela: [{ place: spot, type: 3 }] };
    const { file, built } = openBuilt(
      withPointer({ via: "plain" }, { machine, bits, pointers: [], relocations }),
    );
    expect(file.pointerAt(built.address(spot))).toMatchObject({ kind: "unknown" });
  });

  test("RELR are relative on any machine", () => {
    const { file, built } = openBuilt(withPointer({ to: blob, via: "relr" }, { machine: 0x1234 }));
    expect(file.pointerAt(built.address(spot))).toEqual({ kind: "address", address: built.address(blob) });
  });
});

describe("a pointer", () => {
  const pointerOf = (spec: ElfSpec) => {
    const { file, built } = openBuilt(withPointer({ via: "plain" }, { pointers: [], ...spec }));
    return { found: file.pointerAt(built.address(spot)), built };
  };
  const rela = (type: number, symbol?: string) => ({
    relocations: { rela: [{ place: spot, type, ...(symbol !== undefined && { symbol }) }] },
  });

  test.each([6, 7])("in the global offset table (type %i) leads to its symbol", (type) => {
    const { found, built } = pointerOf(rela(type, "blob"));
    expect(found).toEqual({ kind: "address", address: built.address(blob) });
  });

  test("in a REL slot does not add the lazy binder's address that stands there", () => {
    const jmprel = [{ place: spot, type: 7, symbol: "blob" }];
    const patch = [{ content: ".data", at: 16, bytes: [0x16, 0x10, 0, 0] }];
    const { found, built } = pointerOf({ bits: 32, relocations: { jmprel }, pltKind: "rel", patch });
    expect(found).toEqual({ kind: "address", address: built.address(blob) });
  });

  test("by REL and a symbol adds the word in place", () => {
    const rel = [{ place: spot, type: 1, symbol: "blob", addend: 2 }];
    const { found, built } = pointerOf({ bits: 32, relocations: { rel } });
    expect(found).toEqual({ kind: "address", address: built.address({ in: ".rodata", at: 6 }) });
  });

  test("that a function chooses is unknown", () => {
    expect(pointerOf(rela(37)).found).toMatchObject({
      kind: "unknown",
      reason: expect.stringContaining("IRELATIVE") as string,
    });
  });

  test.each([
    ["a number", { absolute: 5 }],
    ["thread-local", { in: ".data", type: 6 }],
    ["a function chooses", { in: ".rodata", type: 10 }],
  ])("by a symbol that is %s is unknown", (reason, symbol) => {
    const { found } = pointerOf({ ...rela(1, "it"), dynamicSymbols: [{ name: "it", ...symbol }] });
    expect(found).toMatchObject({ kind: "unknown", reason: expect.stringContaining(reason) as string });
  });

  test("of a symbolic relocation without a symbol is unknown", () => {
    expect(pointerOf(rela(1)).found).toMatchObject({ kind: "unknown" });
  });

  test("of a type nobody knows is unknown, with the number", () => {
    expect(pointerOf(rela(200)).found).toEqual({
      kind: "unknown",
      reason: "relocation type 200 is not known for machine 62",
    });
  });

  test("with a relocation that does nothing (R_X86_64_NONE) is plain", () => {
    expect(pointerOf(rela(0)).found).toEqual({ kind: "plain", value: 0n });
  });

  test("with two relocations is unknown", () => {
    const twice = { place: spot, type: 8, addend: blob };
    expect(pointerOf({ relocations: { rela: [twice, twice] } }).found).toMatchObject({ kind: "unknown" });
    expect(pointerOf({ relocations: { rela: [twice], relr: [spot] } }).found).toMatchObject({
      kind: "unknown",
    });
  });

  test("in a file with packed Android relocations is unknown", () => {
    expect(pointerOf({ dynamic: [[0x60000011n, 0x1000]] }).found).toMatchObject({ kind: "unknown" });
  });

  test("in a relocatable file is unknown", () => {
    expect(
      open({ type: 1, sections: [{ name: ".data", content: Buffer.alloc(8) }] }).pointerAt(0n),
    ).toMatchObject({
      kind: "unknown",
    });
  });

  test("in a file without a dynamic section is plain", () => {
    const spec = { type: 2, dynamicSegment: false, pointers: [{ ...spot, to: blob, via: "plain" as const }] };
    const { found, built } = pointerOf(spec);
    expect(found).toEqual({ kind: "plain", value: built.address(blob) });
  });

  test("in zero fill is 0", () => {
    const { file, built } = openBuilt({ sections: [{ name: ".bss", size: 64 }] });
    expect(file.pointerAt(built.address({ in: ".bss", at: 8 }))).toEqual({ kind: "plain", value: 0n });
  });

  test("that runs from file content into zero fill has zeros there", () => {
    const { file, built } = openBuilt({
      sections: [
        { name: ".data", content: Buffer.from([1, 2, 3, 4]), writable: true },
        { name: ".bss", size: 64, align: 4 },
      ],
    });
    expect(file.pointerAt(built.address({ in: ".data" }))).toEqual({ kind: "plain", value: 0x04030201n });
  });

  test("that runs out of its segment is refused", () => {
    const { file, built } = openBuilt({
      sections: [{ name: ".data", content: Buffer.alloc(4), writable: true }],
    });
    expect(formatErrorOf(() => file.pointerAt(built.address({ in: ".data" }))).what).toBe(
      "pointer leaves its segment",
    );
  });

  test("where nothing is mapped is refused", () => {
    expect(formatErrorOf(() => open({}).pointerAt(0n)).what).toBe("address of pointer has no file content");
  });

  test("is found however many times one is asked for", () => {
    const count = 500;
    const sections = [{ name: ".data", content: Buffer.alloc(count * 8), writable: true }];
    // In no order, as linkers write them that put those by symbol last.
    const places = Array.from({ length: count }, (_, index) => ({
      in: ".data",
      at: ((index * 137) % count) * 8,
    }));
    const { file, built } = openBuilt({
      sections,
      pointers: places
        .filter((_, index) => index % 2 === 0)
        .map((place) => ({ ...place, to: place, via: "rela" })),
    });
    const kinds = places.map((place) => file.pointerAt(built.address(place)).kind);
    expect(kinds).toEqual(places.map((_, index) => (index % 2 === 0 ? "address" : "plain")));
  });

  test("whose relocation names a symbol outside the table is refused", () => {
    const patch = [{ content: ".rela.dyn", at: 12, bytes: [0xff, 0xff, 0xff, 0x7f] }];
    const { file, built } = openBuilt({ ...withPointer({ symbol: "blob", via: "symbol" }), patch });
    expect(formatErrorOf(() => file.pointerAt(built.address(spot))).what).toContain(
      "dynamic symbol 2147483647",
    );
  });
});

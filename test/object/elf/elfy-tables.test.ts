import { describe, expect, test } from "vitest";
import type { ElfSpec } from "../../support/elf-builder.ts";
import { ENCODINGS, open, sectionOf } from "../../support/elf-open.ts";

/** What elfy 1.0.0 gets wrong where it is given a whole file; each with the answer that is right. */
describe("a file that elfy alone misreads", () => {
  const data = { name: ".data", content: Buffer.alloc(48), writable: true, align: 16, entrySize: 24 };

  test("has the alignment and entry size that its section headers say (elfy: read two bytes early)", () => {
    expect(sectionOf(open({ sections: [data] }), ".data")).toMatchObject({ alignment: 16n, entrySize: 24n });
  });

  test("opens without section headers (elfy: TypeError)", () => {
    expect(open({ sections: [data], sectionHeaders: false }).sections).toEqual([]);
  });

  test("opens with extended numbering (elfy: TypeError, and 'Failed to slice chunks')", () => {
    const file = open({ sections: [data], extendedNumbering: true });
    expect([file.sections.length, file.segments.length]).toEqual([2, 2]);
  });

  test.each([
    [243, "riscv64"],
    [258, "loongarch64"],
    [247, "bpfel"],
    [0x1234, "unknown-4660"],
  ])("is for machine %i (elfy: undefined)", (machine, arch) => {
    expect(open({ machine })).toMatchObject({ machine, arch });
  });

  test("excludes a section by bit 31 of its flags (elfy: a key '-2147483648')", () => {
    const file = open({ sections: [{ ...data, flags: 0x80000000 }] });
    expect(sectionOf(file, ".data").flags).toBe(0x80000003n);
  });

  test("has an OS ABI and ABI version (elfy: always 'hpux')", () => {
    expect(open({ osAbi: 3, abiVersion: 1 })).toMatchObject({ osAbi: 3, abiVersion: 1 });
  });

  test("has a type nobody knows (elfy: undefined)", () => {
    expect(open({ type: 0xfe00 })).toMatchObject({ type: 0xfe00, kind: "other" });
  });

  test("shows nothing of elfy's data, which is not the section's", () => {
    expect(sectionOf(open({ sections: [data] }), ".data")).not.toHaveProperty("data");
  });
});

describe.each(ENCODINGS)("tables of $bits bits, $endian endian", (encoding) => {
  const spec: ElfSpec = {
    ...encoding,
    sections: [
      { name: ".data", content: Buffer.alloc(48, 1), writable: true, entrySize: 24, align: 16, info: 9 },
      { name: ".bss", size: 4096 },
      { name: ".text.ünïcode", content: "x" },
    ],
    segments: [{ over: ".data", fields: { p_type: 0x6474e552, p_flags: 4, p_align: 1 } }],
  };
  const filler = Array.from({ length: 5000 }, (_, index) => ({ name: `.filler${index}`, loaded: false }));

  test("too long for elfy give the same section headers by our own reading", () => {
    const byElfy = open(spec).sections.slice(0, 3);
    const own = open({ ...spec, sections: [...(spec.sections ?? []), ...filler] });
    expect(own.sections).toHaveLength(5004);
    expect(own.sections.slice(0, 3)).toEqual(byElfy);
  });

  test("too long for elfy give the same program headers by our own reading", () => {
    const byElfy = open({ ...spec, base: 0x40000 }).programHeaders.at(-1);
    const segments = [...(spec.segments ?? []), ...filler.map(() => ({ fields: { p_type: 0x6fff0000 } }))];
    const own = open({ ...spec, base: 0x40000, segments }).programHeaders[2];
    const { address, ...rest } = own ?? { address: 0n };
    expect(rest).toEqual({ ...byElfy, address: undefined, offset: own?.offset });
    expect(address - (own?.offset ?? 0n)).toBe((byElfy?.address ?? 0n) - (byElfy?.offset ?? 0n));
  });
});

import { describe, expect, it, test } from "vitest";
import { Slice } from "../../../src/object/image.ts";
import { openMacho } from "../../../src/object/macho/file.ts";
import { isUniversal, readUniversal } from "../../../src/object/macho/universal.ts";
import { buildMacho, buildUniversal } from "../../support/macho-builder.ts";
import { formatErrorOf } from "../../support/macho-open.ts";
import { memorySource } from "../../support/macho-source.ts";

const intel = { cputype: 0x01000007, cpusubtype: 3, bytes: buildMacho({ installName: "intel" }).bytes };
const arm = {
  cputype: 0x0100000c,
  cpusubtype: 0,
  bytes: buildMacho({ cpuType: 0x0100000c, cpuSubtype: 0, installName: "arm" }).bytes,
  align: 14,
};

function read(bytes: Buffer) {
  return readUniversal(memorySource(bytes));
}

describe.each([32, 64] as const)("a universal file with entries of %i bits", (bits) => {
  const bytes = buildUniversal([intel, arm], { bits });

  it("lists its slices", () => {
    expect(read(bytes)).toEqual({
      bits,
      slices: [
        {
          cputype: 0x01000007,
          cpusubtype: 3,
          arch: "x86_64",
          offset: 0x1000,
          size: intel.bytes.length,
          align: 12,
        },
        {
          cputype: 0x0100000c,
          cpusubtype: 0,
          arch: "aarch64",
          offset: 0x4000,
          size: arm.bytes.length,
          align: 14,
        },
      ],
    });
  });

  it("has slices that open as files of their own", () => {
    const source = memorySource(bytes);
    const files = readUniversal(source).slices.map(({ offset, size }) =>
      openMacho(new Slice(source, offset, size)),
    );
    expect(files.map(({ arch, installName, size }) => [arch, installName, size])).toEqual([
      ["x86_64", "intel", intel.bytes.length],
      ["aarch64", "arm", arm.bytes.length],
    ]);
  });

  it("gives errors in a slice their place in the whole file", () => {
    const broken = Buffer.from(bytes);
    broken.writeUInt32LE(3, 0x4000 + 32 + 4);
    const error = formatErrorOf(() => openMacho(new Slice(memorySource(broken), 0x4000, arm.bytes.length)));
    expect(error).toMatchObject({ offset: 0x4000 + 32 + 4, found: 3 });
  });

  const size = bits === 64 ? 32 : 20;
  const offsetAt = (entry: number) => 8 + entry * size + 8;
  const writeWord = (target: Buffer, value: number, at: number) => {
    if (bits === 64) target.writeBigUInt64BE(BigInt(value), at);
    else target.writeUInt32BE(value, at);
  };

  test.each([
    ["no slices", (b: Buffer) => b.writeUInt32BE(0, 4), "wrong number of slices"],
    ["more slices than any system takes", (b: Buffer) => b.writeUInt32BE(17, 4), "wrong number of slices"],
    [
      "a slice that starts after the end",
      (b: Buffer) => {
        writeWord(b, 0x70000000, offsetAt(1));
      },
      "outside the file",
    ],
    [
      "a slice that ends after the end",
      (b: Buffer) => {
        writeWord(b, 0x70000000, offsetAt(1) + bits / 8);
      },
      "outside the file",
    ],
    [
      "a slice over another",
      (b: Buffer) => {
        writeWord(b, 0x1000, offsetAt(1));
        b.writeUInt32BE(12, offsetAt(1) + bits / 4);
      },
      "overlaps",
    ],
    [
      "a slice over the table",
      (b: Buffer) => {
        writeWord(b, 0, offsetAt(0));
      },
      "overlaps",
    ],
    [
      "a slice that is misaligned",
      (b: Buffer) => {
        writeWord(b, 0x1008, offsetAt(0));
      },
      "misaligned",
    ],
    [
      "an alignment that no tool makes",
      (b: Buffer) => b.writeUInt32BE(63, offsetAt(0) + bits / 4),
      "aligned too far",
    ],
    [
      "a slice that is too short",
      (b: Buffer) => {
        writeWord(b, 27, offsetAt(0) + bits / 8);
      },
      "too short",
    ],
    [
      "a slice without bytes",
      (b: Buffer) => {
        writeWord(b, 0, offsetAt(1) + bits / 8);
      },
      "too short",
    ],
    ["a slice for another CPU than its image", (b: Buffer) => b.writeUInt32BE(0x12, 8), "for another CPU"],
    [
      "two slices for one architecture",
      (b: Buffer) => {
        b.copy(b, 8 + size, 8, 16);
      },
      "a second slice",
    ],
  ])("with %s is an error", (_what, change, what) => {
    const broken = Buffer.from(bytes);
    change(broken);
    expect(formatErrorOf(() => read(broken)).what).toContain(what);
  });

  test.each([0, 7, 8, 8 + size, 0x1000, 0x1001])("that is cut off after %i bytes is an error", (length) => {
    formatErrorOf(() => read(bytes.subarray(0, length)));
  });
});

describe("a universal file", () => {
  it("may have slices of one CPU with different subtypes", () => {
    const haswell = { ...intel, cpusubtype: 8 };
    expect(read(buildUniversal([intel, haswell])).slices.map(({ arch }) => arch)).toEqual([
      "x86_64",
      "x86_64h",
    ]);
  });

  it("does not tell architectures apart by capability bits on Intel", () => {
    const error = formatErrorOf(() => read(buildUniversal([intel, { ...intel, cpusubtype: 0x80000003 }])));
    expect(error.what).toContain("a second slice for x86_64");
  });

  it("may have a hidden slice for arm64 after the ones it counts", () => {
    const bytes = buildUniversal([intel, arm]);
    bytes.writeUInt32BE(1, 4);
    expect(read(bytes).slices.map(({ arch }) => arch)).toEqual(["x86_64", "aarch64"]);
  });

  it("may hold static libraries", () => {
    const archive = Buffer.from("!<arch>\n".padEnd(64));
    expect(read(buildUniversal([{ cputype: 7, bytes: archive }])).slices).toHaveLength(1);
  });

  it("checks big-endian slices as well", () => {
    const { bytes } = buildMacho({ bits: 32, endian: "big" });
    expect(read(buildUniversal([{ cputype: 18, bytes }])).slices).toMatchObject([{ arch: "powerpc" }]);
    formatErrorOf(() => read(buildUniversal([{ cputype: 7, bytes }])));
  });

  it("with a size past 2^53 is an error", () => {
    const bytes = buildUniversal([intel], { bits: 64 });
    bytes.writeBigUInt64BE(2n ** 64n - 0x1000n, 24);
    expect(formatErrorOf(() => read(bytes)).what).toContain("outside the file");
  });
});

describe("isUniversal", () => {
  // Minor version, then major version: Java 1.1 is 45.3, Java 8 is 52.0, Java 21 is 65.0.
  test.each(["cafebabe0003002d", "cafebabe00000034", "cafebabe00000041", "cafebabeffff0041"])(
    "refuses the Java class %s",
    (start) => {
      expect(isUniversal(Buffer.from(start, "hex"))).toBe(false);
      formatErrorOf(() => read(Buffer.concat([Buffer.from(start, "hex"), Buffer.alloc(1000)])));
    },
  );

  test.each(["cafebabe00000002", "cafebabf00000002", "cafebabe0000002c"])("takes %s", (start) => {
    expect(isUniversal(Buffer.from(start, "hex"))).toBe(true);
  });

  test.each(["", "cafebabe", "cffaedfe07000001"])("refuses %j", (start) => {
    expect(isUniversal(Buffer.from(start, "hex"))).toBe(false);
  });
});

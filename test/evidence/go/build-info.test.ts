import { describe, expect, it } from "vitest";
import { readGoBuildInfo, type GoBuildInfo } from "../../../src/evidence/go/build-info.ts";
import type { Fact } from "../../../src/evidence/fact.ts";
import { openObject } from "../../../src/object/open.ts";
import { buildMacho, buildUniversal, type MachoSpec } from "../../support/macho-builder.ts";
import { memorySource } from "../../support/macho-source.ts";
import { open as openMacho } from "../../support/macho-open.ts";
import type { ElfSpec } from "../../support/elf-builder.ts";
import { ENCODINGS, open } from "../../support/elf-open.ts";
import { putNumber } from "../../support/elf-structures.ts";
import {
  framed,
  infoHeader,
  inlineInfo,
  sampleText,
  sampleVersion,
  varint,
} from "../../support/go-build-info-bytes.ts";

const sample: GoBuildInfo = {
  goVersion: sampleVersion,
  path: "example.com/plugin",
  main: { path: "example.com/plugin", version: "(devel)", sum: undefined },
  deps: [
    {
      path: "example.com/dep",
      version: "v1.2.3",
      sum: "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    },
  ],
  settings: [{ key: "-buildmode", value: "plugin" }],
};

const nothing = { path: undefined, main: undefined, deps: [], settings: [] };

function elf(content: Buffer, spec: ElfSpec = {}): ElfSpec {
  return { ...spec, sections: [{ name: ".go.buildinfo", content, writable: true, align: 16 }] };
}

function whyNot(fact: Fact<GoBuildInfo>): string {
  return fact.known ? `known: ${JSON.stringify(fact.value)}` : fact.why;
}

/** The strings of Go 1.13 to 1.17: in .rodata, their headers in .data, pointers to those in .go.buildinfo. */
function pointed(
  via: "plain" | "rela" | "rel",
  { bits, endian }: (typeof ENCODINGS)[number] = { bits: 64, endian: "little" },
): ElfSpec {
  const word = bits / 8;
  const text = framed(sampleText);
  const headers = Buffer.alloc(4 * word);
  putNumber(headers, word, word, BigInt(sampleVersion.length), endian);
  putNumber(headers, 3 * word, word, BigInt(text.length), endian);
  return {
    bits,
    endian,
    type: via === "plain" ? 2 : 3,
    ...(endian === "big" && { machine: bits === 64 ? 22 : 20 }),
    sections: [
      { name: ".rodata", content: Buffer.concat([Buffer.from(sampleVersion.padEnd(16)), text]) },
      { name: ".data", content: headers, writable: true },
      {
        name: ".go.buildinfo",
        content: infoHeader(word, endian === "big" ? 1 : 0),
        writable: true,
        align: 16,
      },
    ],
    pointers: [
      { in: ".data", to: { in: ".rodata" }, via },
      { in: ".data", at: 2 * word, to: { in: ".rodata", at: 16 }, via },
      { in: ".go.buildinfo", at: 16, to: { in: ".data" }, via },
      { in: ".go.buildinfo", at: 16 + word, to: { in: ".data", at: 2 * word }, via },
    ],
  };
}

describe("build info in an ELF file", () => {
  it("is read where the strings follow the header", () => {
    expect(readGoBuildInfo(open(elf(inlineInfo())))).toEqual({
      known: true,
      value: sample,
      from: ".go.buildinfo",
    });
  });

  describe.each(ENCODINGS)("of $bits bits, $endian endian", (encoding) => {
    it("is read where the strings follow the header", () => {
      expect(readGoBuildInfo(open(elf(inlineInfo(), encoding)))).toMatchObject({ value: sample });
    });

    it("is read through plain pointers", () => {
      expect(readGoBuildInfo(open(pointed("plain", encoding)))).toMatchObject({ value: sample });
    });

    it("is read through relocated pointers", () => {
      expect(readGoBuildInfo(open(pointed("rela", encoding)))).toMatchObject({ value: sample });
    });
  });

  it("is read through pointers whose addends stand in place", () => {
    const spec = pointed("rel", { bits: 32, endian: "little" });
    expect(readGoBuildInfo(open(spec))).toMatchObject({ value: sample });
  });

  it("needs no module info", () => {
    const info = inlineInfo(sampleVersion, Buffer.alloc(0));
    expect(readGoBuildInfo(open(elf(info)))).toMatchObject({
      value: { goVersion: sampleVersion, ...nothing },
    });
  });

  it("has no module info where its marks are missing", () => {
    const info = inlineInfo(sampleVersion, Buffer.from(sampleText));
    expect(readGoBuildInfo(open(elf(info)))).toMatchObject({
      value: { goVersion: sampleVersion, ...nothing },
    });
  });

  it("is found at a multiple of 16 behind other data of its section", () => {
    const content = Buffer.concat([Buffer.alloc(48), inlineInfo()]);
    expect(readGoBuildInfo(open(elf(content)))).toMatchObject({ value: sample });
  });

  it("is not there where a file of another language has sections without it", () => {
    const spec = { sections: [{ name: ".data", content: inlineInfo(), writable: true, align: 16 }] };
    expect(whyNot(readGoBuildInfo(open(spec)))).toBe("the file has no Go build info");
  });

  it("is found in the data of a Go file whose linker merged the section into another", () => {
    const spec = {
      sections: [
        { name: ".note.go.buildid", content: "id" },
        { name: ".data", content: inlineInfo(), writable: true, align: 16 },
      ],
    };
    expect(readGoBuildInfo(open(spec))).toMatchObject({ value: sample });
  });
});

describe("build info in an ELF file without section headers", () => {
  const stripped = (content: Buffer): ElfSpec => ({ ...elf(content), sectionHeaders: false });

  it("is found in the data that can be written to", () => {
    const fact = readGoBuildInfo(open(stripped(Buffer.concat([Buffer.alloc(65_536), inlineInfo()]))));
    expect(fact).toMatchObject({ value: sample });
    expect(fact.known && fact.from).toMatch(/^the data at 0x[0-9a-f]+$/);
  });

  it("is not found where it is not aligned to 16 bytes", () => {
    const content = Buffer.concat([Buffer.alloc(8), inlineInfo()]);
    expect(whyNot(readGoBuildInfo(open(stripped(content))))).toBe("the file has no Go build info");
  });

  it("is found behind a text like its magic that is not aligned", () => {
    const decoy = Buffer.alloc(64);
    infoHeader(8, 2).copy(decoy, 8);
    expect(readGoBuildInfo(open(stripped(Buffer.concat([decoy, inlineInfo()]))))).toMatchObject({
      value: sample,
    });
  });

  it("is not looked for beyond a mebibyte", () => {
    const content = Buffer.concat([Buffer.alloc(2 ** 20), inlineInfo()]);
    expect(whyNot(readGoBuildInfo(open(stripped(content))))).toBe("the file has no Go build info");
  });

  it("is not looked for in data that cannot be written to", () => {
    const spec = {
      sections: [{ name: ".rodata", content: inlineInfo(), align: 16 }],
      sectionHeaders: false,
    };
    expect(whyNot(readGoBuildInfo(open(spec)))).toBe("the file has no Go build info");
  });
});

describe("build info in a Mach-O file", () => {
  const macho = (segment: string): MachoSpec => ({
    segments: [
      { name: "__TEXT", sections: [{ name: "__const", bytes: "{}" }] },
      { name: segment, sections: [{ name: "__go_buildinfo", bytes: inlineInfo(), align: 4 }] },
    ],
  });

  it.each(["__DATA", "__DATA_CONST", "__RODATA"])("is read from segment %s", (segment) => {
    expect(readGoBuildInfo(openMacho(macho(segment)))).toEqual({
      known: true,
      value: sample,
      from: `${segment},__go_buildinfo`,
    });
  });

  it("is read in each slice of a universal file", () => {
    const universal = buildUniversal(
      [0x0100_0007, 0x0100_000c].map((cputype) => ({
        cputype,
        bytes: buildMacho({ ...macho("__DATA"), cpuType: cputype, cpuSubtype: 0 }).bytes,
      })),
    );
    const read = openObject(memorySource(universal)).slices.map(({ object }) => readGoBuildInfo(object));
    expect(read).toMatchObject([{ value: sample }, { value: sample }]);
  });
});

describe("broken build info is unknown", () => {
  const header = infoHeader(8, 2);
  const versioned = Buffer.concat([header, varint(sampleVersion.length), Buffer.from(sampleVersion)]);

  it.each<readonly [string, Buffer, RegExp]>([
    ["a section without its magic", Buffer.alloc(64), /^the file has no Go build info$/],
    ["an empty section", Buffer.alloc(0), /^the file has no Go build info$/],
    ["a header that is cut off", header.subarray(0, 24), /^the file has no Go build info$/],
    ["a header with nothing behind it", header, /no file content|cut off/],
    ["a version that is cut off", versioned.subarray(0, 36), /is cut off$/],
    ["no module info behind the version", versioned, /no file content|cut off/],
    ["an empty version", inlineInfo(""), /names no Go version$/],
    [
      "a length that does not end",
      Buffer.concat([header, Buffer.alloc(16, 0xff)]),
      /^a length in the build info in \.go\.buildinfo does not end$/,
    ],
    [
      "a length of 64 bits and more",
      Buffer.concat([header, Buffer.alloc(9, 0xff), Buffer.from([0x7f]), Buffer.alloc(16)]),
      /has \d{20,} bytes, more than 4194304$/,
    ],
    [
      "a length over 4 MiB",
      Buffer.concat([versioned, varint(4 * 2 ** 20 + 1), Buffer.alloc(64)]),
      /has 4194305 bytes, more than 4194304$/,
    ],
    [
      "a length beyond the file",
      Buffer.concat([versioned, varint(2 ** 20), Buffer.alloc(64)]),
      /is cut off$/,
    ],
    ["pointers of 3 bytes", infoHeader(3, 0), /does not match the file's architecture$/],
    ["pointers of 4 bytes in a file of 64 bits", infoHeader(4, 0), /does not match the file/],
    ["pointers in the other byte order", infoHeader(8, 1), /does not match the file/],
    ["nil for the version", infoHeader(8, 0), /names no Go version$/],
    [
      "a module with one column",
      inlineInfo(sampleVersion, framed("path\tp\nmod\tp\n")),
      /^line 2 of the build info in \.go\.buildinfo: a module has 1 columns/,
    ],
  ])("with %s", (_, content, why) => {
    expect(whyNot(readGoBuildInfo(open(elf(content))))).toMatch(why);
  });

  it("with a version over 4 MiB behind a pointer", () => {
    const spec = pointed("rela");
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(1n << 62n);
    const patched = { ...spec, patch: [{ content: ".data", at: 8, bytes: length }] };
    expect(whyNot(readGoBuildInfo(open(patched)))).toMatch(
      /has 4611686018427387904 bytes, more than 4194304$/,
    );
  });

  it("with a pointer that leads nowhere", () => {
    const spec = pointed("plain");
    const patched = { ...spec, patch: [{ content: ".go.buildinfo", at: 16, bytes: Buffer.alloc(8, 0x7f) }] };
    expect(whyNot(readGoBuildInfo(open(patched)))).toMatch(/no file content/);
  });

  it("with a pointer that another file defines", () => {
    const { sections = [], pointers = [] } = pointed("rela");
    const imported = { in: ".go.buildinfo", at: 16, symbol: "elsewhere", via: "symbol" } as const;
    const spec = {
      sections,
      dynamicSymbols: [{ name: "elsewhere" }],
      pointers: [...pointers.filter((one) => one.in !== ".go.buildinfo"), imported],
    };
    expect(whyNot(readGoBuildInfo(open(spec)))).toMatch(/points to elsewhere in another file$/);
  });

  it("with a section whose address is not mapped", () => {
    const spec = {
      ...elf(inlineInfo()),
      patch: [{ section: ".go.buildinfo", field: "sh_addr", value: 0x7fff_ffff_fff0n }],
    };
    expect(whyNot(readGoBuildInfo(open(spec)))).toMatch(/no file content/);
  });

  it("with a section that claims the whole address space", () => {
    const spec = {
      ...elf(Buffer.alloc(64)),
      patch: [{ section: ".go.buildinfo", field: "sh_size", value: (1n << 64n) - 1n }],
    };
    expect(whyNot(readGoBuildInfo(open(spec)))).toBe("the file has no Go build info");
  });
});

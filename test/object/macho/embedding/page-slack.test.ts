import { describe, expect, it } from "vitest";
import { buildMacho, type BuiltMacho, type MachoSpec } from "../../../support/macho-builder.ts";
import {
  embedded,
  linkFacts,
  manifestIn,
  manifestOf,
  opened,
  refusalOf,
} from "../../../support/macho-embed.ts";

const text = { name: "__TEXT", sections: [{ name: "__text", bytes: Buffer.alloc(64, 0x1f), align: 0x800 }] };

/** Makes all but so many bytes behind the load commands something that is not padding. */
function leaveRoom({ bytes, offsetOf }: BuiltMacho, room: number): Buffer {
  const isWide = bytes.readUInt8(0) === 0xcf || bytes.readUInt8(3) === 0xcf;
  const isLittle = bytes.readUInt8(0) !== 0xfe;
  const size = isLittle ? bytes.readUInt32LE(20) : bytes.readUInt32BE(20);
  bytes.fill(0xcc, (isWide ? 32 : 28) + size + room, offsetOf("__TEXT,__text"));
  return bytes;
}

describe.each([
  { bits: 64, endian: "little", header: 80, segment: 152 },
  { bits: 64, endian: "big", header: 80, segment: 152 },
  { bits: 32, endian: "little", header: 68, segment: 124 },
  { bits: 32, endian: "big", header: 68, segment: 124 },
] as const)("room in the last page, in $bits bits, $endian endian", ({ bits, endian, header, segment }) => {
  const spec: MachoSpec = {
    bits,
    endian,
    segments: [text, { name: "__DATA", sections: [{ name: "__data", bytes: Buffer.alloc(96, 7) }] }],
    symbols: [{ name: "_data", at: "__DATA,__data" }],
    exports: [{ name: "_data", at: "__DATA,__data" }],
  };

  it.each([10, 2000, 0x1000 - 96])("takes %i bytes", (length) => {
    const { bytes, offsetOf } = buildMacho(spec);
    const after = embedded(bytes, manifestOf(length));
    const file = opened(after);
    expect(after).toHaveLength(bytes.length);
    expect(manifestIn(file)).toBe(manifestOf(length).toString());
    expect(linkFacts(file)).toEqual(linkFacts(opened(bytes)));
    expect(file.sections.at(-1)).toMatchObject({
      name: "__otel_manifest",
      segment: "__DATA",
      offset: offsetOf("__DATA,__data") + 96,
    });
  });

  it("does not take one byte more", () => {
    const file = opened(embedded(buildMacho(spec).bytes, manifestOf(0x1000 - 95)));
    expect(file.sections.at(-1)).toMatchObject({ name: "__otel_manifest", segment: "__OTEL" });
  });

  it("needs exactly the room of a section header", () => {
    const enough = leaveRoom(buildMacho(spec), header);
    expect(manifestIn(opened(embedded(enough, manifestOf(100))))).toBe(manifestOf(100).toString());
    const { reason, next } = refusalOf(leaveRoom(buildMacho(spec), header - 1), manifestOf(100));
    expect(reason).toBe(`it has ${header - 1} free bytes behind its load commands, and ${header} are needed`);
    expect(next.join("\n")).toContain("-Wl,-headerpad,0x1000");
    expect(next.join("\n")).toContain("-C link-arg=-Wl,-headerpad,0x1000");
  });

  it("needs exactly the room of a segment if the page has none", () => {
    const enough = leaveRoom(buildMacho(spec), segment);
    expect(manifestIn(opened(embedded(enough, manifestOf(5000))))).toBe(manifestOf(5000).toString());
    const { reason } = refusalOf(leaveRoom(buildMacho(spec), segment - 1), manifestOf(5000));
    expect(reason).toBe(
      `it has ${segment - 1} free bytes behind its load commands, and ${segment} are needed`,
    );
  });
});

describe("bytes that are not free", () => {
  it("are those over which zero-filled sections lie", () => {
    const data = { name: "__data", bytes: Buffer.alloc(96, 7) };
    const { bytes, addressOf } = buildMacho({
      segments: [text, { name: "__DATA", sections: [data, { name: "__bss", zeroFill: 200 }] }],
    });
    const file = opened(embedded(bytes, manifestOf(100)));
    expect(file.sections.at(-1)?.address).toBe(addressOf("__DATA,__bss") + 200n);
    expect(manifestIn(file)).toBe(manifestOf(100).toString());
  });

  it("are those behind which zero-filled sections go on", () => {
    const { bytes } = buildMacho({
      segments: [text, { name: "__DATA", sections: [{ name: "__bss", zeroFill: 0x1800 }] }],
    });
    expect(opened(embedded(bytes, manifestOf(100))).sections.at(-1)?.segment).toBe("__OTEL");
  });

  it("are those that hold something", () => {
    const { bytes, offsetOf } = buildMacho({
      segments: [text, { name: "__DATA", sections: [{ name: "__data", bytes: Buffer.alloc(96, 7) }] }],
    });
    bytes.writeUInt8(1, offsetOf("__DATA,__data") + 96 + 50);
    expect(opened(embedded(bytes, manifestOf(100))).sections.at(-1)?.segment).toBe("__OTEL");
    expect(opened(embedded(bytes, manifestOf(50))).sections.at(-1)?.segment).toBe("__DATA");
  });

  it("are those of a segment that nobody can read", () => {
    const { bytes } = buildMacho({
      segments: [text, { name: "__GUARD", protection: 0, sections: [{ name: "__x", bytes: "x" }] }],
    });
    expect(opened(embedded(bytes, manifestOf(100))).sections.at(-1)?.segment).toBe("__OTEL");
  });
});

it("the last page of __TEXT is free behind the load commands, the new header among them", () => {
  const { bytes } = buildMacho({ segments: [{ name: "__TEXT", sections: [{ name: "__text", bytes: "" }] }] });
  const file = opened(embedded(bytes, manifestOf(100)));
  expect(file.sections.at(-1)).toMatchObject({ name: "__otel_manifest", segment: "__TEXT" });
  expect(manifestIn(file)).toBe(manifestOf(100).toString());
});

it("numbers of sections in symbols stay right, also if an earlier segment has more room", () => {
  const { bytes } = buildMacho({
    segments: [
      text,
      { name: "__DATA_CONST", sections: [{ name: "__const", bytes: Buffer.alloc(8, 1) }] },
      { name: "__DATA", sections: [{ name: "__data", bytes: Buffer.alloc(0x1000, 7) }] },
    ],
    symbols: [
      { name: "_const", at: "__DATA_CONST,__const" },
      { name: "_data", at: "__DATA,__data" },
    ],
  });
  const file = opened(embedded(bytes, manifestOf(100)));
  expect(file.sections.map(({ name }) => name)).toEqual(["__text", "__const", "__data", "__otel_manifest"]);
  expect(linkFacts(file)).toEqual(linkFacts(opened(bytes)));
});

it("maps what it puts into the page if the segment ended before", () => {
  const { bytes, commandAt } = buildMacho({
    segments: [text, { name: "__DATA", sections: [{ name: "__data", bytes: Buffer.alloc(96, 7) }] }],
  });
  const segmentAt = commandAt(0x19, 1);
  // As Go's linker does it: sizes end with the content, the next segment starts at the next page.
  bytes.writeBigUInt64LE(96n, segmentAt + 32);
  bytes.writeBigUInt64LE(96n, segmentAt + 48);
  const file = opened(embedded(bytes, manifestOf(100)));
  expect(file.segments[1]).toMatchObject({ name: "__DATA", fileSize: 196n, memorySize: 0x1000n });
  expect(manifestIn(file)).toBe(manifestOf(100).toString());
});

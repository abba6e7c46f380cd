import { describe, expect, it, test } from "vitest";
import { buildMacho, type MachoSpec } from "../../support/macho-builder.ts";
import { failureOf, firstOf, intelHost, predict, tried } from "./open-host.ts";
import { intelLibrary } from "./signed-macho.ts";

const fields = {
  name: 8,
  address: 24,
  memorySize: 32,
  offset: 40,
  fileSize: 48,
  protection: 60,
  flags: 68,
} as const;
type Change = Partial<Record<keyof typeof fields, bigint>>;

/** An Intel library, which needs no signature, with other fields in one segment. */
function library(segment: number, change: Change, spec: MachoSpec = intelLibrary): Buffer {
  const { bytes, commandAt } = buildMacho(spec);
  const at = commandAt(0x19, segment);
  for (const [name, value] of Object.entries(change) as [keyof typeof fields, bigint][]) {
    const place = at + fields[name];
    if (name === "protection" || name === "flags") bytes.writeUInt32LE(Number(value), place);
    else bytes.writeBigUInt64LE(value, place);
  }
  return bytes;
}

const sdk = (major: number): MachoSpec => ({
  ...intelLibrary,
  buildVersion: { platform: 1, minos: 0x000a0d00, sdk: major << 16 },
});
const old: MachoSpec = { ...intelLibrary, buildVersion: { platform: 1, minos: 0x000a0900, sdk: 0x000a0900 } };

const [text, data, linkedit] = [0, 1, 2];

describe("a file that is cut off", () => {
  it("is refused for the segment that is not all there, and for nothing that follows from it", () => {
    const whole = buildMacho(intelLibrary).bytes;
    const cut = buildMacho({ ...intelLibrary, symbols: [{ name: "_a" }] }).bytes;
    expect(cut.length).toBeGreaterThan(whole.length);
    const { first, further } = failureOf(predict(cut.subarray(0, cut.length - 1), intelHost));
    expect(first).toMatchObject({
      check: "truncated-segment",
      message: tried("segment '__LINKEDIT' load command content extends beyond end of file"),
      subject: "__LINKEDIT",
    });
    expect(further).toEqual([]);
  });

  it("is refused where a size wraps around", () => {
    expect(firstOf(predict(library(data, { fileSize: 0xffff_ffff_ffff_f000n }), intelHost)).message).toBe(
      tried("segment '__DATA' load command content extends beyond end of file"),
    );
  });
});

describe("a segment", () => {
  test.each<[string, Buffer, string]>([
    [
      "with more in the file than in memory",
      library(data, { memorySize: 8n }),
      "segment '__DATA' filesize exceeds vmsize",
    ],
    [
      "with unknown permissions",
      library(data, { protection: 0xfn }),
      "__DATA segment permissions has invalid bits set (0x0000000F)",
    ],
    [
      "of code that can be written",
      library(text, { protection: 7n }),
      "__TEXT segment permissions is not 'r-x'",
    ],
    [
      "of tables that can be written",
      library(linkedit, { protection: 3n }),
      "__LINKEDIT segment permissions is not 'r--'",
    ],
    [
      "at the end of the address space",
      library(linkedit, { address: 0xffff_ffff_ffff_f000n, memorySize: 0x1000n }),
      "'__LINKEDIT' segment vm range wraps",
    ],
    [
      "that starts after its sections",
      library(data, { address: 0x100_0000n }),
      "section '__data' start address 0x6000 is before containing segment's address 0x1000000",
    ],
    [
      "that ends before its sections",
      library(data, { memorySize: 8n, fileSize: 8n }),
      "section '__data' end address 0x6010 is beyond containing segment's end address 0x6008",
    ],
    [
      "of code that does not start the file",
      library(text, { offset: 0x1000n }),
      "__TEXT segment fileoffset is not zero",
    ],
    [
      "of code too short for the load commands",
      library(text, { fileSize: 16n }),
      "load commands do not fit in __TEXT segment filesize",
    ],
    [
      "that overlaps another in memory",
      library(linkedit, { address: 0x6000n, memorySize: 0x1000n }),
      "vm range of segment '__DATA' overlaps segment '__LINKEDIT'",
    ],
    [
      "that overlaps another in the file",
      library(data, { offset: 0x1000n }),
      "file range of segment '__TEXT' overlaps segment '__DATA'",
    ],
    [
      "of data that runs, with an SDK of macOS 26",
      library(data, { protection: 5n }, sdk(26)),
      "__DATA segment permissions is not 'rw-'",
    ],
  ])("%s is refused", (_, bytes, reason) => {
    expect(firstOf(predict(bytes, intelHost))).toMatchObject({ check: "segment", message: tried(reason) });
  });

  it("of code must be there", () => {
    const segments = [{ name: "__CODE", sections: [{ name: "__text", bytes: Buffer.alloc(0x2000) }] }];
    expect(firstOf(predict(buildMacho({ ...intelLibrary, segments }).bytes, intelHost)).message).toBe(
      tried("missing __TEXT segment"),
    );
  });

  it("that does not start at a page is refused, in words that hold an address", () => {
    const bytes = library(data, { offset: 0x6800n, fileSize: 0x10n, memorySize: 0x1000n });
    expect(firstOf(predict(bytes, intelHost))).toMatchObject({
      check: "segment",
      message: null,
      subject: "__DATA",
    });
  });

  test.each([
    ["of data that runs, with an SDK of macOS 15", library(data, { protection: 5n }, sdk(15))],
    ["of code that can be written, with an SDK of macOS 10.9", library(text, { protection: 7n }, old)],
    ["of tables that can be written, with an SDK of macOS 10.9", library(linkedit, { protection: 3n }, old)],
  ])("%s is taken", (_, bytes) => {
    expect(predict(bytes, intelHost).outcome).toBe("loads");
  });

  it("of constants must be marked read-only, with an SDK of macOS 26", () => {
    const segments = [
      ...(intelLibrary.segments ?? []),
      { name: "__DATA_CONST", protection: 3, sections: [{ name: "__const", bytes: Buffer.alloc(16) }] },
    ];
    const spec = { ...sdk(26), segments };
    expect(firstOf(predict(buildMacho(spec).bytes, intelHost)).message).toBe(
      tried("__DATA_CONST segment missing SG_READ_ONLY flag"),
    );
    expect(predict(library(2, { flags: 0x10n }, spec), intelHost).outcome).toBe("loads");
  });

  it("that is in the file but not mapped is taken, as Go's linker writes it", () => {
    const debug = { name: "__DWARF", protection: 0, sections: [] };
    const spec = { ...intelLibrary, segments: [...(intelLibrary.segments ?? []), debug] };
    expect(predict(library(2, { memorySize: 0n }, spec), intelHost).outcome).toBe("loads");
  });
});

it("segments in great number are not compared with one another", () => {
  const segments = Array.from({ length: 600 }, (_, index) => ({ name: `__S${index}` }));
  const bytes = buildMacho({
    ...intelLibrary,
    segments: [...(intelLibrary.segments ?? []), ...segments],
  }).bytes;
  const prediction = predict(bytes, intelHost);
  expect(prediction).toMatchObject({ outcome: "unknown" });
});

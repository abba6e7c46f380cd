import macho from "macho";
import { describe, expect, it } from "vitest";
import { openMacho } from "../../../src/object/macho/file.ts";
import { buildMacho, type MachoSpec } from "../../support/macho-builder.ts";
import { formatErrorOf, open } from "../../support/macho-open.ts";
import { memorySource } from "../../support/macho-source.ts";

/**
 * What npm's macho 1.5.0 gets wrong, each beside what is read here. Where an update fixes the library, the first half
 * of a test fails: then the fence around it can go.
 */
function library(spec: MachoSpec): ReturnType<typeof macho.parse> {
  return macho.parse(buildMacho(spec).bytes);
}

describe("the macho library is fenced where it", () => {
  it("takes a big-endian file for a little-endian one", () => {
    const spec: MachoSpec = {
      endian: "big",
      segments: [{ name: "__TEXT", sections: [{ name: "a", bytes: "x" }] }],
    };
    expect(() => library(spec)).toThrow("Command body OOB");
    expect(open(spec).segments.map(({ name }) => name)).toEqual(["__TEXT", "__LINKEDIT"]);
  });

  it("throws at a CPU type it does not know", () => {
    const spec = { cpuType: 0x18, cpuSubtype: 1 };
    expect(() => library(spec)).toThrow(TypeError);
    expect(open(spec).arch).toBe("unknown-24");
  });

  it("throws at a subtype of ppc64", () => {
    const spec: MachoSpec = { cpuType: 0x01000012, cpuSubtype: 100 };
    expect(() => library(spec)).toThrow(TypeError);
    expect(open(spec).arch).toBe("powerpc64");
  });

  it("has no name for LC_BUILD_VERSION", () => {
    const spec = { buildVersion: { platform: 1, minos: 0x000d0000 } };
    expect(library(spec).cmds.at(-1)).toHaveProperty("type", undefined);
    expect(open(spec).buildVersion?.minos).toBe("13.0");
  });

  it("calls LC_LOAD_UPWARD_DYLIB dyld_info_only", () => {
    const spec = { dylibs: [{ name: "a", cmd: 0x80000023 }] };
    expect(library(spec).cmds.at(-1)).toHaveProperty("type", "dyld_info_only");
    expect(open(spec).linkedLibraries).toMatchObject([{ name: "a", kind: "upward" }]);
  });

  it("leaves a re-exported library without a name", () => {
    const spec = { dylibs: [{ name: "a", cmd: 0x8000001f }] };
    expect(library(spec).cmds.at(-1)).not.toHaveProperty("name");
    expect(open(spec).linkedLibraries).toMatchObject([{ name: "a", kind: "reexport" }]);
  });

  it("makes no progress over a command of size 0", () => {
    const { bytes, commandAt } = buildMacho({ commands: [{ cmd: 0x7777, body: Buffer.alloc(0) }] });
    bytes.writeUInt32LE(bytes.readUInt32LE(16) + 1000, 16);
    bytes.writeUInt32LE(0, commandAt(0x7777) + 4);
    expect(macho.parse(bytes).cmds).toHaveLength(bytes.readUInt32LE(16));
    formatErrorOf(() => openMacho(memorySource(bytes)));
  });

  it("puts the place of the load command where a segment's file offset was", () => {
    const spec: MachoSpec = {
      segments: [{ name: "__TEXT" }, { name: "__DATA", sections: [{ name: "a", bytes: "x" }] }],
    };
    expect(library(spec).cmds[1]).toHaveProperty("fileoff", 32 + 72);
    expect(open(spec).segments[1]?.offset).toBe(0x1000n);
  });

  it("rounds addresses above 2^53", () => {
    const spec: MachoSpec = { base: 0xfffffe0007004008n, segments: [{ name: "__TEXT" }] };
    expect(library(spec).cmds[0]).not.toHaveProperty("vmaddr", 0xfffffe0007004008n);
    expect(open(spec).segments[0]?.address).toBe(0xfffffe0007004008n);
  });

  it("gives a zero-filled section the file's first bytes", () => {
    const spec: MachoSpec = { segments: [{ name: "__DATA", sections: [{ name: "__bss", zeroFill: 64 }] }] };
    expect(library(spec).cmds[0]).toMatchObject({ sections: [{ data: expect.any(Buffer) as Buffer }] });
    const section = open(spec).sections[0];
    expect(section).not.toHaveProperty("data");
    expect(section?.zeroFill).toBe(true);
  });

  it("overwrites a segment's flags, and loses section flags it has no name for", () => {
    const spec: MachoSpec = {
      segments: [{ name: "__TEXT", sections: [{ name: "a", bytes: "x", flags: 0x80000400 }] }],
    };
    expect(library(spec).cmds[0]).toMatchObject({ flags: { undefined: true } });
    expect(open(spec).sections[0]?.flags).toBe(0x80000400);
  });

  it("throws at a function-starts table with a gap of 2^28 bytes", () => {
    const spec: MachoSpec = {
      segments: [
        {
          name: "__TEXT",
          sections: [{ name: "a", bytes: Buffer.from([0x80, 0x80, 0x80, 0x80, 0x01, 0]), align: 4096 }],
        },
      ],
      commands: [{ cmd: 0x26, body: Buffer.from([0, 0x10, 0, 0, 6, 0, 0, 0]) }],
    };
    expect(() => library(spec)).toThrow("function_starts delta too large");
    expect(open(spec).sections).toHaveLength(1);
  });

  it("reads no symbols", () => {
    const spec: MachoSpec = { symbols: [{ name: "_a", type: 0x03, value: 7 }] };
    expect(library(spec).cmds.at(-1)).not.toHaveProperty("symbols");
    expect(open(spec).staticSymbols).toMatchObject([{ name: "_a", address: 7n, absolute: true }]);
  });
});

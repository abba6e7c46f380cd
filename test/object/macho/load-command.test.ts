import { describe, expect, it, test } from "vitest";
import { openMacho } from "../../../src/object/macho/file.ts";
import type { MachoSpec } from "../../support/macho-builder.ts";
import { formatErrorOf, open, openChanged } from "../../support/macho-open.ts";
import { memorySource } from "../../support/macho-source.ts";

const whole: MachoSpec = {
  installName: "@rpath/libplugin.dylib",
  uuid: Buffer.from("00112233445566778899aabbccddeeff", "hex"),
  buildVersion: { platform: 1, minos: 0x000d0000 },
  segments: [{ name: "__TEXT", sections: [{ name: "__text", bytes: "code" }] }],
  symbols: [{ name: "_a", at: "__TEXT,__text" }],
  indirectSymbols: [0],
  exports: [{ name: "_a", at: "__TEXT,__text" }],
  codeSignature: Buffer.alloc(16),
};

describe("load commands", () => {
  it("are listed as they stand in the file, with their names", () => {
    const { loadCommands } = open(whole);
    expect(loadCommands.map(({ name }) => name)).toEqual([
      "LC_SEGMENT_64",
      "LC_SEGMENT_64",
      "LC_ID_DYLIB",
      "LC_DYLD_INFO_ONLY",
      "LC_SYMTAB",
      "LC_DYSYMTAB",
      "LC_UUID",
      "LC_BUILD_VERSION",
      "LC_CODE_SIGNATURE",
    ]);
    expect(loadCommands[0]).toEqual({ cmd: 0x19, name: "LC_SEGMENT_64", offset: 32, size: 152 });
    expect(loadCommands[1]?.offset).toBe(184);
  });

  it("of an unknown kind are listed by their number and passed over", () => {
    const file = open({ ...whole, commands: [{ cmd: 0x7777, body: Buffer.alloc(8) }] });
    expect(file.loadCommands.at(-1)).toMatchObject({ cmd: 0x7777, name: "0x7777", size: 16 });
    expect(file.installName).toBe("@rpath/libplugin.dylib");
  });

  it("may have a size that is a multiple of 4 only, in 64 bits too", () => {
    const file = openChanged({ commands: [{ cmd: 0x7777, body: Buffer.alloc(16) }] }, (bytes, built) => {
      const at = built.commandAt(0x7777);
      bytes.writeUInt32LE(12, at + 4);
      bytes.writeUInt32LE(0x7778, at + 12);
      bytes.writeUInt32LE(12, at + 16);
      bytes.writeUInt32LE(bytes.readUInt32LE(16) + 1, 16);
    });
    expect(file.loadCommands.slice(-2).map(({ size }) => size)).toEqual([12, 12]);
  });

  test.each([0, 4, 7, 10, 0xfffffff8])("with a size of %i are an error", (size) => {
    const error = formatErrorOf(() =>
      openChanged(whole, (bytes, built) => bytes.writeUInt32LE(size, built.commandAt(0x1b) + 4)),
    );
    expect(error).toMatchObject({ what: "load commands: LC_UUID has a wrong size", found: size });
  });

  it("with a size of 0 and four thousand million of them cost no time", () => {
    const bytes = Buffer.alloc(56);
    bytes.writeUInt32LE(0xfeedfacf, 0);
    bytes.writeUInt32LE(0xffffffff, 16);
    bytes.writeUInt32LE(24, 20);
    const started = performance.now();
    const error = formatErrorOf(() => openMacho(memorySource(bytes)));
    expect(error).toMatchObject({ offset: 16, found: 0xffffffff });
    expect(performance.now() - started).toBeLessThan(100);
  });

  it("that are more than their length has room for are an error", () => {
    const error = formatErrorOf(() => openChanged({}, (bytes) => bytes.writeUInt32LE(1000, 16)));
    expect(error).toMatchObject({ offset: 16, found: 1000 });
  });

  it("that end before their count does are an error", () => {
    const error = formatErrorOf(() =>
      openChanged({}, (bytes) => bytes.writeUInt32LE(bytes.readUInt32LE(16) + 1, 16)),
    );
    expect(error.what).toContain("load command does not fit");
  });

  it("that leave the file are an error", () => {
    const error = formatErrorOf(() => openChanged({}, (bytes) => bytes.writeUInt32LE(0x00fffff8, 20)));
    expect(error.what).toMatch(/^load commands/);
  });

  it("that claim more than 16 MiB are an error before they are read", () => {
    const error = formatErrorOf(() => openChanged({}, (bytes) => bytes.writeUInt32LE(0x7ffffff8, 20)));
    expect(error).toMatchObject({ offset: 20, found: 0x7ffffff8 });
  });

  test.each([
    ["LC_SYMTAB", 0x2],
    ["LC_DYSYMTAB", 0xb],
    ["LC_UUID", 0x1b],
    ["LC_CODE_SIGNATURE", 0x1d],
    ["LC_DYLD_INFO_ONLY", 0x80000022],
  ])("of kind %s must have their one size", (name, cmd) => {
    const wide = { ...whole, commands: [{ cmd: 0x7777, body: Buffer.alloc(8) }] };
    const error = formatErrorOf(() =>
      openChanged(wide, (bytes, built) => {
        const at = built.commandAt(cmd);
        bytes.writeUInt32LE(bytes.readUInt32LE(at + 4) + 8, at + 4);
      }),
    );
    expect(error.what).toBe(`${name} has a wrong size`);
  });

  test.each([2, 0xffffffff])(
    "of a segment with a section count of %i, which does not fit, are an error",
    (count) => {
      const error = formatErrorOf(() =>
        openChanged(whole, (bytes, built) => bytes.writeUInt32LE(count, built.commandAt(0x19) + 64)),
      );
      expect(error).toMatchObject({
        what: `LC_SEGMENT_64: size does not fit its count of ${count}`,
        found: 72 + 80,
        expected: String(72 + 80 * count),
      });
    },
  );

  it("of a build version with a tool count that does not fit are an error", () => {
    const error = formatErrorOf(() =>
      openChanged(whole, (bytes, built) => bytes.writeUInt32LE(3, built.commandAt(0x32) + 20)),
    );
    expect(error.what).toBe("LC_BUILD_VERSION: size does not fit its count of 3");
  });

  test.each([0, 23, 0x7fffffff])("with a string at %i, outside of them, are an error", (offset) => {
    const error = formatErrorOf(() =>
      openChanged(whole, (bytes, built) => bytes.writeUInt32LE(offset, built.commandAt(0xd) + 8)),
    );
    expect(error).toMatchObject({ what: "LC_ID_DYLIB: string is outside the command", found: offset });
  });

  it("with a string that has no end are an error", () => {
    const error = formatErrorOf(() =>
      openChanged(whole, (bytes, built) =>
        bytes.fill(0x41, built.commandAt(0xd) + 24, built.commandAt(0x80000022)),
      ),
    );
    expect(error.what).toBe("LC_ID_DYLIB: name has no end");
  });

  test.each([
    ["LC_SYMTAB", 0x2, 16],
    ["LC_UUID", 0x1b, 16],
    ["LC_DYLD_INFO", 0x22, 40],
  ])("of kind %s may not be there twice", (name, cmd, length) => {
    const error = formatErrorOf(() => open({ ...whole, commands: [{ cmd, body: Buffer.alloc(length) }] }));
    expect(error.what).toBe(`${name}: a second ${name}`);
  });

  it("in a big-endian file are checked in its byte order", () => {
    const error = formatErrorOf(() =>
      openChanged({ ...whole, endian: "big" }, (bytes, built) =>
        bytes.writeUInt32BE(9, built.commandAt(0x1b) + 4),
      ),
    );
    expect(error).toMatchObject({ what: "load commands: LC_UUID has a wrong size", found: 9 });
  });
});

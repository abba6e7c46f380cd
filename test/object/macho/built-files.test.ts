import { ftruncateSync, openSync, closeSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it, test } from "vitest";
import { disk } from "../../../src/files/disk.ts";
import { Image } from "../../../src/object/image.ts";
import { openMacho } from "../../../src/object/macho/file.ts";
import { buildMacho, buildUniversal, type MachoSpec } from "../../support/macho-builder.ts";
import { formatErrorOf } from "../../support/macho-open.ts";
import { temporaryFolder } from "../../support/macho-samples.ts";
import { describeWith, run, tools } from "../../support/macho-toolchain.ts";

const folder = temporaryFolder();
afterAll(() => {
  folder.remove();
});

const data = "__DATA,__data";
const common: MachoSpec = {
  segments: [
    { name: "__TEXT", sections: [{ name: "__const", bytes: "constant" }] },
    { name: "__DATA", sections: [{ name: "__data", bytes: Buffer.alloc(64) }] },
  ],
  installName: "@rpath/liba.dylib",
  buildVersion: { platform: 1, minos: 0xd0000 },
  dylibs: [{ name: "/usr/lib/libSystem.B.dylib" }],
  exports: [{ name: "_otel_plugin_manifest", at: data }],
  symbols: [
    { name: "_own", at: data },
    { name: "_puts", description: 0x0100 },
  ],
};
const classic: MachoSpec = {
  ...common,
  rebases: [{ at: data, to: "__TEXT,__const" }],
  binds: [{ at: [data, 8], symbol: "_puts", addend: 4 }],
};
const chained: MachoSpec = {
  ...common,
  chainedFixups: {
    format: 6,
    fixups: [
      { at: data, to: "__TEXT,__const" },
      { at: [data, 8], symbol: "_puts", addend: 4 },
    ],
  },
};

describeWith([tools.objdump], "a file made by the builder is what LLVM reads as well:", () => {
  const print = (name: string, bytes: Buffer, ...options: readonly string[]) => {
    const path = join(folder.path, name);
    writeFileSync(path, bytes);
    return run(tools.objdump, ["--macho", ...options, path]);
  };

  it("opcodes", () => {
    const printed = print(
      "classic",
      buildMacho(classic).bytes,
      "--rebase",
      "--bind",
      "--exports-trie",
      "--syms",
    );
    expect(printed).toMatch(/__DATA +__data +0x00001000 +pointer\n/);
    expect(printed).toMatch(/__DATA +__data +0x00001008 +pointer +4 +libSystem +_puts\n/);
    expect(printed).toContain("0x00001000  _otel_plugin_manifest\n");
    expect(printed).toMatch(/0000000000001000 g +O __DATA,__data _own\n/);
  });

  it("chains", () => {
    const { bytes, addressOf } = buildMacho(chained);
    const target = addressOf("__TEXT,__const").toString(16).toUpperCase();
    const printed = print("chained", bytes, "--dyld-info", "--exports-trie");
    expect(printed).toMatch(new RegExp(`__DATA +__data +0x1000 +0x\\w+ rebase +0x${target}\\n`));
    expect(printed).toMatch(/__DATA +__data +0x1008 +0x\w+ bind +0x4 +libSystem +_puts\n/);
    expect(printed).toContain("0x00001000  _otel_plugin_manifest\n");
  });

  test.each([
    [32, "little", "I386"],
    [32, "big", "PPC"],
  ] as const)("load commands of %i bits, %s-endian", (bits, endian, cpu) => {
    const printed = print("other", buildMacho({ ...common, bits, endian }).bytes, "--private-headers");
    expect(printed).toContain(cpu);
    expect(printed).toContain("name @rpath/liba.dylib (offset 24)");
    expect(printed).toContain("segname __LINKEDIT");
  });

  it("slices", () => {
    const bytes = buildUniversal([{ cputype: 0x01000007, cpusubtype: 3, bytes: buildMacho(classic).bytes }]);
    expect(print("universal", bytes, "--universal-headers")).toMatch(
      /architecture x86_64\n(.*\n)+ +offset 4096\n/,
    );
  });
});

describe("a file with a hole of a gigabyte", () => {
  it("cannot claim memory for the symbols or relocations it has no bytes for", () => {
    const { bytes, commandAt } = buildMacho({
      symbols: [{ name: "_puts" }],
      localRelocations: [{ address: 0 }],
    });
    bytes.writeUInt32LE(60_000_000, commandAt(0x2) + 12);
    bytes.writeUInt32LE(120_000_000, commandAt(0xb) + 76);
    const path = join(folder.path, "hole");
    writeFileSync(path, bytes);
    const fd = openSync(path, "r+");
    ftruncateSync(fd, 1024 ** 3);
    closeSync(fd);
    const image = Image.open(disk, path);
    const file = openMacho(image);
    expect(formatErrorOf(() => file.staticSymbols)).toMatchObject({
      what: "symbol table is too long",
      found: 60_000_000,
    });
    expect(formatErrorOf(() => file.pointerAt(0x100n))).toMatchObject({
      what: "local relocations are too many",
    });
    expect(image.bytesRead).toBeLessThan(64 * 1024);
    image.close();
  });
});

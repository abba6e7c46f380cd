import { describe, expect, it } from "vitest";
import { readPackageHashes } from "../../../src/evidence/go/package-hash.ts";
import { readPluginExports } from "../../../src/evidence/go/plugin-exports.ts";
import { unescapePath } from "../../../src/evidence/go/plugin-path.ts";
import { readPluginTable } from "../../../src/evidence/go/plugin-table.ts";
import type { AnyObject } from "../../../src/object/any-object.ts";
import { open, openBuilt } from "../../support/elf-open.ts";
import { elfPlugin, machoPlugin, type PluginSpec, type Via } from "../../support/go-plugin-file.ts";
import { open as openMacho } from "../../support/macho-open.ts";

const checks = [
  { package: "internal/abi", hash: "0123456789abcdef" },
  { package: "example.com/p.v2", hash: "fedcba9876543210" },
];

const sample = {
  checks,
  path: "example.com/p.v2",
  symbolPath: "example.com/p%2ev2",
  exportCount: 2,
  packageHashesAt: 55,
};

function whyNot(object: AnyObject): string {
  const table = readPluginTable(object);
  return table.known ? "known" : table.why;
}

const machines: readonly (readonly [string, PluginSpec, Via])[] = [
  ["x86-64", {}, "rela"],
  ["x86-64 with RELR", {}, "relr"],
  ["aarch64", { machine: 183 }, "rela"],
  ["riscv64", { machine: 243 }, "rela"],
  ["loongarch64", { machine: 258 }, "rela"],
  ["s390x", { machine: 22, endian: "big" }, "rela"],
  ["ppc64le", { machine: 21 }, "rela"],
  ["i386 with REL", { bits: 32, machine: 3 }, "rel"],
  ["arm with REL", { bits: 32, machine: 40 }, "rel"],
];

describe.each(machines)("the table of an ELF plugin for %s", (_, spec, via) => {
  it("is read in order", () => {
    expect(readPluginTable(open(elfPlugin(spec, via)))).toMatchObject({ known: true, value: sample });
  });

  it("goes with the hashes that the plugin exports", () => {
    const hashes = readPackageHashes(open(elfPlugin(spec, via)));
    expect(hashes.known && [...hashes.value].map(([name, hash]) => ({ package: name, hash }))).toEqual(
      expect.arrayContaining(checks),
    );
  });

  it("goes with the names that the plugin exports", () => {
    const object = open(elfPlugin(spec, via));
    expect(readPluginExports(object, sample)).toEqual({
      known: true,
      value: ["Answer", "Hello"],
      from: "dynamic symbols",
    });
  });
});

describe.each(["classic", "chained"] as const)("the table of a Mach-O plugin with %s fixups", (fixups) => {
  it("is read in order", () => {
    expect(readPluginTable(openMacho(machoPlugin({}, fixups)))).toMatchObject({ known: true, value: sample });
  });

  it("goes with the hashes that the plugin exports, which have no sizes", () => {
    const hashes = readPackageHashes(openMacho(machoPlugin({}, fixups)));
    expect(hashes.known && Object.fromEntries(hashes.value)).toEqual({
      "internal/abi": "0123456789abcdef",
      "example.com/p.v2": "fedcba9876543210",
    });
  });

  it("goes with the names that the plugin exports", () => {
    expect(readPluginExports(openMacho(machoPlugin({}, fixups)), sample)).toMatchObject({
      value: ["Answer", "Hello"],
    });
  });
});

describe("the table of a plugin", () => {
  it("is found wherever in moduledata the release has it", () => {
    for (const packageHashes of [41, 51, 53, 56]) {
      const table = readPluginTable(open(elfPlugin({ packageHashes })));
      expect(table).toMatchObject({ value: { ...sample, packageHashesAt: packageHashes } });
    }
  });

  it("is found under the names of Go 1.19 and before", () => {
    expect(readPluginTable(open(elfPlugin({ prefix: "go.link." })))).toMatchObject({ value: sample });
  });

  it("has the hashes of Go 1.15 and before as they are", () => {
    const hash = "0123456789abcdef0123456789abcdef01234567";
    const spec = { packages: [["internal/abi", Buffer.from(hash)]] } as const;
    const object = open(elfPlugin(spec));
    expect(readPluginTable(object)).toMatchObject({ value: { checks: [{ package: "internal/abi", hash }] } });
    expect(readPackageHashes(object)).toMatchObject({ value: new Map([["internal/abi", hash]]) });
  });
});

describe("no table is made up", () => {
  it("for a library of another language", () => {
    expect(whyNot(open({ dynamicSymbols: [{ name: "init" }] }))).toBe("the file exports no package hashes");
  });

  it("without the symbol that leads to moduledata", () => {
    const spec = elfPlugin();
    const dynamicSymbols =
      spec.dynamicSymbols?.filter(({ name }) => name !== "runtime.lastmoduledatap") ?? [];
    expect(whyNot(open({ ...spec, dynamicSymbols }))).toBe("the file has no symbol runtime.lastmoduledatap");
  });

  it("where the pointer to moduledata is nil", () => {
    const spec = elfPlugin();
    const pointers = spec.pointers?.filter((one) => one.in !== ".noptrdata" || one.at !== 0) ?? [];
    expect(whyNot(open({ ...spec, pointers }))).toBe("runtime.lastmoduledatap is nil");
  });

  it("where its pointers lead to other symbols than the hashes", () => {
    const spec = elfPlugin();
    const pointers = spec.pointers?.map((one) =>
      one.symbol === undefined ? one : { ...one, symbol: "example.com/p%2ev2.Hello" },
    );
    expect(whyNot(open({ ...spec, ...(pointers !== undefined && { pointers }) }))).toBe(
      "its moduledata has no table of package hashes: it is not a plugin",
    );
  });

  it("with more exported names than any plugin has", () => {
    expect(whyNot(open(elfPlugin({ exportCount: 1n << 40n })))).toBe(
      "it counts 1099511627776 exported names",
    );
  });

  it.each([0n, 1n << 17n, (1n << 64n) - 1n])("with %s packages", (packageCount) => {
    expect(whyNot(open(elfPlugin({ packageCount })))).toBe(
      "its moduledata has no table of package hashes: it is not a plugin",
    );
  });

  it("with more packages than the file has entries", () => {
    expect(whyNot(open(elfPlugin({ packageCount: 16_000n })))).not.toBe("known");
  });

  it("where a name is too long", () => {
    const { file, built } = openBuilt(elfPlugin());
    expect(readPluginTable(file).known).toBe(true);
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(1n << 40n);
    // The second entry's name.
    const at = 40 + 8;
    const patched = open({ ...elfPlugin(), patch: [{ content: ".table", at, bytes: length }] });
    expect(built.address({ in: ".table", at })).toBeGreaterThan(0n);
    expect(whyNot(patched)).toMatch(/has 1099511627776 bytes, more than 1024$/);
  });

  it("where the names that it exports are fewer than it counts", () => {
    const object = open(elfPlugin({ exportCount: 3n }));
    const table = readPluginTable(object);
    expect(table.known && readPluginExports(object, table.value)).toEqual({
      known: false,
      why: "the plugin counts 3 exported names, its dynamic symbols have 2",
    });
  });
});

describe("the names that a plugin exports", () => {
  it("are identifiers that begin with an upper-case letter", () => {
    const exports = ["Hello", "hidden", "Ünder_1", "init.0", "(*T).Method", "Text.str", "_Blank", "ʼOdd"];
    const object = open(elfPlugin({ exports, exportCount: 2n }));
    expect(readPluginExports(object, sample)).toMatchObject({ value: ["Hello", "Ünder_1"] });
  });
});

describe("package hashes", () => {
  it.each([0, 65, 2 ** 31])("of %i bytes are unknown", (size) => {
    const spec = elfPlugin();
    const patch = [{ dynamicSymbol: "go:link.pkghashbytes.internal/abi", field: "st_size", value: size }];
    expect(readPackageHashes(open({ ...spec, patch }))).toEqual({
      known: false,
      why: `go:link.pkghashbytes.internal/abi has ${size} bytes, not 1 to 64`,
    });
  });

  it("outside the file are unknown", () => {
    const value = 0x7fff_ffff_0000n;
    const patch = [{ dynamicSymbol: "go:link.pkghashbytes.internal/abi", field: "st_value", value }];
    const hashes = readPackageHashes(open({ ...elfPlugin(), patch }));
    expect(hashes.known ? "known" : hashes.why).toMatch(/no file content/);
  });
});

describe("a path with escapes", () => {
  it.each([
    ["example.com/p", "example.com/p"],
    ["example.com/p%2ev2", "example.com/p.v2"],
    ["a%25%22b", 'a%"b'],
    ["caf%c3%a9", "café"],
    ["a%2", "a%2"],
    ["a%zz", "a%zz"],
    ["é%2e", "é."],
  ])("%s is %s", (escaped, plain) => {
    expect(unescapePath(escaped)).toBe(plain);
  });
});

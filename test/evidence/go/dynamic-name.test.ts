import { describe, expect, it } from "vitest";
import { definedSymbols } from "../../../src/evidence/go/dynamic-name.ts";
import { offersModuleList } from "../../../src/evidence/go/moduledata.ts";
import { readExportedSymbols } from "../../../src/evidence/go/plugin-exports.ts";
import type { AnyObject } from "../../../src/object/any-object.ts";
import type { ElfSpec } from "../../support/elf-builder.ts";
import { open } from "../../support/elf-open.ts";
import { elfPlugin, machoPlugin } from "../../support/go-plugin-file.ts";
import { open as openMacho } from "../../support/macho-open.ts";

function names(object: AnyObject, start: string): readonly string[] {
  return definedSymbols(object, start).map(({ name }) => name);
}

const file: ElfSpec = {
  sections: [{ name: ".data", content: Buffer.alloc(64), writable: true }],
  dynamicSymbols: [
    { name: "go:link.a", in: ".data", at: 0, size: 8 },
    { name: "go:link.b", in: ".data", at: 8, size: 8 },
    { name: "x.go:link.c", in: ".data", at: 16, size: 8 },
    { name: "go:link.d" },
  ],
};

describe("the defined symbols whose names begin so", () => {
  it("are found by their names", () => {
    expect([...names(open(file), "go:link.")].sort()).toEqual(["go:link.a", "go:link.b"]);
  });

  it("are those that reading all symbols finds", () => {
    const object = open(elfPlugin());
    const all = object.dynamicSymbols.filter(({ defined, name }) => defined && name.startsWith("go:link."));
    expect(all.length).toBe(4);
    expect([...definedSymbols(object, "go:link.")].sort(byName)).toEqual([...all].sort(byName));
  });

  it("are found where the names fill more than one read", () => {
    const many = Array.from({ length: 12_000 }, (_, index) => ({
      name: `go:link.${String(index).padStart(6, "0")}${"x".repeat(120)}`,
      in: ".data",
      at: 0,
      size: 8,
    }));
    const object = open({ ...file, dynamicSymbols: many });
    expect(new Set(names(object, "go:link."))).toEqual(new Set(many.map(({ name }) => name)));
  });

  it("are found in Mach-O, with its underscore", () => {
    const object = openMacho(machoPlugin());
    expect(names(object, "_go:link.pkghashbytes.")).toHaveLength(2);
  });

  it("are none in a file without dynamic symbols", () => {
    expect(names(open({ sections: [{ name: ".text", content: "x" }] }), "go:link.")).toEqual([]);
  });
});

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name < other.name ? -1 : 1;
}

describe("the list of modules", () => {
  it("is offered where its end is a dynamic symbol", () => {
    expect(offersModuleList(open(elfPlugin()))).toMatchObject({ known: true, value: true });
  });

  it("is not where it is none", () => {
    expect(offersModuleList(open(file))).toMatchObject({ known: true, value: false });
  });
});

it("exported names are found however many the plugin counts", () => {
  const object = open(elfPlugin({ exportCount: 9n }));
  expect(readExportedSymbols(object, "example.com/p%2ev2")).toMatchObject({ value: ["Answer", "Hello"] });
});

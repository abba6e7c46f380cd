import { describe, expect, it } from "vitest";
import { known, unknown } from "../../../src/evidence/fact.ts";
import {
  moduledataLayouts,
  readModuledataSize,
  sharesModuleList,
} from "../../../src/evidence/go/moduledata.ts";
import { readPluginTable } from "../../../src/evidence/go/plugin-table.ts";
import { readGoRelease } from "../../../src/evidence/go/release.ts";
import type { AnyObject } from "../../../src/object/any-object.ts";
import { open } from "../../support/elf-open.ts";
import { elfPlugin, machoPlugin } from "../../support/go-plugin-file.ts";
import { open as openMacho } from "../../support/macho-open.ts";

const noInfo = unknown("no build info");

/** The release without build info. */
function releaseOf(object: AnyObject): unknown {
  const release = readGoRelease(object, noInfo, () => readPluginTable(object));
  return release.known ? release.value : release.why;
}

describe.each(moduledataLayouts)("a plugin of $from to $to without build info", ({ from, to, ...layout }) => {
  it("tells its release line by the shape of moduledata", () => {
    expect(releaseOf(open(elfPlugin(layout)))).toEqual({ from, to });
  });

  it("tells it in 32 bits", () => {
    expect(releaseOf(open(elfPlugin({ ...layout, bits: 32, machine: 3 }, "rel")))).toEqual({ from, to });
  });
});

describe("the release", () => {
  it("is what the build info says, where there is any", () => {
    const info = { goVersion: "go1.26.8", path: undefined, main: undefined, deps: [], settings: [] };
    const release = readGoRelease(open(elfPlugin()), known(info, ".go.buildinfo"), () => noInfo);
    expect(release).toEqual({ known: true, value: { exact: "go1.26.8" }, from: ".go.buildinfo" });
  });

  it("is what runtime.buildVersion says, where the program asks for it", () => {
    const spec = elfPlugin();
    const header = Buffer.alloc(16);
    header.writeBigUInt64LE(8n, 8);
    const sections = [
      ...(spec.sections ?? []),
      { name: ".version", content: "go1.20.1" },
      { name: ".header", content: header, writable: true },
    ];
    const dynamicSymbols = [
      ...(spec.dynamicSymbols ?? []),
      { name: "runtime.buildVersion", in: ".header", size: 16 },
    ];
    const pointers = [
      ...(spec.pointers ?? []),
      { in: ".header", to: { in: ".version" }, via: "rela" as const },
    ];
    expect(releaseOf(open({ ...spec, sections, dynamicSymbols, pointers }))).toEqual({ exact: "go1.20.1" });
  });

  it("of a size that two runs of releases have is not guessed", () => {
    const spec = { dynamicSymbols: [{ name: "runtime.firstmoduledata", in: ".bss", size: 592 }] };
    const object = open({ ...spec, sections: [{ name: ".bss", size: 592 }] });
    expect(releaseOf(object)).toBe("moduledata of 592 bytes: of go1.21 to go1.22 or go1.26");
  });

  it("of a size that no known release has is unknown", () => {
    expect(releaseOf(open(elfPlugin({ size: 80, packageHashes: 60 })))).toBe(
      "moduledata of 640 bytes, pkghashes at its word 60: of no Go release that is known",
    );
  });

  it("is not one whose linker spelled names otherwise", () => {
    expect(releaseOf(open(elfPlugin({ size: 71, packageHashes: 55, prefix: "go.link." })))).toMatch(
      /no Go release/,
    );
  });

  it("of a Mach-O plugin is told by the table alone, since there are no sizes", () => {
    expect(releaseOf(openMacho(machoPlugin({ packageHashes: 55 })))).toEqual({
      from: "go1.20",
      to: "go1.25",
    });
    expect(releaseOf(openMacho(machoPlugin({ packageHashes: 56 })))).toEqual({
      from: "go1.26",
      to: "go1.26",
    });
  });

  it("is told by the section that moduledata has since Go 1.26", () => {
    const elf = open({ sections: [{ name: ".go.module", content: Buffer.alloc(592), writable: true }] });
    const sections = [{ name: "__go_module", bytes: Buffer.alloc(568) }];
    const macho = openMacho({ segments: [{ name: "__TEXT" }, { name: "__DATA", sections }] });
    expect([releaseOf(elf), releaseOf(macho)]).toEqual([
      { from: "go1.26", to: "go1.26" },
      { from: "go1.27", to: "go1.27" },
    ]);
  });

  it("of a file without any of these is unknown", () => {
    expect(releaseOf(open({ dynamicSymbols: [{ name: "init" }] }))).toBe(
      "the file has no symbol runtime.firstmoduledata",
    );
  });
});

describe("the size of moduledata", () => {
  it("is found in the static symbols of a program that exports none", () => {
    const object = open({
      sections: [{ name: ".bss", size: 592 }],
      symbols: [{ name: "runtime.firstmoduledata", in: ".bss", size: 592 }],
    });
    expect(readModuledataSize(object)).toMatchObject({ value: 592 });
  });

  it.each([0, 7, 12, 4096])("of %i bytes is not believed", (size) => {
    const object = open({
      sections: [{ name: ".bss", size: 8192 }],
      symbols: [{ name: "runtime.firstmoduledata", in: ".bss", size }],
    });
    expect(readModuledataSize(object)).toMatchObject({ known: false });
  });
});

describe("a plugin hooks itself into the host's list", () => {
  const withUse = (relocated: "by name" | "within the plugin") => {
    const spec = elfPlugin();
    const got = { in: ".got", via: relocated === "by name" ? "symbol" : "rela" } as const;
    const use =
      relocated === "by name"
        ? { ...got, symbol: "runtime.lastmoduledatap" }
        : { ...got, to: { in: ".noptrdata" } };
    return open({
      ...spec,
      sections: [...(spec.sections ?? []), { name: ".got", content: Buffer.alloc(8), writable: true }],
      pointers: [...(spec.pointers ?? []), use],
    });
  };

  it("where its use of the list is bound by name", () => {
    expect(sharesModuleList(withUse("by name"))).toMatchObject({ value: true });
  });

  it("but not where the use is bound within the plugin", () => {
    expect(sharesModuleList(withUse("within the plugin"))).toMatchObject({ value: false });
  });

  it.each([
    ["in a flat namespace", -2, true],
    ["in the main program", -1, true],
    ["in itself", 0, false],
  ])("in Mach-O where it is looked up %s: %s", (_, ordinal, value) => {
    const spec = machoPlugin();
    const binds = [
      ...(spec.binds ?? []),
      { at: ["__DATA,__table", 0] as const, symbol: "_runtime.lastmoduledatap", ordinal },
    ];
    expect(sharesModuleList(openMacho({ ...spec, binds }))).toMatchObject({ value });
  });
});

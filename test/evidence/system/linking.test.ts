import { describe, expect, test } from "vitest";
import { known, unknown } from "../../../src/evidence/fact.ts";
import { readLinking } from "../../../src/evidence/system/linking.ts";
import { compareVersions, versionFloors } from "../../../src/evidence/system/version-floor.ts";
import { open } from "../../support/elf-open.ts";
import { open as openMacho } from "../../support/macho-open.ts";

describe("linking of an ELF file", () => {
  test("name and libraries", () => {
    const { name, libraries } = readLinking(
      open({ soname: "libplugin.so.1", needed: ["libz.so.1", "libc.so.6"] }),
    );
    expect(name).toEqual(known("libplugin.so.1", "DT_SONAME"));
    expect(libraries).toEqual(known(["libz.so.1", "libc.so.6"], "DT_NEEDED"));
  });

  test("a file without dynamic section links nothing", () => {
    const { name, libraries } = readLinking(open({}));
    expect(name).toEqual(unknown("it has no DT_SONAME"));
    expect(libraries).toMatchObject({ value: [] });
  });

  test("DT_RUNPATH overrules DT_RPATH", () => {
    expect(readLinking(open({ runpath: "$ORIGIN:/opt/lib", rpath: "/old" })).searchPaths).toEqual(
      known(["$ORIGIN", "/opt/lib"], "DT_RUNPATH"),
    );
  });

  test("DT_RPATH where it stands alone", () => {
    expect(readLinking(open({ rpath: "/old" })).searchPaths).toEqual(known(["/old"], "DT_RPATH"));
  });

  test("neither of them", () => {
    expect(readLinking(open({})).searchPaths).toEqual(known([], "no DT_RUNPATH and no DT_RPATH"));
  });

  test("build id", () => {
    const file = open({
      notes: [{ name: "GNU", type: 3, content: Buffer.from("00ff10", "hex") }],
      sectionHeaders: false,
    });
    expect(readLinking(file).buildId).toEqual(known("00ff10", "note NT_GNU_BUILD_ID"));
  });

  test("no build id", () => {
    expect(readLinking(open({ notes: [{ name: "GNU", type: 1, content: "x" }] })).buildId).toEqual(
      unknown("it has no note NT_GNU_BUILD_ID"),
    );
  });

  test("a build id longer than any", () => {
    expect(
      readLinking(open({ notes: [{ name: "GNU", type: 3, content: Buffer.alloc(65) }] })).buildId.known,
    ).toBe(false);
  });

  test("not stripped where there is a static symbol table", () => {
    const file = open({ sections: [{ name: ".text", content: "x" }], symbols: [{ name: "f", in: ".text" }] });
    expect(readLinking(file).stripped).toEqual(known(false, "section .symtab"));
  });

  test("stripped where there is none", () => {
    const file = open({ sections: [{ name: ".text", content: "x" }] });
    expect(readLinking(file).stripped).toEqual(known(true, "no section .symtab"));
  });

  test("stripped where only a manifest was appended since the section headers went", () => {
    const file = open({ sections: [{ name: ".gnu.warning.otel_manifest", content: "{}", loaded: false }] });
    expect(readLinking(file).stripped).toEqual(known(true, "no section headers"));
  });

  test("stripped where no section headers lead to it", () => {
    expect(readLinking(open({ sectionHeaders: false })).stripped).toEqual(known(true, "no section headers"));
  });

  test("a broken part leaves the others known", () => {
    const file = open({
      needed: ["libc.so.6"],
      soname: "libplugin.so",
      patch: [{ dynamic: 14n, value: 2n ** 40n }],
    });
    const { name, libraries } = readLinking(file);
    expect(name.known).toBe(false);
    expect(libraries.known).toBe(true);
  });
});

describe("linking of a Mach-O file", () => {
  test("all of it", () => {
    const file = openMacho({
      installName: "@rpath/libplugin.dylib",
      dylibs: [{ name: "/usr/lib/libSystem.B.dylib" }],
      rpaths: ["@loader_path", "/opt/lib"],
      uuid: Buffer.from("00112233445566778899AABBCCDDEEFF", "hex"),
    });
    expect(readLinking(file)).toMatchObject({
      name: known("@rpath/libplugin.dylib", "LC_ID_DYLIB"),
      libraries: known(["/usr/lib/libSystem.B.dylib"], "LC_LOAD_DYLIB"),
      versions: unknown("Mach-O has no symbol versions"),
      searchPaths: known(["@loader_path", "/opt/lib"], "LC_RPATH"),
      buildId: known("00112233445566778899aabbccddeeff", "LC_UUID"),
    });
  });

  test("stripped where it has no local symbol", () => {
    expect(readLinking(openMacho({ symbols: [{ name: "_imported" }] })).stripped).toEqual(
      known(true, "local symbols of LC_SYMTAB"),
    );
  });

  test("not stripped where it has one", () => {
    const local = 0x0e;
    const file = openMacho({
      segments: [{ name: "__TEXT", sections: [{ name: "__text", bytes: "x" }] }],
      symbols: [{ name: "_hidden", at: "__TEXT,__text", type: local }],
    });
    expect(readLinking(file).stripped).toMatchObject({ value: false });
  });
});

describe("the highest version needed of each library", () => {
  const need = (file: string, ...names: readonly string[]) => ({
    file,
    versions: names.map((name) => ({ name, flags: 0 })),
  });

  test("is by number, not by letter", () => {
    const file = open({ versionNeeds: [need("libc.so.6", "GLIBC_2.4", "GLIBC_2.34", "GLIBC_2.2.5")] });
    expect(readLinking(file).versions).toEqual(
      known([{ library: "libc.so.6", prefix: "GLIBC", version: "2.34" }], "version needs"),
    );
  });

  test("is told for each prefix of a library", () => {
    const file = open({
      versionNeeds: [need("libstdc++.so.6", "GLIBCXX_3.4.29", "CXXABI_1.3", "GLIBCXX_3.4.9")],
    });
    expect(versionFloors(file)).toEqual([
      { library: "libstdc++.so.6", prefix: "GLIBCXX", version: "3.4.29" },
      { library: "libstdc++.so.6", prefix: "CXXABI", version: "1.3" },
    ]);
  });

  test("is told for each library", () => {
    const file = open({ versionNeeds: [need("libm.so.6", "GLIBC_2.29"), need("libc.so.6", "GLIBC_2.17")] });
    expect(versionFloors(file).map(({ library, version }) => `${library} ${version ?? ""}`)).toEqual([
      "libm.so.6 2.29",
      "libc.so.6 2.17",
    ]);
  });

  test("names without a number stand for themselves", () => {
    const file = open({ versionNeeds: [need("libc.so.6", "GLIBC_ABI_DT_RELR", "GLIBC_2.36")] });
    expect(versionFloors(file)).toEqual([
      { library: "libc.so.6", prefix: "GLIBC_ABI_DT_RELR", version: undefined },
      { library: "libc.so.6", prefix: "GLIBC", version: "2.36" },
    ]);
  });

  test("a version that may be missing does not count", () => {
    const weak = {
      file: "libc.so.6",
      versions: [
        { name: "GLIBC_2.38", flags: 2 },
        { name: "GLIBC_2.17", flags: 0 },
      ],
    };
    expect(versionFloors(open({ versionNeeds: [weak] }))).toMatchObject([{ version: "2.17" }]);
  });

  test.each([
    ["2.4", "2.34", -1],
    ["2.34", "2.34", 0],
    ["2.34.1", "2.34", 1],
    ["3", "2.99", 1],
    ["2", "2.0", -1],
  ])("%s against %s", (one, other, sign) => {
    expect(Math.sign(compareVersions(one, other))).toBe(sign);
  });
});

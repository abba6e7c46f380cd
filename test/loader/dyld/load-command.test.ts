import { describe, expect, it, test } from "vitest";
import { buildMacho, type BuiltMacho, type MachoSpec } from "../../support/macho-builder.ts";
import { armHost, failureOf, firstOf, intelHost, predict, tried } from "./open-host.ts";
import { armLibrary, intelLibrary, signedMacho, unnamed } from "./signed-macho.ts";

/** An Intel library, which needs no signature, changed after it was built. */
function changed(change: (bytes: Buffer, built: BuiltMacho) => void, spec: MachoSpec = intelLibrary): Buffer {
  const built = buildMacho(spec);
  change(built.bytes, built);
  return built.bytes;
}

const lc = { symtab: 0x2, loadDylib: 0xc, idDylib: 0xd, segment64: 0x19, uuid: 0x1b, buildVersion: 0x32 };
const sized = (cmd: number, size: number) => ({
  ...intelLibrary,
  commands: [{ cmd, body: Buffer.alloc(size - 8) }],
});

describe("load commands", () => {
  it("longer than the file are refused", () => {
    const bytes = buildMacho(intelLibrary).bytes.subarray(0, 100);
    const length = 32 + bytes.readUInt32LE(20);
    const { first, further } = failureOf(predict(bytes, intelHost));
    expect(first).toMatchObject({
      check: "load-command",
      message: tried(`load commands length (${length}) exceeds length of file (100)`),
    });
    expect(further).toEqual([]);
  });

  test.each([
    ["a size of 4", 4],
    ["a size of 0", 0],
    ["a size beyond the others", 0x10000],
  ])("with %s are refused, in words that hold addresses", (_, size) => {
    const bytes = changed((all, { commandAt }) => all.writeUInt32LE(size, commandAt(lc.uuid) + 4));
    expect(firstOf(predict(bytes, intelHost))).toMatchObject({ check: "load-command", message: null });
  });

  it("that are fewer than the header says are refused", () => {
    const bytes = changed((all) => all.writeUInt32LE(all.readUInt32LE(16) + 1, 16));
    expect(firstOf(predict(bytes, intelHost))).toMatchObject({ check: "load-command", message: null });
  });

  it("of kinds that dyld must know and does not are refused", () => {
    const bytes = buildMacho(sized(0x8000_0099, 16)).bytes;
    const count = bytes.readUInt32LE(16);
    expect(firstOf(predict(bytes, intelHost)).message).toBe(
      tried(`load command #${count} unknown required load command 0x80000099`),
    );
  });

  it("of kinds that nobody knows are taken where dyld need not know them", () => {
    expect(predict(buildMacho(sized(0x99, 16)).bytes, intelHost).outcome).toBe("loads");
  });

  test.each([
    [0x1e, "LC_SEGMENT_SPLIT_INFO"],
    [0x26, "LC_FUNCTION_STARTS"],
    [0x33 + 0x80000000, "LC_DYLD_EXPORTS_TRIE"],
    [0x34 + 0x80000000, "LC_DYLD_CHAINED_FIXUPS"],
    [0x22, "LC_DYLD_INFO_ONLY"],
    [0x24, "LC_VERSION_MIN_*"],
    [0x28 + 0x80000000, "LC_MAIN"],
    [0x2, "LC_SYMTAB"],
    [0xb, "LC_DYSYMTAB"],
    [0x1b, "LC_UUID"],
    [0x32, "LC_BUILD_VERSION"],
  ])("of kind 0x%s and a wrong size are refused", (cmd, name) => {
    const bytes = buildMacho(sized(cmd, 32)).bytes;
    const count = bytes.readUInt32LE(16);
    expect(firstOf(predict(bytes, intelHost)).message).toBe(
      tried(`load command #${count} ${name} size wrong`),
    );
  });

  it("of segments with another number of sections are refused", () => {
    const bytes = changed((all, { commandAt }) => all.writeUInt32LE(9, commandAt(lc.segment64) + 64));
    expect(firstOf(predict(bytes, intelHost)).message).toBe(
      tried("load command #1 LC_SEGMENT_64 size does not match number of sections"),
    );
  });

  it("with a string outside are refused", () => {
    const bytes = changed((all, { commandAt }) => all.writeUInt32LE(999, commandAt(lc.idDylib) + 8));
    expect(firstOf(predict(bytes, intelHost)).message).toMatch(
      /\(load command #4 string offset \(999\) outside its size \(\d+\)\)$/,
    );
  });

  it("with a string that has no end are refused", () => {
    const bytes = changed((all, { commandAt }) => {
      const at = commandAt(lc.idDylib);
      all.fill("x", at + 24, at + all.readUInt32LE(at + 4));
    });
    expect(firstOf(predict(bytes, intelHost)).message).toBe(
      tried("load command #4 string extends beyond end of load command"),
    );
  });
});

describe("what dyld asks of all load commands together", () => {
  const with2 = (sdk: number, spec: MachoSpec = {}): MachoSpec => ({
    ...armLibrary,
    buildVersion: { platform: 1, minos: 0x000b0000, sdk },
    ...spec,
  });
  const noUuid = (sdk: number) => {
    const copy: { -readonly [K in keyof MachoSpec]: MachoSpec[K] } = with2(sdk);
    delete copy.uuid;
    return copy;
  };
  const macos = (major: number, minor = 0) => (major << 16) | (minor << 8);

  test.each([
    ["a library without an install name", unnamed(armLibrary), "MH_DYLIB is missing LC_ID_DYLIB"],
    ["a bundle with one", { ...armLibrary, fileType: 8 }, "found LC_ID_DYLIB found in non-MH_DYLIB"],
    [
      "two install names",
      { ...armLibrary, dylibs: [{ name: "/usr/lib/a", cmd: 0xd }] },
      "multiple LC_ID_DYLIB found",
    ],
    [
      "two UUIDs",
      { ...armLibrary, commands: [{ cmd: 0x1b, body: Buffer.alloc(16) }] },
      "too many LC_UUID load commands",
    ],
    ["no UUID, with an SDK of macOS 12", noUuid(macos(12)), "missing LC_UUID load command"],
    [
      "no library, with an SDK of macOS 15.4",
      with2(macos(15, 4), { dylibs: [] }),
      "missing LC_LOAD_DYLIB (must link with at least libSystem.dylib)",
    ],
    [
      "a library twice, with an SDK of macOS 26",
      with2(macos(26), { dylibs: [{ name: "/usr/lib/a" }, { name: "/usr/lib/a" }] }),
      "duplicate linked dylib '/usr/lib/a'",
    ],
    [
      "an LC_RPATH twice, with an SDK of macOS 26",
      with2(macos(26), { rpaths: ["/a", "/a"] }),
      "duplicate LC_RPATH '/a'",
    ],
  ])("refuses %s", (_, spec, reason) => {
    expect(firstOf(predict(signedMacho(spec), armHost))).toMatchObject({
      check: "load-command",
      message: tried(reason),
    });
  });

  test.each([
    ["no UUID, with an SDK of macOS 11", noUuid(macos(11))],
    ["no library, with an SDK of macOS 15.3", with2(macos(15, 3), { dylibs: [] })],
    [
      "a library twice, with an SDK of macOS 15.4",
      with2(macos(15, 4), { dylibs: [{ name: "/usr/lib/libz.1.dylib" }, { name: "/usr/lib/libz.1.dylib" }] }),
    ],
    ["an LC_RPATH twice, with an SDK of macOS 15.4", with2(macos(15, 4), { rpaths: ["/a", "/a"] })],
  ])("takes %s", (_, spec) => {
    expect(predict(signedMacho(spec), armHost).outcome).toBe("loads");
  });

  it("names all that is wrong, in dyld's order", () => {
    const bytes = buildMacho({ ...noUuid(macos(26)), rpaths: ["/a", "/a"] }).bytes;
    const { first, further } = failureOf(predict(bytes, armHost));
    expect(
      [first, ...further].map(({ check, message }) => [check, message?.replace(/^.*dylib' /, "")]),
    ).toEqual([
      ["load-command", "(missing LC_UUID load command)"],
      ["load-command", "(duplicate LC_RPATH '/a')"],
      [
        "unsigned",
        "not valid for use in process: mapped file has no cdhash, completely unsigned? Code has to be at least ad-hoc signed.)",
      ],
    ]);
  });
});

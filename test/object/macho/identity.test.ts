import { describe, expect, it, test } from "vitest";
import { open } from "../../support/macho-open.ts";

const shapes = [
  [32, "little"],
  [64, "little"],
  [32, "big"],
  [64, "big"],
] as const;

describe.each(shapes)("what an image says of itself, in %i bits, %s-endian", (bits, endian) => {
  const shape = { bits, endian };

  it("is its install name", () => {
    expect(open({ ...shape, installName: "@rpath/libplugin.dylib" }).installName).toBe(
      "@rpath/libplugin.dylib",
    );
  });

  it("is its UUID", () => {
    const uuid = Buffer.from("00112233445566778899aabbccddeeff", "hex");
    expect(open({ ...shape, uuid }).uuid).toBe("00112233-4455-6677-8899-AABBCCDDEEFF");
  });

  it("is what it was built for", () => {
    const file = open({ ...shape, buildVersion: { platform: 1, minos: 0x000d0201, sdk: 0x000e0000 } });
    expect(file.buildVersion).toEqual({
      platform: 1,
      platformName: "macOS",
      minos: "13.2.1",
      sdk: "14.0",
      command: "LC_BUILD_VERSION",
    });
  });

  it("is where it looks for libraries", () => {
    expect(open({ ...shape, rpaths: ["@loader_path/../lib", "/opt"] }).rpaths).toEqual([
      "@loader_path/../lib",
      "/opt",
    ]);
  });

  it("is which libraries it links, of every kind, in order", () => {
    const file = open({
      ...shape,
      dylibs: [
        { name: "/usr/lib/libSystem.B.dylib", currentVersion: 0x051f6403, compatibilityVersion: 0x00010000 },
        { name: "weak", cmd: 0x80000018 },
        { name: "reexport", cmd: 0x8000001f },
        { name: "lazy", cmd: 0x20 },
        { name: "upward", cmd: 0x80000023 },
      ],
    });
    expect(file.neededLibraries).toEqual([
      "/usr/lib/libSystem.B.dylib",
      "weak",
      "reexport",
      "lazy",
      "upward",
    ]);
    expect(file.linkedLibraries.map(({ kind }) => kind)).toEqual([
      "load",
      "weak",
      "reexport",
      "lazy",
      "upward",
    ]);
    expect(file.linkedLibraries[0]).toMatchObject({
      currentVersion: "1311.100.3",
      compatibilityVersion: "1.0",
    });
  });

  it("is where its signature lies", () => {
    const { codeSignature, size } = open({ ...shape, codeSignature: Buffer.alloc(48) });
    expect(codeSignature).toEqual({ offset: size - 48, size: 48 });
  });
});

describe("what an image says of itself", () => {
  it("is nothing where it has no such load commands", () => {
    const file = open({});
    const { uuid, buildVersion, installName, codeSignature } = file;
    expect({ uuid, buildVersion, installName, codeSignature }).toEqual({});
    expect([file.rpaths, file.neededLibraries, file.exports, file.imports]).toEqual([[], [], [], []]);
  });

  test.each([
    [0x24, "macOS", 1, "LC_VERSION_MIN_MACOSX"],
    [0x25, "iOS Simulator", 7, "LC_VERSION_MIN_IPHONEOS"],
    [0x2f, "tvOS Simulator", 8, "LC_VERSION_MIN_TVOS"],
    [0x30, "watchOS Simulator", 9, "LC_VERSION_MIN_WATCHOS"],
  ])("may come from the older command 0x%s: on Intel %s", (cmd, platformName, platform, command) => {
    const body = Buffer.from([0, 14, 10, 0, 0, 0, 0, 0]);
    const { buildVersion } = open({ commands: [{ cmd, body }] });
    expect(buildVersion).toEqual({ platform, platformName, minos: "10.14", sdk: undefined, command });
  });

  it("is a device, not a simulator, for an older command on ARM", () => {
    const body = Buffer.from([0, 0, 9, 0, 0, 0, 0, 0]);
    const { buildVersion } = open({ cpuType: 0x0100000c, cpuSubtype: 0, commands: [{ cmd: 0x25, body }] });
    expect(buildVersion).toMatchObject({ platform: 2, platformName: "iOS", minos: "9.0" });
  });

  it("are two platforms in a zippered library", () => {
    const body = Buffer.from([6, 0, 0, 0, 0, 0, 13, 0, 0, 0, 13, 0, 0, 0, 0, 0]);
    const file = open({ buildVersion: { platform: 1, minos: 0x000a0f00 }, commands: [{ cmd: 0x32, body }] });
    expect(file.buildVersion?.platformName).toBe("macOS");
    expect(file.buildVersions.map(({ platformName }) => platformName)).toEqual(["macOS", "Mac Catalyst"]);
  });

  it("names a platform that it does not know by its number", () => {
    const { buildVersion } = open({ buildVersion: { platform: 99, minos: 0 } });
    expect(buildVersion).toMatchObject({ platform: 99, platformName: "unknown-99" });
  });

  test.each([
    [1, "weak"],
    [2, "reexport"],
    [4, "upward"],
    [8, "lazy"],
    [0, "load"],
  ] as const)("is by the flags of a newer LC_LOAD_DYLIB: %i is %s", (useFlags, kind) => {
    const { linkedLibraries } = open({
      dylibs: [{ name: "/usr/lib/a.dylib", timestamp: 0x1a741800, useFlags }],
    });
    expect(linkedLibraries).toMatchObject([{ name: "/usr/lib/a.dylib", kind }]);
  });

  it("is not by flags where LC_LOAD_DYLIB has a timestamp: there is only room for them", () => {
    const { linkedLibraries } = open({ dylibs: [{ name: "/usr/lib/a.dylib", timestamp: 2, useFlags: 1 }] });
    expect(linkedLibraries).toMatchObject([{ kind: "load" }]);
  });
});

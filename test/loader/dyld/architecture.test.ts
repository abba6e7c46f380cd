import { describe, expect, it, test } from "vitest";
import type { DyldHost } from "../../../src/loader/dyld/host.ts";
import { buildMacho, buildUniversal } from "../../support/macho-builder.ts";
import {
  armHost,
  failureOf,
  firstOf,
  hostOf,
  intelHost,
  path,
  predict,
  tried,
  unknownOf,
} from "./open-host.ts";
import { armLibrary, intelLibrary, signedMacho, unnamed } from "./signed-macho.ts";

const arm64 = 0x0100_000c;
const x86_64 = 0x0100_0007;
const armNeeds = "'arm64e' or 'arm64e.v1' or 'arm64' or 'arm64'";
const intelNeeds = "'x86_64h' or 'x86_64'";

describe("what is no Mach-O image", () => {
  test.each([
    ["text", Buffer.from("#!/bin/sh\necho this is a script, not a library\n")],
    ["ELF", Buffer.concat([Buffer.from("\x7fELF\x02\x01\x01"), Buffer.alloc(100)])],
    ["a big-endian image", buildMacho({ endian: "big" }).bytes],
    ["a file of one byte", Buffer.from("\xcf")],
    ["a header that is cut off", signedMacho(armLibrary).subarray(0, 27)],
  ])("is refused: %s", (_, bytes) => {
    expect(firstOf(predict(bytes, armHost))).toMatchObject({
      outcome: "refused",
      check: "not-mach-o",
      message: tried("slice is not valid mach-o file"),
    });
  });

  it("is refused where it is empty, in words that only a Mac knows", () => {
    expect(firstOf(predict(Buffer.alloc(0), armHost))).toMatchObject({ check: "not-mach-o", message: null });
  });
});

describe("a thin image for another architecture", () => {
  test.each<[string, DyldHost, { cpuType: number; cpuSubtype: number }, string, string]>([
    ["Intel on arm64", armHost, { cpuType: x86_64, cpuSubtype: 3 }, "x86_64", armNeeds],
    ["arm64 on Intel", intelHost, { cpuType: arm64, cpuSubtype: 0 }, "arm64", intelNeeds],
    ["arm64e on Intel", intelHost, { cpuType: arm64, cpuSubtype: 0x80000002 }, "arm64e", intelNeeds],
    ["old arm64e on arm64", armHost, { cpuType: arm64, cpuSubtype: 2 }, "arm64e.old", armNeeds],
    [
      "a kernel's arm64e on arm64",
      armHost,
      { cpuType: arm64, cpuSubtype: 0xc0000002 },
      "arm64e.kernel",
      armNeeds,
    ],
    ["watches on arm64", armHost, { cpuType: 0x0200000c, cpuSubtype: 1 }, "arm64_32", armNeeds],
    ["i386 on Intel", intelHost, { cpuType: 7, cpuSubtype: 3 }, "i386", intelNeeds],
    ["an unknown one", armHost, { cpuType: 99, cpuSubtype: 0 }, "unknown", armNeeds],
    [
      "arm64 in arm64e",
      hostOf({ cpuSubtype: 0x80000002 }),
      { cpuType: arm64, cpuSubtype: 0 },
      "arm64",
      "'arm64e'",
    ],
  ])("%s", (_, host, arch, have, need) => {
    const { first, further } = failureOf(predict(buildMacho({ ...armLibrary, ...arch }).bytes, host));
    expect(first.check).toBe("architecture");
    expect(first.message).toBe(
      tried(`mach-o file, but is an incompatible architecture (have '${have}', need ${need})`),
    );
    expect(first.plugin?.value).toBe(have);
    expect(further).toEqual([]);
  });
});

describe("a thin image for a near architecture", () => {
  test.each([
    ["arm64e in arm64, its keys off", 0x80000002],
    ["arm64e of the second version", 0x81000002],
    ["arm64 v8", 1],
  ])("is taken: %s", (_, cpuSubtype) => {
    expect(predict(signedMacho({ ...armLibrary, cpuSubtype }), armHost).outcome).toBe("loads");
  });

  it("needs such a processor for x86_64h, and whether the target has one is unknown", () => {
    const { outcome, needs } = predict(buildMacho({ ...intelLibrary, cpuSubtype: 8 }).bytes, intelHost);
    expect(outcome).toBe("unknown");
    expect(needs).toContain("an Intel processor of 2013 or later (x86_64h)");
  });

  it("is taken whatever its capability bits are on Intel", () => {
    expect(predict(buildMacho({ ...intelLibrary, cpuSubtype: 0x80000003 }).bytes, intelHost).outcome).toBe(
      "loads",
    );
  });
});

describe("a universal file", () => {
  const intel = { cputype: x86_64, cpusubtype: 3, bytes: buildMacho(intelLibrary).bytes, align: 14 };
  const arm = { cputype: arm64, cpusubtype: 0, bytes: signedMacho(armLibrary), align: 14 };

  it("without the host's slice names those that it has", () => {
    const i386 = { cputype: 7, cpusubtype: 3, bytes: buildMacho({ bits: 32 }).bytes };
    expect(firstOf(predict(buildUniversal([intel, i386]), armHost))).toMatchObject({
      check: "missing-slice",
      message: tried(`fat file, but missing compatible architecture (have 'x86_64,i386', need ${armNeeds})`),
    });
  });

  it("without any slice has nothing to offer", () => {
    const bytes = Buffer.alloc(64);
    bytes.writeUInt32BE(0xcafebabe);
    expect(firstOf(predict(bytes, intelHost)).message).toBe(
      tried(`fat file, but missing compatible architecture (have '', need ${intelNeeds})`),
    );
  });

  it("is looked into for the arm64 slice that lipo hid from old systems", () => {
    const bytes = buildUniversal([intel, arm]);
    bytes.writeUInt32BE(1, 4);
    expect(predict(bytes, armHost).outcome).toBe("loads");
  });

  it("offers the best slice, not the first", () => {
    const better = {
      ...arm,
      cpusubtype: 0x80000002,
      bytes: buildMacho({ ...armLibrary, cpuSubtype: 0x80000002 }).bytes,
    };
    expect(firstOf(predict(buildUniversal([arm, better]), armHost)).check).toBe("unsigned");
  });

  it("whose slice is no image is refused for that", () => {
    const archive = { ...arm, bytes: Buffer.from("!<arch>\n".padEnd(200)) };
    expect(firstOf(predict(buildUniversal([archive]), armHost)).message).toBe(
      tried("slice is not valid mach-o file"),
    );
  });
});

describe("an image for another platform", () => {
  const on = (platform: number) => ({ platform, minos: 0x000d0000, sdk: 0x000e0000 });

  test.each([
    [2, "iOS"],
    [6, "macCatalyst"],
    [7, "iOS-simulator"],
    [11, "visionOS"],
    [99, "future"],
  ])("%i is refused", (platform, have) => {
    const { first } = failureOf(predict(signedMacho({ ...armLibrary, buildVersion: on(platform) }), armHost));
    const text = `mach-o file (${path}), but incompatible platform (have '${have}', need 'macOS')`;
    expect(first).toMatchObject({ check: "platform", message: tried(text) });
  });

  const also = (platform: number) => ({
    cmd: 0x32,
    body: Buffer.from(new Uint32Array([platform, 0x000d0000, 0x000e0000, 0]).buffer),
  });

  it("is taken where it is for macOS too", () => {
    const zippered = { ...armLibrary, commands: [also(6)] };
    expect(predict(signedMacho(zippered), armHost)).toMatchObject({
      outcome: "loads",
      needs: [],
    });
    const other = { ...armLibrary, buildVersion: on(6), commands: [also(1)] };
    expect(predict(signedMacho(other), armHost).outcome).toBe("loads");
  });

  it("is refused where two platforms contradict one another", () => {
    const both = { ...armLibrary, commands: [also(2)] };
    expect(firstOf(predict(signedMacho(both), armHost))).toMatchObject({
      check: "platform",
      message: tried("incompatible platforms: macOS - iOS"),
    });
  });

  it("is taken for macOS where it names no platform", () => {
    const { buildVersion: none, ...spec } = armLibrary;
    expect(none.platform).toBe(1);
    expect(predict(signedMacho(spec), armHost).outcome).toBe("loads");
  });
});

describe("a file that is no library", () => {
  test.each([
    [1, "an object file"],
    [4, "a core"],
    [9, "a stub"],
    [200, "no known type"],
  ])("of type %i, %s, is refused", (fileType) => {
    expect(firstOf(predict(signedMacho({ ...armLibrary, fileType }), armHost))).toMatchObject({
      check: "mach-o-file-type",
      message: tried(`unloadable mach-o file type ${fileType} '${path}'`),
    });
  });

  it("is refused where its header forbids it", () => {
    expect(firstOf(predict(signedMacho({ ...armLibrary, flags: 0x485 }), armHost)).message).toBe(
      tried(`cannot dlopen() image marked for no dynamic access '${path}'`),
    );
  });

  it("is a question for a Mac where it is a program", () => {
    const { why } = unknownOf(predict(signedMacho({ ...unnamed(armLibrary), fileType: 2 }), armHost));
    expect(why).toMatch(/^The file is an executable/);
  });
});

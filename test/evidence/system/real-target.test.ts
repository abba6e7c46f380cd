import { describe, expect, test } from "vitest";
import { known, unknown } from "../../../src/evidence/fact.ts";
import { readRealTarget, type RealTarget } from "../../../src/evidence/system/real-target.ts";
import { readSystemNeeds } from "../../../src/evidence/system/system-needs.ts";
import type { ElfSpec } from "../../support/elf-builder.ts";
import { ENCODINGS, open } from "../../support/elf-open.ts";
import { openSlices } from "../../support/evidence-open.ts";
import { open as openMacho } from "../../support/macho-open.ts";
import { describeFile } from "../../support/oracle/tool.ts";
import { realElfFiles, realMachoFiles } from "../../support/real-files.ts";

function targetOf(spec: ElfSpec): RealTarget {
  return readRealTarget(open(spec));
}

/** "os libc", with a question mark for what is unknown. */
function shortly({ os, libc }: RealTarget): string {
  return [os, libc].map((fact) => (fact.known ? fact.value : "?")).join(" ");
}

function words(endian: "little" | "big", ...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  numbers.forEach((each, index) => {
    if (endian === "little") bytes.writeUInt32LE(each, 4 * index);
    else bytes.writeUInt32BE(each, 4 * index);
  });
  return bytes;
}

const abiTag = (...numbers: readonly number[]) => ({
  name: "GNU",
  type: 1,
  content: words("little", ...numbers),
});
const androidNote = { name: "Android", type: 1, content: words("little", 24) };
const bionicNeed = { file: "libc.so", versions: [{ name: "LIBC" }] };

describe("system and C library of an ELF file", () => {
  test.each<readonly [what: string, spec: ElfSpec, expected: string]>([
    ["glibc's loader", { interpreter: "/lib64/ld-linux-x86-64.so.2" }, "linux gnu"],
    ["glibc's loader on s390x", { interpreter: "/lib/ld64.so.1" }, "linux gnu"],
    ["musl's loader", { interpreter: "/lib/ld-musl-x86_64.so.1" }, "linux musl"],
    ["Android's loader", { interpreter: "/system/bin/linker64" }, "android bionic"],
    ["uClibc's loader", { interpreter: "/lib/ld64-uClibc.so.0" }, "linux uclibc"],
    ["glibc", { needed: ["libm.so.6", "libc.so.6"] }, "linux gnu"],
    ["glibc's loader alone, as a library", { needed: ["ld-linux-aarch64.so.1"] }, "linux gnu"],
    ["Alpine's musl", { needed: ["libc.musl-x86_64.so.1"] }, "linux musl"],
    ["musl by its plain name", { needed: ["libc.so"] }, "linux musl"],
    ["bionic by its versions", { needed: ["libc.so"], versionNeeds: [bionicNeed] }, "android bionic"],
    ["bionic by its note", { needed: ["libc.so"], notes: [androidNote] }, "android bionic"],
    ["FreeBSD's", { needed: ["libc.so.7"], osAbi: 9 }, "freebsd freebsd"],
    [
      "glibc by versions alone",
      { versionNeeds: [{ file: "libm.so.6", versions: [{ name: "GLIBC_2.29" }] }] },
      "linux gnu",
    ],
    ["none", {}, "? ?"],
    ["another's", { needed: ["libc.so.97.1"] }, "? ?"],
    ["none, with GNU's OS ABI", { osAbi: 3 }, "linux ?"],
    ["none, with FreeBSD's OS ABI", { osAbi: 9 }, "freebsd ?"],
    ["none, with a note of Linux", { notes: [abiTag(0, 3, 2, 0)] }, "linux ?"],
    ["Hurd's, by its note", { osAbi: 3, notes: [abiTag(1, 2, 0, 0)] }, "hurd ?"],
    [
      "none, with a note of OpenBSD",
      { notes: [{ name: "OpenBSD", type: 1, content: words("little", 0) }] },
      "openbsd ?",
    ],
    ["none, with a note that is no system's", { notes: [{ name: "Go", type: 1, content: "abcd" }] }, "? ?"],
    [
      "none, with a note of a name that all objects have",
      { notes: [{ name: "toString", type: 1, content: "abcd" }] },
      "? ?",
    ],
  ])("%s", (_, spec, expected) => {
    expect(shortly(targetOf(spec))).toBe(expected);
  });

  test("say where they were read", () => {
    expect(targetOf({ needed: ["libc.so.6"] })).toEqual({
      arch: known("x86_64", "e_machine"),
      os: known("linux", "DT_NEEDED libc.so.6"),
      libc: known("gnu", "DT_NEEDED libc.so.6"),
    });
  });

  test("are unknown where nothing tells", () => {
    const { os, libc } = targetOf({});
    expect(libc).toEqual(unknown("it links no C library"));
    expect(os).toEqual(
      unknown("e_ident[EI_OSABI] is 0, no ELF note identifies it, and it links no C library"),
    );
  });

  test("are unknown, and the architecture known, where the dynamic section is broken", () => {
    const target = targetOf({ needed: ["libc.so.6"], patch: [{ dynamic: 5n, value: 2n ** 60n }] });
    expect(shortly(target)).toBe("? ?");
    expect(target.arch.known).toBe(true);
  });
});

describe("system of a Mach-O file", () => {
  test.each([
    [1, "darwin libSystem"],
    [2, "ios libSystem"],
    [11, "visionos libSystem"],
    [77, "? ?"],
  ])("platform %d", (platform, expected) => {
    const file = openMacho({ buildVersion: { platform, minos: 0x000b_0000 } });
    expect(shortly(readRealTarget(file))).toBe(expected);
  });

  test("is unknown where no command tells", () => {
    expect(readRealTarget(openMacho({})).os).toEqual(
      unknown("no LC_BUILD_VERSION or LC_VERSION_MIN command"),
    );
  });
});

describe("what a system must offer", () => {
  test.each(ENCODINGS)("byte order and Linux kernel, $bits-bit $endian endian", ({ bits, endian }) => {
    const notes = [{ name: "GNU", type: 1, content: words(endian, 0, 3, 2, 0) }];
    expect(readSystemNeeds(open({ bits, endian, notes, osAbi: 3 }))).toMatchObject({
      byteOrder: endian,
      osAbi: 3,
      minimumOs: known("3.2.0", "note of GNU"),
    });
  });

  test("Android's API level", () => {
    expect(readSystemNeeds(open({ notes: [androidNote] })).minimumOs).toEqual(known("24", "note of Android"));
  });

  test("no kernel where no note says one", () => {
    expect(readSystemNeeds(open({})).minimumOs).toEqual(unknown("it has no note that says so"));
  });

  test("no kernel of a note that is too short", () => {
    expect(readSystemNeeds(open({ notes: [abiTag(0, 3)] })).minimumOs.known).toBe(false);
  });

  test("the highest version of the GNU C library over all of its parts", () => {
    const versionNeeds = [
      { file: "libm.so.6", versions: [{ name: "GLIBC_2.29" }] },
      { file: "libc.so.6", versions: [{ name: "GLIBC_2.4" }, { name: "GLIBC_2.17" }] },
      { file: "libfoo.so.1", versions: [{ name: "FOO_9" }] },
    ];
    expect(readSystemNeeds(open({ versionNeeds })).glibc).toEqual(known("2.29", "version needs"));
  });

  test("no version of the GNU C library where none is needed", () => {
    expect(readSystemNeeds(open({ needed: ["libc.so.6"] })).glibc).toEqual(
      unknown("it needs no versioned symbol of the GNU C library"),
    );
  });

  test("platform, minimum OS and SDK of a Mach-O file", () => {
    const file = openMacho({ buildVersion: { platform: 1, minos: 0x000d_0000, sdk: 0x000f_0500 } });
    expect(readSystemNeeds(file)).toMatchObject({
      osAbi: null,
      minimumOs: known("13.0", "LC_BUILD_VERSION"),
      platform: known("macOS", "LC_BUILD_VERSION"),
      sdk: known("15.5", "LC_BUILD_VERSION"),
    });
  });

  test("no SDK where the linker was told none", () => {
    const file = openMacho({ buildVersion: { platform: 1, minos: 0x000d_0000 } });
    expect(readSystemNeeds(file).sdk).toEqual(unknown("LC_BUILD_VERSION names no SDK"));
  });
});

describe("targets of npm packages are those in their names", async () => {
  const named = /^(?:@rollup\/rollup|@swc\/core|lightningcss|@parcel\/watcher)-(\w+)-(\w+)(?:-(\w+))?:/;
  const archs: Readonly<Record<string, string>> = {
    x64: "x86_64",
    arm64: "aarch64",
    loong64: "loongarch64",
    ppc64: "ppc64le",
  };
  const libcs: Readonly<Record<string, string>> = { glibc: "gnu", gnueabihf: "gnu", eabi: "bionic" };
  const only: Readonly<Record<string, string>> = {
    darwin: "libSystem",
    android: "bionic",
    freebsd: "freebsd",
  };

  for (const file of [...(await realElfFiles()), ...(await realMachoFiles())]) {
    const [, os = "", arch = "", libc] = named.exec(file.label) ?? [];
    if (os === "") continue;
    describeFile(file, [], () => {
      test("arch, OS and C library", () => {
        const [object] = openSlices(file.path);
        if (object === undefined) throw new Error(`${file.path} holds no object`);
        const target = readRealTarget(object);
        const expected = [os, libc === undefined ? only[os] : (libcs[libc] ?? libc)].join(" ");
        expect(shortly(target)).toBe(expected);
        if (arch in archs && arch !== "ppc64") expect(object.arch).toBe(archs[arch]);
      });
    });
  }
});

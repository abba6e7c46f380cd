import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeEach, describe, expect, it, test } from "vitest";
import { disk } from "../../../src/files/disk.ts";
import { predictDyld, type DyldSystem } from "../../../src/loader/dyld/predict.ts";
import type { DyldHost } from "../../../src/loader/dyld/host.ts";
import { buildMacho, type DylibSpec, type MachoSpec } from "../../support/macho-builder.ts";
import { temporaryFolder } from "../../support/macho-samples.ts";
import { memorySource } from "../../support/macho-source.ts";
import { hostFor, library, misalign } from "./linkedit-library.ts";
import { failureOf, firstOf, hostOf, unknownOf } from "./open-host.ts";
import { armLibrary, intelLibrary, signedMacho } from "./signed-macho.ts";

const uuid = "00112233-4455-6677-8899-AABBCCDDEEFF";
const weak = 0x80000018;

const temporary = temporaryFolder();
afterAll(temporary.remove);
let folder = "";
let count = 0;
beforeEach(() => {
  folder = join(realpathSync(temporary.path), String(count++));
  mkdirSync(folder);
});

const here = (name: string) => join(folder, name);

function put(name: string, spec: MachoSpec = {}): void {
  mkdirSync(dirname(here(name)), { recursive: true });
  writeFileSync(here(name), signedMacho({ ...armLibrary, installName: `@rpath/${name}`, ...spec }));
}

interface Asked {
  readonly links: readonly (string | DylibSpec)[];
  readonly rpaths?: readonly string[];
  readonly spec?: MachoSpec;
  readonly host?: DyldHost;
  readonly system?: Omit<DyldSystem, "files">;
}

function predict({ links, rpaths = [], spec = {}, host = hostOf({}, here("bin/host")), system = {} }: Asked) {
  const dylibs = links.map((one) => (typeof one === "string" ? { name: one } : one));
  const bytes = signedMacho({ ...armLibrary, rpaths, ...spec, dylibs });
  return predictDyld({ source: memorySource(bytes), path: here("plugin.dylib") }, host, {
    files: disk,
    ...system,
  });
}

function notLoaded(name: string, reason: string, from = "plugin.dylib"): string {
  const start = `dlopen(${here("plugin.dylib")}, 0x000A): Library not loaded: ${name}`;
  return `${start}\n  Referenced from: <${uuid}> ${here(from)}\n  Reason: ${reason}`;
}

describe("a library that only macOS 27 refuses", () => {
  const links = ["@loader_path/liba.dylib"];
  const askedOn = (release?: string) => {
    writeFileSync(here("liba.dylib"), library(misalign, "13.0", "27.0"));
    const host = { ...hostFor("13.0", release), path: here("bin/host") };
    const bytes = buildMacho({ ...intelLibrary, dylibs: [{ name: links[0] ?? "" }] }).bytes;
    return predictDyld({ source: memorySource(bytes), path: here("plugin.dylib") }, host, { files: disk });
  };

  it("is not loaded there", () => {
    expect(firstOf(askedOn("27")).message).toMatch(
      /Reason: tried: '[^']*liba\.dylib' \(mis-aligned LINKEDIT string pool, fileOffset=0x[0-9A-F]{8}\)$/,
    );
  });

  it("is unknown, under its name, if the release is not named", () => {
    expect(unknownOf(askedOn()).why).toMatch(`${here("liba.dylib")}: The string pool in __LINKEDIT starts`);
  });

  it("is loaded by macOS 26", () => {
    expect(askedOn("26").outcome).toBe("loads");
  });
});

describe("a library beside the plugin", () => {
  test.each([
    ["@loader_path", "@loader_path/lib/liba.dylib", [], "lib/liba.dylib"],
    ["@executable_path", "@executable_path/liba.dylib", [], "bin/liba.dylib"],
    ["@executable_path and ..", "@executable_path/../liba.dylib", [], "liba.dylib"],
    ["an LC_RPATH", "@rpath/liba.dylib", ["@loader_path/lib"], "lib/liba.dylib"],
    ["an LC_RPATH with a slash at its end", "@rpath/liba.dylib", ["@loader_path/lib/"], "lib/liba.dylib"],
    [
      "the second LC_RPATH",
      "@rpath/liba.dylib",
      ["@loader_path/x", "@executable_path/y"],
      "bin/y/liba.dylib",
    ],
  ])("is found by %s", (_, name, rpaths, place) => {
    put(place);
    expect(predict({ links: [name], rpaths }).outcome).toBe("loads");
  });

  it("is found by the host's LC_RPATH", () => {
    put("bin/lib/liba.dylib");
    const host = hostOf({ rpaths: ["@loader_path/lib"] }, here("bin/host"));
    expect(predict({ links: ["@rpath/liba.dylib"], host }).outcome).toBe("loads");
  });

  it("is not found where it is not, and dyld names every place", () => {
    const host = hostOf({ rpaths: ["@loader_path/../lib"] }, here("bin/host"));
    const [own, hosts] = [here("deps/liba.dylib"), `${folder}/bin/../lib/liba.dylib`];
    expect(
      firstOf(predict({ links: ["@rpath/liba.dylib"], rpaths: ["@loader_path/deps"], host })),
    ).toMatchObject({
      check: "missing-dylib",
      subject: "@rpath/liba.dylib",
      message: notLoaded(
        "@rpath/liba.dylib",
        `tried: '${own}' (no such file), '${hosts}' (no such file), '${hosts}' (no such file)`,
      ),
    });
  });

  it("is not found where no image has an LC_RPATH", () => {
    expect(firstOf(predict({ links: ["@rpath/liba.dylib"] })).message).toBe(
      notLoaded("@rpath/liba.dylib", "no LC_RPATH's found"),
    );
  });

  it("is not found where a folder has its name", () => {
    mkdirSync(here("liba.dylib"));
    expect(firstOf(predict({ links: ["@loader_path/liba.dylib"] })).message).toBe(
      notLoaded("@loader_path/liba.dylib", `tried: '${here("liba.dylib")}' (not a file)`),
    );
  });

  it("is not found by images for old systems in words that only a Mac knows: there are more places", () => {
    const spec = { buildVersion: { platform: 1, minos: 0x000b0000, sdk: 0x000c0000 } };
    expect(firstOf(predict({ links: ["@loader_path/liba.dylib"], spec }))).toMatchObject({
      check: "missing-dylib",
      message: null,
    });
  });

  it("may be missing where it is weak", () => {
    expect(predict({ links: [{ name: "@loader_path/liba.dylib", cmd: weak }] }).outcome).toBe("loads");
  });
});

describe("a library that does not fit", () => {
  it("is passed over for the next place", () => {
    writeFileSync(here("liba.dylib"), "text");
    put("lib/liba.dylib");
    const rpaths = ["@loader_path", "@loader_path/lib"];
    expect(predict({ links: ["@rpath/liba.dylib"], rpaths }).outcome).toBe("loads");
  });

  it("has its own reason in dyld's answer", () => {
    writeFileSync(here("liba.dylib"), buildMacho(intelLibrary).bytes);
    const need = "'arm64e' or 'arm64e.v1' or 'arm64' or 'arm64'";
    const reason = `mach-o file, but is an incompatible architecture (have 'x86_64', need ${need})`;
    expect(firstOf(predict({ links: ["@loader_path/liba.dylib"] })).message).toBe(
      notLoaded("@loader_path/liba.dylib", `tried: '${here("liba.dylib")}' (${reason})`),
    );
  });

  it("leaves the answer open where what it exports cannot be read", () => {
    put("liba.dylib", { raw: { trie: Buffer.from([0, 1, 0x5f, 0, 0x7f, 0, 0, 0]) } });
    expect(unknownOf(predict({ links: ["@loader_path/liba.dylib"] })).why).toContain("export trie");
  });

  it("has the host killed where it was changed after it was signed", () => {
    put("liba.dylib");
    const bytes = signedMacho(armLibrary);
    bytes.writeUInt8(bytes.readUInt8(0x3456) ^ 1, 0x3456);
    writeFileSync(here("liba.dylib"), bytes);
    expect(firstOf(predict({ links: ["@loader_path/liba.dylib"] }))).toMatchObject({
      outcome: "crash",
      check: "signature",
      message: null,
      subject: "@loader_path/liba.dylib",
    });
  });
});

describe("a library of a library", () => {
  it("is looked for by the LC_RPATH of both", () => {
    put("lib/liba.dylib", { dylibs: [{ name: "@rpath/libb.dylib" }] });
    put("other/libb.dylib");
    const links = ["@loader_path/lib/liba.dylib"];
    expect(predict({ links, rpaths: ["@loader_path/other"] }).outcome).toBe("loads");
  });

  it("is named with what links it", () => {
    put("lib/liba.dylib", { dylibs: [{ name: "@loader_path/libb.dylib" }] });
    expect(firstOf(predict({ links: ["@loader_path/lib/liba.dylib"] })).message).toBe(
      notLoaded(
        "@loader_path/libb.dylib",
        `tried: '${here("lib/libb.dylib")}' (no such file)`,
        "lib/liba.dylib",
      ),
    );
  });

  it("comes after all that the plugin links itself", () => {
    put("liba.dylib", { dylibs: [{ name: "@loader_path/libx.dylib" }] });
    const { first, further } = failureOf(
      predict({ links: ["@loader_path/liba.dylib", "@loader_path/liby.dylib"] }),
    );
    expect([first.subject, ...further.map(({ subject }) => subject)]).toEqual([
      "@loader_path/liby.dylib",
      "@loader_path/libx.dylib",
    ]);
  });

  it("may link back", () => {
    put("liba.dylib", { dylibs: [{ name: "@loader_path/libb.dylib" }] });
    put("libb.dylib", { dylibs: [{ name: "@loader_path/liba.dylib" }, { name: "@rpath/libplugin.dylib" }] });
    expect(predict({ links: ["@loader_path/liba.dylib"] }).outcome).toBe("loads");
  });

  it("is named by its real path where it was found by a link", () => {
    put("real/liba.dylib", { dylibs: [{ name: "@loader_path/libb.dylib" }] });
    symlinkSync(here("real/liba.dylib"), here("liba.dylib"));
    expect(firstOf(predict({ links: ["@loader_path/liba.dylib"] })).message).toBe(
      notLoaded(
        "@loader_path/libb.dylib",
        `tried: '${here("real/libb.dylib")}' (no such file)`,
        "real/liba.dylib",
      ),
    );
  });

  it("is opened once, however it is named", () => {
    put("liba.dylib", { dylibs: [{ name: "@loader_path/./liba.dylib" }] });
    symlinkSync(here("liba.dylib"), here("libb.dylib"));
    expect(predict({ links: ["@loader_path/liba.dylib", "@loader_path/libb.dylib"] }).outcome).toBe("loads");
  });
});

describe("a library that is not at hand", () => {
  it("is there if every macOS has it", () => {
    const links = [
      "/usr/lib/libz.1.dylib",
      "/System/Library/Frameworks/Security.framework/Versions/A/Security",
    ];
    expect(predict({ links })).toEqual({ outcome: "loads", needs: [] });
  });

  test.each([
    "/usr/lib/swift/libswiftSynchronization.dylib",
    "/System/Library/Frameworks/BrowserEngineKit.framework/Versions/A/BrowserEngineKit",
    "/System/Library/PrivateFrameworks/SkyLight.framework/Versions/A/SkyLight",
  ])("is an open question if only some macOS have it: %s", (name) => {
    expect(predict({ links: [name] })).toEqual({
      outcome: "unknown",
      why: `It loads only if the target has ${name}, which is not known.`,
      needs: [name],
    });
    expect(predict({ links: [name], host: hostOf({ dylibs: [{ name }] }) }).outcome).toBe("loads");
  });

  it("is taken to be there where the host has loaded it before", () => {
    const name = "/opt/homebrew/lib/liba.dylib";
    expect(predict({ links: [name], host: hostOf({ dylibs: [{ name }] }) }).outcome).toBe("loads");
  });

  test.each([
    ["at an absolute path", "/opt/homebrew/lib/liba.dylib", []],
    ["by an absolute LC_RPATH", "@rpath/liba.dylib", ["/opt/homebrew/lib"]],
    ["beside a host whose path is not known", "@executable_path/liba.dylib", []],
    ["in the working directory", "liba.dylib", []],
  ])("leaves the answer open %s", (_, name, rpaths) => {
    const { why } = unknownOf(predict({ links: [name], rpaths, host: hostOf() }));
    expect(why).toContain(`${name} was not found among the available files`);
  });

  it("leaves open what is missing further on, which an unknown library may bring along", () => {
    put("liba.dylib", { dylibs: [{ name: "@loader_path/gone.dylib" }] });
    const [unknown, known] = ["/opt/homebrew/lib/libx.dylib", "@loader_path/liba.dylib"];
    expect(firstOf(predict({ links: [known] }))).toMatchObject({ subject: "@loader_path/gone.dylib" });
    expect(unknownOf(predict({ links: [unknown, known] })).why).toContain(`${unknown} was not found`);
  });

  it("does not leave open what the plugin itself lacks", () => {
    const links = ["/opt/homebrew/lib/libx.dylib", "@loader_path/gone.dylib"];
    expect(failureOf(predict({ links }))).toMatchObject({
      first: { check: "missing-dylib", subject: "@loader_path/gone.dylib", message: null },
      unknown: expect.stringContaining("libx.dylib was not found") as string,
    });
  });

  it("is looked for in the target's root", () => {
    put("root/opt/lib/liba.dylib");
    const system = { root: here("root") };
    expect(predict({ links: ["/opt/lib/liba.dylib"], system }).outcome).toBe("loads");
    expect(firstOf(predict({ links: ["/opt/lib/libb.dylib"], system }))).toMatchObject({
      check: "missing-dylib",
      message: null,
      subject: "/opt/lib/libb.dylib",
    });
  });
});

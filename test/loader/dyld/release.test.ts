import { describe, expect, it, test } from "vitest";
import { readLoadingHost } from "../../../src/loader/loading-host.ts";
import { openMacho } from "../../../src/object/macho/file.ts";
import { isMacosAtLeast, parseMacosRelease } from "../../../src/loader/dyld/release.ts";
import { buildMacho } from "../../support/macho-builder.ts";
import { memorySource } from "../../support/macho-source.ts";
import { memoryFiles } from "../../support/memory-files.ts";
import { armHost, firstOf, hostOf, intelHost, predict, unknownOf } from "./open-host.ts";
import { armLibrary, intelLibrary, signedMacho } from "./signed-macho.ts";

const on = (release: string, host = armHost) => ({ ...host, release: parseMacosRelease(release) });

describe("a release of macOS", () => {
  test.each(["15", "26.4", "10.15.7", "27.0"])("is %s", (text) => {
    expect(parseMacosRelease(text)?.parts.join(".")).toBe(text);
  });

  test.each(["", "0", "026", "26.", ".26", "26.1.2.3", "v26", "26 ", "Tahoe", "99999"])(
    "is not %j",
    (text) => {
      expect(parseMacosRelease(text)).toBeUndefined();
    },
  );

  test.each([
    ["26", 0x001a_0000, true],
    ["26", 0x0019_0500, true],
    ["26", 0x001a_0400, undefined],
    ["26.4", 0x001a_0400, true],
    ["26.3", 0x001a_0400, false],
    ["26.4", 0x001a_0401, undefined],
    ["15", 0x001a_0000, false],
    ["10.15", 0x000b_0000, false],
  ])("%s compared with 0x%x: %s", (text, packed, expected) => {
    const release = parseMacosRelease(text);
    expect(release && isMacosAtLeast(release, packed)).toBe(expected);
  });
});

it("that is asked for is the host's", () => {
  const program = openMacho(memorySource(buildMacho({ fileType: 2 }).bytes));
  const releaseOf = (macos?: string) => {
    const { system } = readLoadingHost(memoryFiles({}), program, "/opt/otelcol/otelcol", { macos });
    return system.kind === "dyld" ? system.host.release : system.kind;
  };
  expect(releaseOf("26.4")).toEqual({ parts: [26, 4] });
  expect(releaseOf()).toBeUndefined();
});

describe("a library that asks for macOS 13", () => {
  const bytes = signedMacho(armLibrary);
  const oldHost = hostOf({ buildVersion: { platform: 1, minos: 0x000b_0000, sdk: 0x000e_0000 } });

  it("loads on macOS 13 and later", () => {
    for (const release of ["13", "13.0", "15.4", "26"])
      expect(predict(bytes, on(release, oldHost))).toEqual({ outcome: "loads", needs: [] });
  });

  it("is newer than macOS 12, and may use what that lacks", () => {
    const { why } = unknownOf(predict(bytes, on("12", oldHost)));
    expect(why).toBe(
      "The file is built for macOS 13.0, which is newer than macOS 12: it may use what that release lacks. Build it for macOS 12.",
    );
  });

  it("is open if the release is not named exactly enough", () => {
    const spec = { ...armLibrary, buildVersion: { platform: 1, minos: 0x000d_0300, sdk: 0x000e_0000 } };
    const { why } = unknownOf(predict(signedMacho(spec), on("13", oldHost)));
    expect(why).toBe(
      "It loads only if the target has macOS >= 13.3, which is not known. Pass --target-macos to find out.",
    );
  });

  it("is unknown if the host itself is for a newer release", () => {
    const { why } = unknownOf(predict(bytes, on("12")));
    expect(why).toMatch(
      /^The host is built for macOS 13\.0, which is newer than macOS 12: whether it starts there is unknown\./,
    );
  });

  it("loads on a macOS whose dyld is not published, which is said", () => {
    expect(predict(bytes, on("27"))).toEqual({
      outcome: "loads",
      needs: ["that macOS 27 loads what macOS 26 does (its dyld is not published)"],
    });
  });
});

describe("what only newer releases check in load commands and segments", () => {
  const spec = { ...intelLibrary, uuid: Buffer.alloc(16), dylibs: [], symbols: [] };
  const sdk26 = { ...spec, buildVersion: { platform: 1, minos: 0x000d_0000, sdk: 0x001a_0000 } };
  const bytes = buildMacho(sdk26).bytes;

  it("is refused by macOS 15.4 and later", () => {
    for (const host of [intelHost, on("15.4", intelHost), on("26", intelHost)])
      expect(firstOf(predict(bytes, host)).check).toBe("load-command");
  });

  it("is unknown on a release before that, or one that may be", () => {
    for (const release of ["13", "15", "15.3"]) {
      expect(unknownOf(predict(bytes, on(release, intelHost))).why).toMatch(
        /^The file links no library.* macOS 15\.4 and later refuse that; what macOS [0-9.]+ does is unknown\.$/,
      );
    }
  });
});

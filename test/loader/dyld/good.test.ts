import { describe, expect, it, test } from "vitest";
import { disk } from "../../../src/files/disk.ts";
import { Image } from "../../../src/object/image.ts";
import { openObject } from "../../../src/object/open.ts";
import { predictDyld, rtld } from "../../../src/loader/dyld/predict.ts";
import { readDyldHost } from "../../../src/loader/dyld/host.ts";
import { builtFixtures } from "../../support/built-fixtures.ts";
import { buildMacho, buildUniversal } from "../../support/macho-builder.ts";
import { describeWith } from "../../support/need.ts";
import { describeFile } from "../../support/oracle/tool.ts";
import { realMachoFiles } from "../../support/real-files.ts";
import { armHost, failureOf, hostOf, intelHost, path, predict } from "./open-host.ts";
import { armLibrary, intelLibrary, signedMacho, unnamed } from "./signed-macho.ts";

/*
 * No Mac takes part in these tests: what is expected here follows from dyld's source, and from files that are known to
 * load since they are shipped to Macs.
 */
describe("a library that fits", () => {
  const needs: readonly string[] = [];

  it("loads on arm64 once it is signed", () => {
    expect(predict(signedMacho(armLibrary), armHost)).toEqual({ outcome: "loads", needs });
  });

  it("loads on Intel without a signature", () => {
    expect(predict(buildMacho(intelLibrary).bytes, intelHost)).toEqual({ outcome: "loads", needs });
  });

  it("loads as a bundle", () => {
    expect(predict(signedMacho({ ...unnamed(armLibrary), fileType: 8 }), armHost).outcome).toBe("loads");
  });

  test.each([
    ["arm64", armHost],
    ["x86_64", intelHost],
  ])("loads for %s from a universal file", (_, host) => {
    const bytes = buildUniversal([
      { cputype: 0x01000007, cpusubtype: 3, bytes: buildMacho(intelLibrary).bytes },
      { cputype: 0x0100000c, bytes: signedMacho(armLibrary), align: 14 },
    ]);
    expect(predict(bytes, host)).toEqual({ outcome: "loads", needs });
  });

  it("is unknown on a Mac that may be older than the library asks for", () => {
    const host = hostOf({ buildVersion: { platform: 1, minos: 0x000c_0600, sdk: 0x000e_0000 } });
    expect(predict(signedMacho(armLibrary), host)).toEqual({
      outcome: "unknown",
      why: "It loads only if the target has macOS >= 13.0, which is not known. Pass --target-macos to find out.",
      needs: ["macOS >= 13.0"],
    });
  });
});

describe("the call", () => {
  it("has the mode of Go's package plugin if it is not said otherwise", () => {
    const { first } = failureOf(predict(Buffer.from("text"), armHost));
    expect(first.message).toMatch(`dlopen(${path}, 0x000A): `);
  });

  it("has the mode of the host", () => {
    const { first } = failureOf(predict(Buffer.from("text"), armHost, { mode: rtld.lazy | rtld.local }));
    expect(first.message).toMatch(`dlopen(${path}, 0x0005): `);
  });
});

describe("libraries that are shipped to Macs", async () => {
  for (const file of await realMachoFiles()) {
    describeFile(file, [], () => {
      it("are not refused by a host of their own architecture for anything in the file", () => {
        const image = Image.open(disk, file.path);
        for (const { object } of openObject(image).slices) {
          const host = object.machine === 0x0100000c ? armHost : intelHost;
          const prediction = predictDyld({ source: image, path: file.path }, host, { files: disk });
          // What these link beside them lies in other packages, which a test has not got.
          const failures = "first" in prediction ? [prediction.first, ...prediction.further] : [];
          const isProgram = object.kind === "executable";
          expect(
            failures.filter(({ check }) => check !== "missing-dylib" && check !== "missing-symbol"),
          ).toEqual([]);
          expect(isProgram && prediction.outcome === "loads").toBe(false);
        }
        image.close();
      });
    });
  }
});

const fixtures = builtFixtures().where({ format: "macho", role: "plugin" });
const lack = fixtures.length === 0 ? builtFixtures().lack(/^macho\//) : undefined;

describeWith(lack, "the fixtures", () => {
  const hosts = { aarch64: armHost, x86_64: intelHost };

  test.each(fixtures.map(({ id, file, arch }) => ({ id, file, arch })))(
    "$id: nothing in it is refused",
    (fixture) => {
      const image = Image.open(disk, fixture.file);
      const host = fixture.arch === "x86_64" ? hosts.x86_64 : hosts.aarch64;
      expect(predictDyld({ source: image, path: fixture.file }, host, { files: disk }).outcome).toMatch(
        /^(loads|unknown)$/,
      );
      image.close();
    },
  );

  it("know their hosts", () => {
    const [fixture] = builtFixtures().where({ format: "macho", kind: "executable", arch: "aarch64" });
    const image = Image.open(disk, fixture?.file ?? "");
    const object = openObject(image).slices[0]?.object;
    if (object?.format !== "macho") throw new Error("no Mach-O file");
    const host = readDyldHost(object, "/opt/otelcol/otelcol");
    expect(host).toMatchObject({
      path: "/opt/otelcol/otelcol",
      platform: 1,
      signature: { kind: "signed", teamId: undefined, hardenedRuntime: false, libraryValidation: false },
    });
    image.close();
  });
});

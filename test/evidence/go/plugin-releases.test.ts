import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { disk } from "../../../src/files/disk.ts";
import { unknown } from "../../../src/evidence/fact.ts";
import { readGoBuildInfo } from "../../../src/evidence/go/build-info.ts";
import { readGoEvidence } from "../../../src/evidence/go/evidence.ts";
import { readModuledataSize, sharesModuleList } from "../../../src/evidence/go/moduledata.ts";
import { readPackageHashes } from "../../../src/evidence/go/package-hash.ts";
import { readPluginExports } from "../../../src/evidence/go/plugin-exports.ts";
import { readPluginTable, type GoPluginTable } from "../../../src/evidence/go/plugin-table.ts";
import { readGoRelease } from "../../../src/evidence/go/release.ts";
import { ElfFile } from "../../../src/object/elf/file.ts";
import { Image } from "../../../src/object/image.ts";
import { openObject } from "../../../src/object/open.ts";
import { openFile } from "../../support/evidence-open.ts";
import { builds, describeReleases } from "../../support/go-builds.ts";
import { buildGo, modulePath } from "../../support/go-program.ts";
import { fewToolchains, minorOf } from "../../support/go-releases.ts";
import { outputOf, tool } from "../../support/oracle/tool.ts";

const nm = tool("nm");
const readelf = tool("readelf");

function elfFile(path: string): ElfFile {
  const file = openFile(path);
  if (!(file instanceof ElfFile)) throw new Error(`${path} is no ELF file`);
  return file;
}

function tableOf(path: string): GoPluginTable {
  const table = readPluginTable(openFile(path));
  if (!table.known) throw new Error(table.why);
  return table.value;
}

/** Hashes as nm and the bytes of the file have them. */
function hashesByNm(path: string): Record<string, string> {
  const bytes = readFileSync(path);
  const sections = [
    ...outputOf(readelf, ["-SW", path]).matchAll(/PROGBITS +([0-9a-f]+) ([0-9a-f]+) ([0-9a-f]+)/g),
  ].map(([, address = "", offset = "", size = ""]) =>
    [address, offset, size].map((hex) => Number.parseInt(hex, 16)),
  );
  const symbols = outputOf(nm, ["-D", "-S", path]).matchAll(
    /^([0-9a-f]+) ([0-9a-f]+) . go[:.]link\.pkghashbytes\.(.*)$/gm,
  );
  return Object.fromEntries(
    [...symbols].map(([, value = "", length = "", name = ""]) => {
      const address = Number.parseInt(value, 16);
      const [start = 0, offset = 0] =
        sections.find(([from = 0, , size = 0]) => address >= from && address < from + size) ?? [];
      const at = offset + address - start;
      const hash = bytes.subarray(at, at + Number.parseInt(length, 16));
      return [name, hash.length === 40 ? hash.toString("latin1") : hash.toString("hex")];
    }),
  );
}

/** Packages in the order of the relocations that bind the table to the hashes in the process. */
function packagesByRelocation(file: ElfFile): readonly string[] {
  return [...file.relocations()]
    .flatMap(({ address, symbolName = "" }) => {
      const name = /^go[:.]link\.pkghash\.(.*)$/.exec(symbolName)?.[1];
      return name === undefined ? [] : [{ address, name }];
    })
    .sort((one, two) => (one.address < two.address ? -1 : 1))
    .map(({ name }) => name);
}

describeReleases("a plugin by", (toolchain) => {
  const plugin = () => buildGo(toolchain, builds.plugin);

  test("exports the package hashes that nm and the bytes of the file say", async () => {
    const path = await plugin();
    const hashes = readPackageHashes(openFile(path));
    expect(hashes.known && Object.fromEntries(hashes.value)).toEqual(hashesByNm(path));
  });

  test("checks its packages in the order of their relocations", async () => {
    const path = await plugin();
    const packages = tableOf(path).checks.map((check) => check.package);
    expect(packages).toEqual(packagesByRelocation(elfFile(path)));
    expect(packages).toContain(modulePath);
  });

  test("checks the hashes that it exports", async () => {
    const path = await plugin();
    const checked = Object.fromEntries(tableOf(path).checks.map((check) => [check.package, check.hash]));
    expect(checked).toEqual(hashesByNm(path));
  });

  test("tells its path, whose last dot is escaped in symbols", async () => {
    expect(tableOf(await plugin())).toMatchObject({
      path: modulePath,
      symbolPath: "example.com/otel/sample%2ev2",
    });
  });

  test("tells the names that it exports", async () => {
    const path = await plugin();
    expect(readPluginExports(openFile(path), tableOf(path))).toMatchObject({
      value: ["Answer", "Hello", "Text"],
    });
  });

  test("hooks itself into the list of the host", async () => {
    expect(sharesModuleList(openFile(await plugin()))).toMatchObject({ value: true });
  });

  test("tells all the same after strip", async () => {
    const path = await buildGo(toolchain, { ...builds.plugin, strip: ["strip"] });
    const whole = tableOf(await plugin());
    expect(tableOf(path)).toEqual(whole);
  });

  test("has the moduledata size that readelf says", async () => {
    const path = await plugin();
    const symbols = outputOf(readelf, ["--dyn-syms", "-W", path]);
    const size = / (\d+) OBJECT .* runtime\.firstmoduledata$/m.exec(symbols)?.[1];
    expect(readModuledataSize(openFile(path))).toMatchObject({ value: Number(size) });
  });

  test("tells its release line without build info", async () => {
    const object = openFile(await plugin());
    const release = readGoRelease(object, unknown("left out"), () => readPluginTable(object));
    if (!release.known) throw new Error(release.why);
    if ("exact" in release.value) throw new Error("it has runtime.buildVersion");
    const { from, to } = release.value;
    const minor = minorOf(toolchain.version);
    expect([minorOf(from) <= minor, minorOf(to) >= minor]).toEqual([true, true]);
  });

  test("tells its build info with under 16 KiB read", async () => {
    const image = Image.open(disk, await plugin());
    const [slice] = openObject(image).slices;
    const info = slice && readGoBuildInfo(slice.object);
    image.close();
    // Before Go 1.21 plugins had none, and their data is searched for it.
    expect(info?.known).toBe(minorOf(toolchain.version) >= 21);
    if (info?.known === true) expect(image.bytesRead).toBeLessThan(16 * 1024);
  });
});

describeReleases("a c-shared library by", (toolchain) => {
  test("is no plugin", async () => {
    const evidence = readGoEvidence(openFile(await buildGo(toolchain, builds.library)));
    expect(evidence.pluginTable()).toEqual({ known: false, why: "the file exports no package hashes" });
  });

  test("does not hook itself into the list of a host", async () => {
    const object = openFile(await buildGo(toolchain, builds.library));
    expect(sharesModuleList(object)).toMatchObject({ value: false });
  });
});

describeReleases("a host by", (toolchain) => {
  test("exports the package hashes that nm and the bytes of the file say", async () => {
    const path = await buildGo(toolchain, builds.host);
    const hashes = readPackageHashes(openFile(path));
    expect(hashes.known && Object.fromEntries(hashes.value)).toEqual(hashesByNm(path));
  });

  test("is no plugin", async () => {
    expect(readPluginTable(openFile(await buildGo(toolchain, builds.host)))).toEqual({
      known: false,
      why: "its moduledata has no table of package hashes: it is not a plugin",
    });
  });
});

describeReleases(
  "a plugin linked with -Bsymbolic by",
  (toolchain) => {
    test("does not hook itself into the list of the host", async () => {
      const flags = [...builds.plugin.flags, "-ldflags=-extldflags=-Wl,-Bsymbolic"];
      const object = openFile(await buildGo(toolchain, { flags }));
      expect(sharesModuleList(object)).toMatchObject({ value: false });
    });
  },
  { only: fewToolchains() },
);

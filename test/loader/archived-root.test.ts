import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openArchive, type Archive } from "../../src/files/archive/archive.ts";
import { disk } from "../../src/files/disk.ts";
import { searchPath } from "../../src/loader/dyld/search-path.ts";
import { RootFolder } from "../../src/loader/elf/root-folder.ts";
import { tarOf } from "../support/tar-builder.ts";

let folder: string;
let archive: Archive;
const at = (...names: readonly string[]): string => join(folder, ...names);

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "archived-root-")));
  mkdirSync(at("lib"));
  writeFileSync(at("lib/libdep.so"), "of the disk");
  writeFileSync(
    at("app.tar"),
    tarOf(
      { name: "plugins/a.so", body: "a" },
      { name: "lib/libown.so", body: "own" },
      { name: "plugins/away", type: "2", target: at("lib") },
    ),
  );
  archive = await openArchive(disk, at("app.tar"), { wanted: [] });
});

afterAll(() => {
  archive.close();
  rmSync(folder, { recursive: true });
});

test.each(["/", "its own root"])(
  "$ORIGIN of a file in an archive leads to no file of the disk: %s",
  (root) => {
    const system = new RootFolder(archive.files, root === "/" ? root : `${at("app.tar")}:/`);
    const { path, here } = system.folderOf(`${at("app.tar")}:/plugins/a.so`);
    for (const up of ["/../..", "/../../..", "/away"]) {
      for (const name of [at("lib"), "lib", ""]) {
        expect(system.locateIn({ path: `${path}${up}/${name}`, here }, "libdep.so")).toBeUndefined();
      }
    }
    expect(system.locateIn({ path: `${path}/../../lib`, here }, "libown.so")).toBe(
      `${at("app.tar")}:/lib/libown.so`,
    );
  },
);

test.each([
  ["a host in an archive leads to no file of the disk", "app.tar:/otelcol", "app.tar:/lib/libdep.so"],
  ["a host in a folder whose name ends with a colon is one of the disk", "x:/otelcol", "lib/libdep.so"],
])("@executable_path of %s", (_what, name, found) => {
  const host = { path: at(name), local: at(name) };
  const { places } = searchPath("@executable_path/../lib/libdep.so", [], host, undefined, archive.files);
  expect(places.map(({ local }) => local)).toEqual([at(found)]);
});

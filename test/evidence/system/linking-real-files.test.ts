import { describe, expect, test } from "vitest";
import { readLinking } from "../../../src/evidence/system/linking.ts";
import { compareVersions, type VersionFloor } from "../../../src/evidence/system/version-floor.ts";
import { openFile } from "../../support/evidence-open.ts";
import { describeFile, llvmTool, outputOf, tool } from "../../support/oracle/tool.ts";
import { realElfFiles } from "../../support/real-files.ts";

const readelf = tool("readelf");
/** binutils fail on notes without content. */
const llvm = llvmTool("llvm-readelf");

/** The highest numbered version of each library and prefix, as `readelf -V` lists the needs. */
function floorsBy(text: string): readonly string[] {
  const highest = new Map<string, string>();
  let library = "";
  for (const line of text.split("\n")) {
    library = / File: (\S+)/.exec(line)?.[1] ?? library;
    const [, prefix = "", version] = /Name: (\S+)_(\d[\d.]*) {2}Flags: none/.exec(line) ?? [];
    if (version === undefined) continue;
    const key = `${library} ${prefix}`;
    if (compareVersions(version, highest.get(key) ?? "0") > 0) highest.set(key, version);
  }
  return [...highest].map(([key, version]) => `${key} ${version}`).sort();
}

function numbered(floors: readonly VersionFloor[]): readonly string[] {
  return floors
    .flatMap(({ library, prefix, version }) =>
      version === undefined ? [] : [`${library} ${prefix} ${version}`],
    )
    .sort();
}

describe("linking of others' ELF files, as others read it", async () => {
  for (const file of await realElfFiles()) {
    describeFile(file, [readelf, llvm], () => {
      const linking = readLinking(openFile(file.path));
      const dynamic = outputOf(readelf, ["-dW", file.path]);

      test("libraries", () => {
        const needed = [...dynamic.matchAll(/\(NEEDED\).*\[(.*)\]/g)].map(([, name]) => name);
        expect(linking.libraries).toMatchObject({ value: needed });
      });

      test("name", () => {
        const soname = /\(SONAME\).*\[(.*)\]/.exec(dynamic)?.[1];
        expect(linking.name.known ? linking.name.value : undefined).toBe(soname);
      });

      test("search paths", () => {
        const path = /\((?:RUNPATH|RPATH)\).*\[(.*)\]/.exec(dynamic)?.[1];
        expect(linking.searchPaths).toMatchObject({ value: path?.split(":") ?? [] });
      });

      test("build id", () => {
        const id = /Build ID: ([0-9a-f]+)/.exec(outputOf(llvm, ["--notes", file.path]))?.[1];
        expect(linking.buildId.known ? linking.buildId.value : undefined).toBe(id);
      });

      test("highest versions", () => {
        const expected = floorsBy(outputOf(readelf, ["-VW", file.path]));
        expect(linking.versions.known ? numbered(linking.versions.value) : undefined).toEqual(expected);
      });

      test("whether it is stripped", () => {
        const whole = outputOf(readelf, ["-SW", file.path]).includes(" .symtab ");
        expect(linking.stripped).toMatchObject({ value: !whole });
      });
    });
  }
});

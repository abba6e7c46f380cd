import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { disk } from "../../../src/files/disk.ts";
import { Image } from "../../../src/object/image.ts";
import { MachoFile } from "../../../src/object/macho/file.ts";
import { openObject } from "../../../src/object/open.ts";
import { differences, setDifferences } from "../../support/oracle/difference.ts";
import {
  chainedFixupsOf,
  exportsOf,
  fixupTablesOf,
  loadCommandsOf,
  slicesOf,
} from "../../support/oracle/llvm-objdump-macho.ts";
import { nlistOf } from "../../support/oracle/llvm-readobj-macho.ts";
import type { ExportFact, FixupFact, LoadCommandFact, NlistFact } from "../../support/oracle/macho-facts.ts";
import * as lines from "../../support/oracle/macho-lines.ts";
import { expectedPointers, plainWords, type ExpectedPointer } from "../../support/oracle/macho-pointers.ts";
import { sampleOf } from "../../support/oracle/sample.ts";
import { describeFile, llvmTool } from "../../support/oracle/tool.ts";
import { realMachoFiles } from "../../support/real-files.ts";

const objdump = llvmTool("llvm-objdump");
const readobj = llvmTool("llvm-readobj");
const tools = [objdump, readobj];

const folder = mkdtempSync(join(tmpdir(), "real-macho-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("Mach-O files of others, read as LLVM's tools read them", async () => {
  for (const file of await realMachoFiles()) {
    describeFile(file, tools, () => {
      const bytes = readFileSync(file.path);
      const slices = slicesOf(objdump, file.path);

      test("slices of a universal file", () => {
        const image = Image.open(disk, file.path);
        const opened = openObject(image);
        image.close();
        const found = opened.slices.map(({ offset, object }) => ({ offset, size: object.size }));
        const whole = [{ offset: 0, size: bytes.length }];
        expect(found).toEqual(
          slices.length === 0 ? whole : slices.map(({ offset, size }) => ({ offset, size })),
        );
      });

      if (slices.length === 0) compareImage(file.path, file.path, 0);
      for (const [index, { arch, offset, size }] of slices.entries()) {
        const thin = join(folder, `${file.label.replace(/\W+/g, "-")}-${arch}`);
        writeFileSync(thin, bytes.subarray(offset, offset + size));
        describe(`slice ${arch}`, () => {
          compareImage(file.path, thin, index);
        });
      }
    });
  }
});

/**
 * @param path the file our reader opens.
 * @param thin the same slice as a file of its own, for the tools.
 */
function compareImage(path: string, thin: string, index: number): void {
  let image: Image;
  let ours: MachoFile;
  let commands: readonly LoadCommandFact[];
  let exported: readonly ExportFact[];
  let nlist: readonly NlistFact[];
  let fixups: readonly FixupFact[];
  let bytes: Buffer;

  beforeAll(() => {
    image = Image.open(disk, path);
    const object = openObject(image).slices[index]?.object;
    if (!(object instanceof MachoFile)) throw new Error(`${path} has no Mach-O slice ${index}`);
    ours = object;
    bytes = readFileSync(thin);
    commands = loadCommandsOf(objdump, thin);
    exported = exportsOf(objdump, thin);
    nlist = nlistOf(readobj, thin);
    const isChained = commands.some(({ command }) => command === "LC_DYLD_CHAINED_FIXUPS");
    fixups = isChained ? chainedFixupsOf(objdump, thin) : fixupTablesOf(objdump, thin);
  });

  afterAll(() => {
    image.close();
  });

  test("load commands", () => {
    expect(ours.loadCommands.map(({ name }) => name)).toEqual(commands.map(({ command }) => command));
  });

  test("segments", () => {
    const theirs = lines.segmentsIn(commands).map(lines.segmentLine);
    expect(differences(ours.segments.map(lines.ourSegmentLine), theirs)).toEqual([]);
  });

  test("sections", () => {
    const theirs = lines.sectionsIn(commands).map(lines.sectionLine);
    expect(differences(ours.sections.map(lines.ourSectionLine), theirs)).toEqual([]);
  });

  test("exports", () => {
    expect(setDifferences(ours.exports.map(lines.ourExportLine), exported.map(lines.exportLine))).toEqual([]);
  });

  test("the symbol table", () => {
    const sections = lines.sectionsIn(commands);
    const theirs = nlist
      .filter((entry) => !lines.isStab(entry))
      .map((entry) => lines.nlistLine(entry, sections));
    expect(differences(ours.staticSymbols.map(lines.ourSymbolLine), theirs)).toEqual([]);
  });

  test("dynamic symbols are exports, then imports", () => {
    const fromTable = nlist.filter(lines.isExport).map(({ name }) => name);
    const exports = exported.length === 0 ? fromTable : exported.map(({ name }) => name);
    const imports = nlist.filter(lines.isImport).map(({ name }) => name);
    const found = ours.dynamicSymbols.map(({ name }) => name);
    expect(setDifferences(found.slice(0, exports.length), exports)).toEqual([]);
    expect(differences(found.slice(exports.length), imports)).toEqual([]);
  });

  test("exported symbols are found by name, and a made-up one is not", () => {
    const fromTable = nlist.filter(lines.isExport).map(({ name, value }) => ({ name, address: value }));
    const wanted = sampleOf<{ name: string; address: bigint | undefined }>(
      exported.length === 0 ? fromTable : exported,
      500,
    );
    const found = wanted.map(({ name }) => `${name} ${String(ours.findDynamicSymbol(name)?.address)}`);
    expect(
      differences(
        found,
        wanted.map(({ name, address }) => `${name} ${String(address)}`),
      ),
    ).toEqual([]);
    expect(ours.findDynamicSymbol("_no_such_symbol_was_ever_made")).toBeUndefined();
  });

  test("the string tables hold the names of the symbols", () => {
    const dynamic = sampleOf([...exported, ...nlist.filter(lines.isImport)], 50).map(({ name }) => name);
    expect(dynamic.filter((name) => !ours.dynamicStringsContain(name))).toEqual([]);
    const fixed = sampleOf(nlist, 50).map(({ name }) => name);
    expect(fixed.filter((name) => !ours.staticStringsContain(name))).toEqual([]);
  });

  test("libraries, search paths and its own name", () => {
    const load = /^LC_(LOAD|LOAD_WEAK|REEXPORT|LOAD_UPWARD|LAZY_LOAD)_DYLIB$/;
    expect(ours.neededLibraries).toEqual(lines.namesIn(commands, load, "name"));
    expect(ours.rpaths).toEqual(lines.namesIn(commands, /^LC_RPATH$/, "path"));
    expect(ours.installName).toBe(lines.namesIn(commands, /^LC_ID_DYLIB$/, "name")[0]);
  });

  test("UUID and what it was built for", () => {
    expect(ours.uuid).toBe(lines.namesIn(commands, /^LC_UUID$/, "uuid")[0]);
    expect(ours.buildVersions.map(lines.ourBuildVersionLine)).toEqual(lines.buildVersionLines(commands));
  });

  test("the symbols that fixups bind", () => {
    const bound = new Set(ours.imports.map(({ symbol }) => symbol));
    const named = fixups.flatMap(({ kind, symbol }) =>
      kind === "rebase" || symbol === undefined ? [] : symbol,
    );
    const unnamed = fixups.some(({ kind, symbol }) => kind !== "rebase" && symbol === undefined);
    const mine = unnamed ? [...bound].filter((symbol) => named.includes(symbol)) : bound;
    expect(setDifferences(mine, new Set(named))).toEqual([]);
  });

  test("what the loader puts into words that a fixup names", () => {
    const wanted = sampleOf(expectedPointers(fixups, commands, bytes), 2000);
    expect(
      differences(
        wanted.map(({ address }) => found(address)),
        wanted.map(pointerLine),
      ),
    ).toEqual([]);
  });

  test("words that no fixup names are plain", () => {
    const wanted = plainWords(fixups, commands, bytes, 300);
    expect(
      differences(
        wanted.map(({ address }) => found(address)),
        wanted.map(pointerLine),
      ),
    ).toEqual([]);
  });

  test("sections lie where their addresses lead", () => {
    const filled = ours.sections.filter(({ zeroFill, size }) => !zeroFill && size > 0n);
    const places = filled.map(({ name, address }) => {
      const place = ours.locate(address);
      return `${name} ${place.kind === "file" ? place.offset : place.kind}`;
    });
    expect(
      differences(
        places,
        filled.map(({ name, offset }) => `${name} ${offset}`),
      ),
    ).toEqual([]);
  });

  function found(address: bigint): string {
    const pointer = ours.pointerAt(address);
    return pointer.kind === "unknown" ? `${address} ${pointer.reason}` : pointerLine({ address, pointer });
  }
}

function pointerLine({ address, pointer }: ExpectedPointer): string {
  const place = `0x${address.toString(16)} ${pointer.kind}`;
  switch (pointer.kind) {
    case "plain":
      return `${place} ${pointer.value}`;
    case "address":
      return `${place} ${pointer.address}`;
    case "import":
      return `${place} ${pointer.symbol} + ${pointer.addend}`;
  }
}

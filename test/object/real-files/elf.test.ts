import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { disk } from "../../../src/files/disk.ts";
import { openElf, type ElfFile } from "../../../src/object/elf/file.ts";
import { Image } from "../../../src/object/image.ts";
import { Lack } from "../../support/need.ts";
import { differences, setDifferences } from "../../support/oracle/difference.ts";
import type { ElfFacts, SymbolFact } from "../../support/oracle/elf-facts.ts";
import {
  noteLine,
  ourNoteLine,
  ourRelocationLine,
  ourSectionLine,
  ourSegmentLine,
  ourSymbolLine,
  ourSymbolName,
  relocationLine,
  sectionLine,
  segmentLine,
  symbolLine,
} from "../../support/oracle/elf-lines.ts";
import { expectedPointers, plainWords } from "../../support/oracle/elf-pointers.ts";
import { llvmElfFacts } from "../../support/oracle/llvm-readobj-elf.ts";
import { readelfFacts, type ReadelfFacts } from "../../support/oracle/readelf.ts";
import { sampleOf } from "../../support/oracle/sample.ts";
import { describeFile, llvmTool, outputOf, tool } from "../../support/oracle/tool.ts";
import { realElfFiles } from "../../support/real-files.ts";

/** What a machine with everything has at least. */
const enough = 40;

const PT_LOAD = 1;
const PT_NOTE = 4;
const STT_SECTION = 3;
const SHF_ALLOC = 2n;

const readelf = tool("readelf");
const nm = tool("nm");
const readobj = llvmTool("llvm-readobj");

/** `name@VERSION type value size`, value and size left out where the symbol is not defined (POSIX, nm -P). */
function nmNames(path: string): readonly string[] {
  return outputOf(nm, ["-D", "-p", "-P", path])
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [name = "", , value = ""] = line.split(" ");
      return `${name.replace(/(.)@.*$/, "$1")} ${value === "" ? "U" : value.replace(/^0+(?=.)/, "")}`;
    });
}

describe("ELF files of others, read as llvm-readobj and readelf read them", async () => {
  const files = await realElfFiles();

  test("there are enough of them", () => {
    const { length } = files.filter(({ missing }) => missing === undefined);
    if (length < enough) throw new Lack(`only ${length} real ELF files, and ${enough} are wanted`);
  });

  for (const file of files) {
    describeFile(file, [readelf, readobj, nm], () => {
      let image: Image;
      let ours: ElfFile;
      let llvm: ElfFacts;
      let gnu: ReadelfFacts;

      beforeAll(() => {
        image = Image.open(disk, file.path);
        ours = openElf(image);
        llvm = llvmElfFacts(readobj, file.path);
        gnu = readelfFacts(readelf, file.path);
      });

      afterAll(() => {
        image.close();
      });

      test("sections", () => {
        expect(
          differences(ours.sections.map(ourSectionLine), llvm.sections.slice(1).map(sectionLine)),
        ).toEqual([]);
      });

      test("loadable segments", () => {
        const loaded = llvm.segments.filter(({ type }) => type === PT_LOAD);
        expect(differences(ours.segments.map(ourSegmentLine), loaded.map(segmentLine))).toEqual([]);
      });

      test("dynamic symbols with their versions", () => {
        const theirs = llvm.dynamicSymbols.slice(1).map(symbolLine);
        expect(differences(ours.dynamicSymbols.map(ourSymbolLine), theirs)).toEqual([]);
      });

      test("dynamic symbols as readelf has them", () => {
        // readelf names a section symbol after its section, and leaves out the version of a symbol that stands for one.
        const mine = ours.dynamicSymbols.map((symbol) => {
          const name = symbol.version === symbol.name ? symbol.name : ourSymbolName(symbol);
          return `${name} ${symbol.address} ${symbol.size}`;
        });
        const theirs = gnu.dynamicSymbols.slice(1).map(({ name, type, address, size }) => {
          return `${type === "SECTION" ? "" : name} ${address} ${size}`;
        });
        expect(differences(mine, theirs)).toEqual([]);
      });

      test("dynamic symbols as nm -D has them", () => {
        const mine = ours.dynamicSymbols
          .filter(({ type, name }) => type !== "section" && type !== "file" && name !== "")
          .map(({ name, defined, address }) => `${name} ${defined ? address.toString(16) : "U"}`);
        expect(setDifferences(mine, nmNames(file.path))).toEqual([]);
      });

      test("static symbols", () => {
        const theirs = llvm.staticSymbols.slice(1).map(symbolLine);
        expect(differences(ours.staticSymbols.map(ourSymbolLine), theirs)).toEqual([]);
      });

      test("dynamic relocations", () => {
        const loaded = llvm.relocations.filter(({ section }) => isLoaded(llvm, section));
        const theirs = loaded.flatMap(({ entries }) => entries.map(relocationLine));
        expect(setDifferences([...ours.relocations()].map(ourRelocationLine), theirs)).toEqual([]);
      });

      test("dynamic relocations as readelf has them", () => {
        const shift = ours.bits === 64 ? 32n : 8n;
        const mine = [...ours.relocations()].map(({ table, address, symbolIndex, type }) =>
          table === "RELR"
            ? `${address}`
            : `${address} ${(BigInt(symbolIndex) << shift) | BigInt(type ?? 0)}`,
        );
        const loaded = loadedSections(llvm);
        const entries = gnu.relocations
          .filter(({ section }) => loaded.has(section))
          .flatMap((table) => table.entries);
        const theirs = entries.map(({ offset, info }) =>
          info === undefined ? `${offset}` : `${offset} ${info}`,
        );
        expect(setDifferences(mine, theirs)).toEqual([]);
      });

      test("what the loader puts into relocated words", () => {
        const wanted = sampleOf(expectedPointers(llvm, ours, readFileSync(file.path)), 2000);
        const mine = wanted.map(({ address }) => ({ address, pointer: ours.pointerAt(address) }));
        expect(differences(mine.map(pointerLine), wanted.map(pointerLine))).toEqual([]);
      });

      test("words that no relocation touches are plain", () => {
        const wanted = plainWords(llvm, ours, readFileSync(file.path), 300);
        const mine = wanted.map(({ address }) => ({ address, pointer: ours.pointerAt(address) }));
        expect(differences(mine.map(pointerLine), wanted.map(pointerLine))).toEqual([]);
      });

      test("notes of the PT_NOTE segments, or of the sections where there are none", () => {
        const loaded = loadedSections(llvm);
        const inSegments = llvm.segments.some(({ type }) => type === PT_NOTE);
        const read = llvm.notes.filter(({ section }) => !inSegments || loaded.has(section));
        const theirs = read.flatMap(({ entries }) => entries.map(noteLine));
        expect(setDifferences(ours.notes.map(ourNoteLine), theirs)).toEqual([]);
      });

      test("needed libraries and the name of the file itself", () => {
        expect(ours.neededLibraries).toEqual(gnu.neededLibraries);
        expect(ours.soname).toBe(gnu.soname);
      });

      test("versions it needs and defines", () => {
        const needs = ours.versionNeeds.map(({ file: library, versions }) => ({
          file: library,
          versions: versions.map(({ name, other, flags }) => ({
            name,
            index: other,
            weak: (flags & 2) !== 0,
          })),
        }));
        expect(needs).toEqual(gnu.versionNeeds);
        expect(ours.versionDefinitions.map(({ name }) => name)).toEqual(gnu.versionDefinitions);
      });

      test("exported symbols are found by name, and a made-up one is not", () => {
        const exported = llvm.dynamicSymbols.filter(({ section, binding }) => section !== 0 && binding !== 0);
        const wanted = sampleOf(
          exported.filter(({ name, isDefault }) => isDefault || !name.includes("@")),
          500,
        );
        const found = wanted.map((symbol) => ours.findDynamicSymbol(bareName(symbol)));
        const lines = found.map((symbol) => (symbol === undefined ? "not found" : ourSymbolLine(symbol)));
        expect(differences(lines, wanted.map(symbolLine))).toEqual([]);
        expect(ours.findDynamicSymbol("no_such_symbol_was_ever_made")).toBeUndefined();
      });

      test("imported symbols are not found as exports", () => {
        const [defined, undefined_] = [true, false].map((wanted) =>
          llvm.dynamicSymbols
            .slice(1)
            .filter(({ section }) => (section !== 0) === wanted)
            .map(bareName),
        );
        const exported = new Set(defined);
        const imports = (undefined_ ?? []).filter((name) => !exported.has(name));
        expect(sampleOf(imports, 200).filter((name) => ours.findDynamicSymbol(name) !== undefined)).toEqual(
          [],
        );
      });

      test("the string tables hold the names of the symbols", () => {
        const named = (all: readonly SymbolFact[]) =>
          sampleOf(
            all.filter(({ name, type }) => name !== "" && type !== STT_SECTION),
            20,
          );
        const dynamic = named(llvm.dynamicSymbols).map((symbol) => `${bareName(symbol)}\0`);
        expect(dynamic.filter((name) => !ours.dynamicStringsContain(name))).toEqual([]);
        const fixed = named(llvm.staticSymbols).map((symbol) => bareName(symbol));
        expect(fixed.filter((name) => !ours.staticStringsContain(name))).toEqual([]);
      });

      test("loaded sections lie where their addresses lead", () => {
        const linked = llvm.segments.some(({ type }) => type === PT_LOAD);
        const loaded = ours.sections.filter(
          ({ loaded, zeroFill, size }) => linked && loaded && !zeroFill && size > 0n,
        );
        const places = loaded.map(({ name, address }) => {
          const place = ours.locate(address);
          return `${name} ${place.kind === "file" ? place.offset : place.kind}`;
        });
        expect(
          differences(
            places,
            loaded.map(({ name, offset }) => `${name} ${offset}`),
          ),
        ).toEqual([]);
      });
    });
  }
});

function isLoaded({ sections }: ElfFacts, index: number): boolean {
  return ((sections[index]?.flags ?? 0n) & SHF_ALLOC) !== 0n;
}

function loadedSections({ sections }: ElfFacts): ReadonlySet<string> {
  return new Set(sections.filter(({ flags }) => (flags & SHF_ALLOC) !== 0n).map(({ name }) => name));
}

function bareName({ name }: SymbolFact): string {
  return name.replace(/@.*/, "");
}

function pointerLine({ address, pointer }: { address: bigint; pointer: object }): string {
  const parts = Object.entries(pointer).filter(([key]) => key !== "reason");
  return `0x${address.toString(16)} ${parts.map(([key, value]) => `${key} ${String(value)}`).join(" ")}`;
}

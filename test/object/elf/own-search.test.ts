import { expect, test } from "vitest";
import { disk } from "../../../src/files/disk.ts";
import { ElfFile } from "../../../src/object/elf/file.ts";
import { FormatError } from "../../../src/object/format-error.ts";
import { Image, type ByteSource } from "../../../src/object/image.ts";
import { DamagedSource } from "../../support/oracle/damaged-source.ts";
import { randomNumbers } from "../../support/oracle/sample.ts";
import { describeFile } from "../../support/oracle/tool.ts";
import { realElfFiles } from "../../support/real-files.ts";

const TRIES = 40;
/** Symbols that are asked for in one file. */
const ASKED = 500;
const TABLES = [".gnu.hash", ".dynsym", ".dynstr", ".gnu.version"];

/** By the search that takes names: an ordinary definition without a version, which comes first in its file. */
function isFirstOfItsName(file: ElfFile, index: number): boolean {
  const symbol = file.dynamicSymbol(index);
  if (symbol === undefined || !symbol.defined || symbol.version !== undefined || symbol.versionHidden)
    return false;
  const isOrdinary =
    (symbol.binding === "global" || symbol.binding === "weak") &&
    (symbol.visibility === "default" || symbol.visibility === "protected") &&
    symbol.address !== 0n &&
    ["none", "object", "function", "ifunc"].includes(symbol.type);
  return isOrdinary && file.definitionsNamed(symbol.name)[0]?.index === index;
}

function indices(file: ElfFile): readonly number[] {
  const count = file.dynamicSymbolCount;
  const step = Math.max(1, Math.floor(count / ASKED));
  return Array.from({ length: Math.ceil(count / step) }, (_, at) => at * step);
}

function open(source: ByteSource): ElfFile {
  const file = new ElfFile(source);
  file.loadDynamicSymbols();
  return file;
}

for (const [number, real] of (await realElfFiles()).entries()) {
  describeFile(real, [], () => {
    test("its own symbols are found by their names as the search by names finds them", () => {
      const image = Image.open(disk, real.path);
      const file = open(image);
      const isHashed = file.sectionsNamed([".gnu.hash"]).length > 0;
      for (const index of indices(file))
        expect(file.isFoundByName(index), String(index)).toBe(isHashed && isFirstOfItsName(file, index));
      image.close();
    });

    test("no symbol is found that the search by names does not find, however its tables are damaged", () => {
      const image = Image.open(disk, real.path);
      const places = new ElfFile(image).sectionsNamed(TABLES);
      const next = randomNumbers(number);
      let compared = 0;
      for (let tries = 0; tries < TRIES && places.length > 0; tries++) {
        const place = places[Math.floor(next() * places.length)];
        const at = Number(place?.offset ?? 0n) + Math.floor(next() * Number(place?.size ?? 0n));
        const changes = new Map([[at, Math.floor(next() * 256)]]);
        try {
          const file = open(new DamagedSource(image, changes));
          for (const index of indices(file)) {
            if (file.isFoundByName(index))
              expect(isFirstOfItsName(file, index), `symbol ${index} with a change at ${at}`).toBe(true);
          }
          compared += 1;
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
        }
      }
      // Most changes leave a file that can be read.
      if (places.length > 0) expect(compared).toBeGreaterThan(TRIES / 4);
      image.close();
    });
  });
}

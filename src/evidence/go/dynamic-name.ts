import type { AnyObject } from "../../object/any-object.ts";
import { DT_GNU_HASH, DT_HASH, DT_STRTAB } from "../../object/elf/constants.ts";
import type { ElfFile } from "../../object/elf/file.ts";
import type { ObjectSymbol } from "../../object/object-file.ts";

/** Longer names are not looked for: no import path that is read anywhere has more than a quarter of it. */
const longestName = 4096;

/** Where a string table holds more names that fit, looking up each is slower than reading all symbols. */
const mostNames = 2 ** 16;

/**
 * The defined dynamic symbols whose names begin with `start`. A host of hundreds of megabytes exports hundreds of thousands of
 * symbols; here its string table is searched, and only what fits is looked up, as the loader does it.
 * @throws FormatError if the tables are not all in the file.
 */
export function definedSymbols(object: AnyObject, start: string): readonly ObjectSymbol[] {
  const names = possibleNames(object, start);
  if (names === undefined) {
    return object.dynamicSymbols.filter(({ defined, name }) => defined && name.startsWith(start));
  }
  return [...names].flatMap((name) => {
    const symbol = object.findDynamicSymbol(name);
    return symbol?.defined === true ? [symbol] : [];
  });
}

/** undefined if all symbols are to be read. */
function possibleNames(object: AnyObject, start: string): ReadonlySet<string> | undefined {
  switch (object.format) {
    case "elf":
      return namesIn(object, start);
    case "macho":
      return undefined;
  }
}

/** What may be such names; undefined if the file has no hash table to look them up in, or too many of them. */
function namesIn(file: ElfFile, start: string): ReadonlySet<string> | undefined {
  const present = new Set(file.dynamic.map(({ tag }) => tag));
  if (!present.has(DT_STRTAB) || !(present.has(DT_GNU_HASH) || present.has(DT_HASH))) return undefined;
  const names = new Set<string>();
  for (const name of file.dynamicStringsBeginning(start, longestName)) {
    names.add(name);
    if (names.size > mostNames) return undefined;
  }
  return names;
}

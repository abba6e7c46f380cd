import { ElfFile } from "../object/elf/file.ts";
import type { ObjectFile, ObjectSymbol } from "../object/object-file.ts";

/** Tags of the dynamic section (gABI 5, "Dynamic Section"; DT_GNU_HASH: elf.h). */
const tags = { hash: 4n, strings: 5n, stringsSize: 10n, gnuHash: 0x6fff_fef5n } as const;

/** Read at once, in bytes. */
const chunk = 2 ** 20;

/** Longer names are not looked for: no import path that is read anywhere has more than a quarter of it. */
const longestName = 4096;

/** Where a string table holds more names that fit, looking up each is slower than reading all symbols. */
const mostNames = 2 ** 16;

/**
 * The defined dynamic symbols whose names begin with `start`. A host of hundreds of megabytes exports hundreds of thousands of
 * symbols; here its string table is searched, and only what fits is looked up, as the loader does it.
 * @throws FormatError where the tables lead nowhere.
 */
export function definedSymbols(object: ObjectFile, start: string): readonly ObjectSymbol[] {
  const names = object instanceof ElfFile ? namesIn(object, start) : undefined;
  if (names === undefined) {
    return object.dynamicSymbols.filter(({ defined, name }) => defined && name.startsWith(start));
  }
  return [...names].flatMap((name) => {
    const symbol = object.findDynamicSymbol(name);
    return symbol?.defined === true ? [symbol] : [];
  });
}

/** What may be such names; undefined where the file has no hash table to look them up in, or too many of them. */
function namesIn(file: ElfFile, start: string): ReadonlySet<string> | undefined {
  // Of a tag that stands twice the last counts.
  const values = new Map(file.dynamic.map(({ tag, value }) => [tag, value]));
  const address = values.get(tags.strings);
  const size = values.get(tags.stringsSize);
  if (address === undefined || size === undefined || !(values.has(tags.gnuHash) || values.has(tags.hash))) {
    return undefined;
  }
  const needle = Buffer.from(start, "utf8");
  const names = new Set<string>();
  for (let done = 0n; done < size; done += BigInt(chunk)) {
    const left = size - done;
    const wanted = left < BigInt(chunk + longestName) ? Number(left) : chunk + longestName;
    const bytes = file.readAddress(address + done, wanted, "dynamic string table");
    for (let at = bytes.indexOf(needle); at !== -1 && at < chunk; at = bytes.indexOf(needle, at + 1)) {
      const end = bytes.indexOf(0, at);
      if (end !== -1 && end - at <= longestName) names.add(bytes.toString("utf8", at, end));
      if (names.size > mostNames) return undefined;
    }
    // The segment ends here.
    if (bytes.length < wanted) break;
  }
  return names;
}

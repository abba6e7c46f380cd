import elfy from "elfy";
import type { ElfyParser, ElfyProgram, ElfySection } from "elfy";
import type { Encoding } from "./encoding.ts";

/**
 * elfy decodes the entries of the header tables, and this is the only module that knows it. elfy 1.0.0 wants the whole file in
 * memory and trusts it, so its parser is handed single entries instead, cut out of a table that was checked against the
 * file before, and only those that are asked for: to have it decode the forty headers of a plugin, of which a listing wants
 * two, costs more than to read the file. In place of the file it gets one that holds nothing.
 *
 * Of its answer these fields are taken: address, offset, size, link and info. Not taken are
 * - names: it looks for them in the whole file, fails on one without sections, and on any string table index but a plain one;
 * - alignment and entry size of sections, read two bytes early in 64-bit files;
 * - flags, turned into keys of an object that lack bits 32 to 63;
 * - types, turned into names, `undefined` for every number it does not know;
 * - 64-bit fields of 2^53 and more, which it rounds: `exact` sends these to our own reading;
 * - `data`, which here is not a section's.
 */

/** Stands for the file. */
const NOTHING = { slice: () => EMPTY };
const EMPTY = Buffer.alloc(0);

/** One for each way to write numbers. */
const parsers = new Map<string, ElfyParser>();

/** elfy's reading of one entry of the program header table. */
export function decodeProgram(encoding: Encoding, entry: Buffer): ElfyProgram {
  return parserFor(encoding).parseProgram(entry, classOf(encoding), NOTHING);
}

/** elfy's reading of one section header. */
export function decodeSection(encoding: Encoding, entry: Buffer): ElfySection {
  return parserFor(encoding).parseSection(entry, classOf(encoding), NOTHING);
}

/** elfy's number if it is one it cannot have rounded, else our own reading of the word at `at`. */
export function exact(byElfy: number, encoding: Encoding, bytes: Buffer, at: number): bigint {
  return Number.isSafeInteger(byElfy) ? BigInt(byElfy) : encoding.word(bytes, at);
}

const CLASS = { 32: { class: "32" }, 64: { class: "64" } } as const;

function classOf({ bits }: Encoding): (typeof CLASS)[32 | 64] {
  return CLASS[bits];
}

function parserFor({ endian, wordSize }: Encoding): ElfyParser {
  const key = `${endian} ${wordSize}`;
  let parser = parsers.get(key);
  if (parser === undefined) {
    parser = new elfy.Parser();
    parser.setEndian(endian);
    parser.setWord(wordSize);
    parsers.set(key, parser);
  }
  return parser;
}

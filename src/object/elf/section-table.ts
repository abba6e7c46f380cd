import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";
import { SHT_SYMTAB_SHNDX } from "./constants.ts";
import type { Encoding } from "./encoding.ts";
import type { ElfSection } from "./section.ts";
import { StringTable, stringTableAt } from "./string-table.ts";
import { SymbolTable, symbolSize } from "./symbol.ts";
import { readTable } from "./table.ts";

/** A symbol table that a section header describes, and how many symbols it has. */
export interface CountedSymbols {
  readonly table: SymbolTable;
  readonly strings: StringTable;
  /** The null symbol 0 included. */
  readonly count: number;
}

/** The first SHT_SYMTAB or SHT_DYNSYM section with the string table it links to; undefined if there is none. */
export function symbolsOfSection(
  source: ByteSource,
  encoding: Encoding,
  sections: readonly ElfSection[],
  type: number,
  what: string,
): CountedSymbols | undefined {
  const section = sections.find((candidate) => candidate.type === type);
  if (section === undefined) return undefined;
  const entrySize = symbolSize(encoding);
  const sound = section.entrySize === BigInt(entrySize) && section.size % section.entrySize === 0n;
  if (!sound || section.offset + section.size > BigInt(source.size)) {
    throw new FormatError({
      what: sound
        ? `${what} table is cut off or points outside the file`
        : `${what} table has an impossible size`,
      offset: source.origin + (section.offset <= BigInt(source.size) ? Number(section.offset) : 0),
      found: `${section.size} bytes in entries of ${section.entrySize}`,
      expected: `whole entries of ${entrySize} bytes inside the file`,
    });
  }
  const linked = sections[section.link];
  const strings =
    linked === undefined || linked.zeroFill
      ? new StringTable(source, 0, 0, `${what} string table`)
      : stringTableAt(source, { offset: linked.offset, size: linked.size, what: `${what} string table` });
  let indices: Buffer | undefined;
  const extended = sections.find((other) => other.type === SHT_SYMTAB_SHNDX && other.link === section.index);
  const table = new SymbolTable({
    source,
    encoding,
    offset: Number(section.offset),
    strings,
    what,
    ...(extended && {
      extendedIndices: () =>
        (indices ??= readTable(source, extended.offset, extended.size, "extended section index table")),
    }),
  });
  return { table, strings, count: Number(section.size) / entrySize };
}

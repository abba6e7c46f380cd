import {
  DT_JMPREL,
  DT_PLTREL,
  DT_PLTRELSZ,
  DT_REL,
  DT_RELA,
  DT_RELAENT,
  DT_RELASZ,
  DT_RELENT,
  DT_RELR,
  DT_RELRSZ,
  DT_RELSZ,
  DT_STRTAB,
  DT_SYMTAB,
  DT_VERDEF,
  DT_VERNEED,
  DT_VERSYM,
  PT_DYNAMIC,
  VERSYM_HIDDEN,
} from "../../object/elf/constants.ts";
import type { ElfFile } from "../../object/elf/file.ts";
import { FormatError } from "../../object/format-error.ts";

/** Relocation tables by the tags of their addresses and sizes, and what else must be there with them (gABI 5, "Dynamic Section"). */
const TABLES = [
  { table: DT_RELA, size: DT_RELASZ, beside: DT_RELAENT },
  { table: DT_REL, size: DT_RELSZ, beside: DT_RELENT },
  { table: DT_JMPREL, size: DT_PLTRELSZ, beside: DT_PLTREL },
  { table: DT_RELR, size: DT_RELRSZ, beside: undefined },
] as const;

/**
 * What linkers never leave out, and loaders use without checking: the process crashes, or reads memory that is not a table.
 * @throws FormatError if it is missing.
 */
export function checkDynamic(file: ElfFile, origin: number): void {
  // A loader uses only the address, and may find a table when the header says that it has no length.
  if (file.programHeaders.some(({ type, fileSize }) => type === PT_DYNAMIC && fileSize === 0n)) return;
  const tags = new Map(file.dynamic.map(({ tag, value }) => [tag, value]));
  const demand = (tag: bigint, because: string): void => {
    if (!tags.has(tag))
      throw new FormatError({
        what: `dynamic section lacks an entry ${because}`,
        offset: origin,
        expected: `tag ${tag}`,
      });
  };
  // gABI 4, "String Table" and "Symbol Table": both begin with an empty entry, and anything else is not such a table.
  const demandZeros = (address: bigint, length: number, what: string): void => {
    const bytes = file.readAddress(address, length, "first entry of a dynamic table");
    if (bytes.some((byte) => byte !== 0))
      throw new FormatError({ what, offset: origin, found: bytes.toString("hex"), expected: "zeros" });
  };
  demand(DT_STRTAB, "that all have");
  demand(DT_SYMTAB, "that all have");
  demandZeros(tags.get(DT_STRTAB) ?? 0n, 1, "dynamic string table does not begin with the empty string");
  const symbol = file.bits === 64 ? 24 : 16;
  demandZeros(tags.get(DT_SYMTAB) ?? 0n, symbol, "dynamic symbol table does not begin with the null symbol");
  for (const tag of [DT_VERNEED, DT_VERDEF]) if (tags.has(tag)) demand(DT_VERSYM, `beside tag ${tag}`);
  const versions = [
    ...file.versionDefinitions.map(({ index }) => index),
    ...file.versionNeeds.flatMap((need) => need.versions.map(({ other }) => other & ~VERSYM_HIDDEN)),
  ];
  const declared = Math.max(1, ...versions);
  if (file.highestVersion > declared)
    throw new FormatError({
      what: "dynamic symbol has a version that there is not",
      offset: origin,
      found: file.highestVersion,
      expected: `at most ${declared}`,
    });
  for (const { table, size, beside } of TABLES) {
    const length = tags.get(size) ?? 0n;
    if (length !== 0n) demand(table, `beside tag ${size}`);
    if (!tags.has(table)) continue;
    if (beside !== undefined) demand(beside, `beside tag ${table}`);
    const entry = entrySize(file, tags, table);
    if (length % entry === 0n) continue;
    throw new FormatError({
      what: "relocation table has an impossible size",
      offset: origin,
      found: length,
      expected: `a multiple of ${entry}`,
    });
  }
}

function entrySize({ bits }: ElfFile, tags: ReadonlyMap<bigint, bigint>, table: bigint): bigint {
  const word = BigInt(bits / 8);
  if (table === DT_RELR) return word;
  const explicit = table === DT_RELA || (table === DT_JMPREL && tags.get(DT_PLTREL) === DT_RELA);
  return (explicit ? 3n : 2n) * word;
}

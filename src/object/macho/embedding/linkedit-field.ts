import { loadCommandKinds as lc } from "../constants.ts";
import type { HeaderDraft } from "./header-draft.ts";

/** A field of a load command that holds the file offset of a table, and how long the table is. */
export interface LinkeditField {
  /** Of the field, in the draft. */
  readonly at: number;
  /** Of the field: LC_NOTE has wide ones. */
  readonly bits: 32 | 64;
  /** Of the table, in the file. */
  readonly offset: number;
  /** Of the table, in bytes. */
  readonly size: number;
}

/** A table: where in its command the offset and the count after it are, and the bytes in one entry. */
type Table = readonly [offsetAt: number, unit: number | "symbol" | "module"];

/** struct nlist(_64) and struct dylib_module(_64): what depends on the word size. */
const units = { symbol: { 32: 12, 64: 16 }, module: { 32: 52, 64: 56 } } as const;

const one: readonly Table[] = [[8, 1]];
const dyldInfo: readonly Table[] = [8, 16, 24, 32, 40].map((at) => [at, 1] as const);

/** Every command of mach-o/loader.h that points into the file, segments and sections left out. */
const tables = new Map<number, readonly Table[]>([
  [
    lc.LC_SYMTAB,
    [
      [8, "symbol"],
      [16, 1],
    ],
  ],
  [
    lc.LC_DYSYMTAB,
    [
      [32, 8],
      [40, "module"],
      [48, 4],
      [56, 4],
      [64, 8],
      [72, 8],
    ],
  ],
  [lc.LC_DYLD_INFO, dyldInfo],
  [lc.LC_DYLD_INFO_ONLY, dyldInfo],
  [lc.LC_CODE_SIGNATURE, one],
  [lc.LC_SEGMENT_SPLIT_INFO, one],
  [lc.LC_FUNCTION_STARTS, one],
  [lc.LC_DATA_IN_CODE, one],
  [lc.LC_DYLIB_CODE_SIGN_DRS, one],
  [lc.LC_LINKER_OPTIMIZATION_HINT, one],
  [lc.LC_DYLD_EXPORTS_TRIE, one],
  [lc.LC_DYLD_CHAINED_FIXUPS, one],
  [lc.LC_ATOM_INFO, one],
  [lc.LC_FUNCTION_VARIANTS, one],
  [lc.LC_FUNCTION_VARIANT_FIXUPS, one],
  [lc.LC_ENCRYPTION_INFO, one],
  [lc.LC_ENCRYPTION_INFO_64, one],
  [lc.LC_SYMSEG, one],
  [lc.LC_TWOLEVEL_HINTS, [[8, 4]]],
]);

/** struct note_command: the owner's name, then offset and size of 64 bits. */
const noteOffsetAt = 24;

/** The fields that hold offsets of tables, in the order of the load commands. */
export function linkeditFields(draft: HeaderDraft): readonly LinkeditField[] {
  const { bits } = draft.header;
  return draft.commands().flatMap(({ cmd, at, size }): readonly LinkeditField[] => {
    if (cmd === lc.LC_NOTE && size >= noteOffsetAt + 16) {
      const field = at + noteOffsetAt;
      return [{ at: field, bits: 64, offset: Number(draft.u64(field)), size: Number(draft.u64(field + 8)) }];
    }
    return (tables.get(cmd) ?? [])
      .filter(([offsetAt]) => offsetAt + 8 <= size)
      .map(([offsetAt, unit]) => ({
        at: at + offsetAt,
        bits: 32,
        offset: draft.u32(at + offsetAt),
        size: draft.u32(at + offsetAt + 4) * (typeof unit === "number" ? unit : units[unit][bits]),
      }));
  });
}

const known = new Set<number>(Object.values(lc));

/** A command of which it is unknown whether it points into the file; undefined if there is none. */
export function unknownCommand(draft: HeaderDraft): number | undefined {
  // An entry of a kernel collection names another image in the file.
  return draft.commands().find(({ cmd }) => !known.has(cmd) || cmd === lc.LC_FILESET_ENTRY)?.cmd;
}

/** What is at no place of the file has no place to be moved to. */
const mostBytes = 2 ** 32;

/** Every offset at or behind `from` becomes larger by `by`, those of sections' relocations too. Segments are left alone. */
export function moveTables(draft: HeaderDraft, from: number, by: number): void {
  for (const { at, bits, offset } of linkeditFields(draft)) {
    if (offset < from || offset + by >= mostBytes) continue;
    if (bits === 64) draft.setU64(at, BigInt(offset + by));
    else draft.setU32(at, offset + by);
  }
  for (const { relocationsAt } of draft.segments().flatMap(({ sections }) => sections)) {
    const offset = draft.u32(relocationsAt);
    if (offset >= from && offset + by < mostBytes) draft.setU32(relocationsAt, offset + by);
  }
}

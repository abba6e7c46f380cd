import { loadCommandKinds as lc } from "../../object/macho/constants.ts";
import { fixedName, type RawCommand, type RawImage } from "./raw-image.ts";

/** A table in __LINKEDIT, as a load command places it; offsets are in the image. */
export interface LinkeditTable {
  /** Under the name that dyld has for it. */
  readonly name: string;
  /** What its offset must be a multiple of. */
  readonly alignment: number;
  readonly offset: number;
  /** In bytes. */
  readonly size: number;
}

/** What LC_DYSYMTAB says of the symbols of LC_SYMTAB. */
export interface SymbolRuns {
  readonly ilocalsym: number;
  readonly nlocalsym: number;
  readonly iextdefsym: number;
  readonly nextdefsym: number;
  readonly iundefsym: number;
  readonly nundefsym: number;
}

/** All that the load commands place in __LINKEDIT. */
export interface Linkedit {
  /** Where the segment starts and ends in the image; undefined if there is none. */
  readonly range: { readonly start: number; readonly end: number } | undefined;
  /** Those that are not empty, in the order of the load commands. */
  readonly tables: readonly LinkeditTable[];
  /** Entries of the symbol table. */
  readonly symbols: number;
  readonly runs: SymbolRuns | undefined;
}

/** struct relocation_info of mach-o/reloc.h. */
const relocationSize = 8;
const indirectSize = 4;

/** struct nlist(_64) of mach-o/nlist.h. */
const nlistSize = { 32: 12, 64: 16 } as const;

/** Commands with one table each (struct linkedit_data_command). */
const single = new Map<number, string>([
  [lc.LC_SEGMENT_SPLIT_INFO, "shared cache info"],
  [lc.LC_ATOM_INFO, "atom info"],
  [lc.LC_FUNCTION_STARTS, "function starts"],
  [lc.LC_DATA_IN_CODE, "data in code"],
  [lc.LC_CODE_SIGNATURE, "code signature"],
  [lc.LC_DYLD_EXPORTS_TRIE, "exports trie"],
  [lc.LC_DYLD_CHAINED_FIXUPS, "chained fixups"],
]);

/** The five of LC_DYLD_INFO (struct dyld_info_command), in its order. */
const info = ["rebase opcodes", "bind opcodes", "weak bind opcodes", "lazy bind opcodes", "exports trie"];

/** What the string pool of the symbol table is called. */
export const stringPool = "symbol table strings";

/**
 * The tables of __LINKEDIT, as dyld lists them (dyld-1378, mach_o/Image.cpp, Image::validStructureLinkedit).
 * @param commands checked ones.
 */
export function readLinkedit({ bits }: RawImage, commands: readonly RawCommand[]): Linkedit {
  const pointer = bits / 8;
  const tables = commands.flatMap((command) => tablesOf(command, pointer));
  const symtab = commands.findLast(({ cmd }) => cmd === lc.LC_SYMTAB);
  const dysymtab = commands.findLast(({ cmd }) => cmd === lc.LC_DYSYMTAB);
  return {
    range: commands.flatMap(rangeOf)[0],
    tables: tables.filter(({ size }) => size !== 0),
    symbols: symtab?.body.u32(12) ?? 0,
    runs: dysymtab && runsOf(dysymtab),
  };
}

function rangeOf({ cmd, body }: RawCommand): readonly { start: number; end: number }[] {
  if (cmd !== lc.LC_SEGMENT && cmd !== lc.LC_SEGMENT_64) return [];
  if (fixedName(body, 8) !== "__LINKEDIT") return [];
  const bits = cmd === lc.LC_SEGMENT_64 ? 64 : 32;
  const at = 24 + bits / 4;
  const start = body.word(at, bits);
  // It is in the file, which is shorter than 2^53 bytes: that is checked before.
  return [{ start: Number(start), end: Number(start + body.word(at + bits / 8, bits)) }];
}

function tablesOf({ cmd, size, body }: RawCommand, pointer: number): readonly LinkeditTable[] {
  const table = (name: string, offsetAt: number, { unit = 1, alignment = pointer } = {}): LinkeditTable => ({
    name,
    alignment,
    offset: body.u32(offsetAt),
    size: body.u32(offsetAt + 4) * unit,
  });
  switch (cmd) {
    case lc.LC_SYMTAB:
      return [
        table("symbol table", 8, { unit: nlistSize[pointer === 8 ? 64 : 32] }),
        // What releases ask of its place differs: it is looked at by itself.
        table(stringPool, 16, { alignment: 1 }),
      ];
    case lc.LC_DYSYMTAB:
      return [
        table("indirect symbol table", 56, { unit: indirectSize, alignment: indirectSize }),
        table("external relocations", 64, { unit: relocationSize }),
        table("local relocations", 72, { unit: relocationSize }),
      ];
    case lc.LC_DYLD_INFO:
    case lc.LC_DYLD_INFO_ONLY:
      return info.map((name, index) => table(name, 8 + 8 * index));
    default: {
      const name = single.get(cmd);
      // Not all commands have a size that dyld checks.
      return name === undefined || size < 16 ? [] : [table(name, 8)];
    }
  }
}

function runsOf({ body }: RawCommand): SymbolRuns {
  const [ilocalsym = 0, nlocalsym = 0, iextdefsym = 0, nextdefsym = 0, iundefsym = 0, nundefsym = 0] = [
    8, 12, 16, 20, 24, 28,
  ].map((at) => body.u32(at));
  return { ilocalsym, nlocalsym, iextdefsym, nextdefsym, iundefsym, nundefsym };
}

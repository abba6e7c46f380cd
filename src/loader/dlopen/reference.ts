import { EM_AARCH64, EM_X86_64, PT_LOAD } from "../../object/elf/constants.ts";
import type { ElfFile } from "../../object/elf/file.ts";
import { relocationEffect } from "../../object/elf/machine.ts";
import type { Relocation } from "../../object/elf/relocation.ts";
import type { ElfSymbol } from "../../object/elf/symbol.ts";
import type { MappedFile } from "./mapped-file.ts";

/** What one kind of relocation wants of the loader. Equal ones of one symbol are kept once, at their first place. */
export interface Reference {
  readonly table: Relocation["table"];
  /** The machine's own number. */
  readonly type: number;
  readonly use: RelocationUse;
  /** Undefined where the relocation names no symbol. */
  readonly symbol: ElfSymbol | undefined;
  /** Of a relocation without symbol: the name that the one before it in its table goes by. */
  readonly after: string | undefined;
  /** The place to be written is in a page that the file does not have. */
  readonly missing: boolean;
}

/**
 * - `slot`: only a definition will do, for a function or a thread-local variable (glibc: ELF_RTYPE_CLASS_PLT);
 * - `static-tls`: the same, and the variable must lie in the static TLS block;
 * - `resolver`: calls a function of the file itself (IRELATIVE);
 * - `copy`: copies a variable out of a library; only programs have that.
 */
export type RelocationUse =
  "none" | "plain" | "slot" | "static-tls" | "resolver" | "copy" | "unsupported" | "unread";

/** Dynamic relocation types from the psABIs of x86-64 (table 4.9) and AArch64 (table 5.7), as numbered in elf.h. */
const USES: Readonly<Record<string, Readonly<Record<number, RelocationUse>>>> = {
  [`${EM_X86_64}-64`]: {
    0: "none",
    1: "plain",
    2: "plain",
    5: "copy",
    6: "plain",
    7: "slot",
    8: "none",
    10: "plain",
    16: "slot",
    17: "slot",
    18: "static-tls",
    32: "plain",
    33: "plain",
    36: "slot",
    37: "resolver",
    38: "none",
  },
  [`${EM_AARCH64}-64`]: {
    0: "none",
    256: "none",
    257: "plain",
    258: "plain",
    1024: "copy",
    1025: "plain",
    1026: "slot",
    1027: "none",
    1028: "slot",
    1029: "slot",
    1030: "static-tls",
    1031: "slot",
    1032: "resolver",
  },
};

function relocationUse(machine: number, bits: 32 | 64, type: number): RelocationUse {
  const table = USES[`${machine}-${bits}`];
  if (table !== undefined) return table[type] ?? "unsupported";
  if (type === 0) return "none";
  switch (relocationEffect(machine, bits, type)) {
    case "relative":
      return "none";
    case "symbol":
      return "plain";
    case "slot":
      return "slot";
    case "resolver":
      return "resolver";
    case "unknown":
      return "unread";
  }
}

/** In the order of the tables: RELR, REL, RELA, JMPREL. @throws FormatError */
export function referencesOf(file: ElfFile, mapped: MappedFile): readonly Reference[] {
  const seen = new Set<string>();
  const uses = new Map<number, RelocationUse>();
  const references: Reference[] = [];
  let before: { readonly table: string; readonly name: string } | undefined;
  for (const { table, address, symbolIndex, symbolName, type = 0 } of file.relocations()) {
    const use = table === "RELR" ? "none" : usesOf(uses, file, type);
    const after = symbolIndex === 0 && before?.table === table ? before.name : undefined;
    if (symbolName !== undefined && type !== 0) before = { table, name: symbolName };
    const missing = !mapped.isWhole && isMissing(file, mapped, address);
    if (use === "none" && !missing) continue;
    const key = `${table === "JMPREL" ? "J" : ""}${symbolIndex} ${use === "none" ? "" : type}${missing ? "!" : ""}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const symbol = symbolIndex === 0 ? undefined : file.dynamicSymbols[symbolIndex - 1];
    const known = symbolIndex === 0 || symbol !== undefined;
    references.push({ table, type, use: known ? use : "unread", symbol, after, missing });
  }
  return references;
}

/** A long table has few types. */
function usesOf(known: Map<number, RelocationUse>, { machine, bits }: ElfFile, type: number): RelocationUse {
  let use = known.get(type);
  if (use === undefined) {
    use = relocationUse(machine, bits, type);
    known.set(type, use);
  }
  return use;
}

/** Whether a symbol is looked for at all: local and hidden ones are the file's own (dl-reloc.c, resolve_map). */
export function isOwn({ binding, visibility }: ElfSymbol): boolean {
  return binding === "local" || visibility === "hidden" || visibility === "internal";
}

function isMissing(file: ElfFile, mapped: MappedFile, address: bigint): boolean {
  const load = file.programHeaders.findLast(
    (each) => each.type === PT_LOAD && address >= each.address && address < each.address + each.fileSize,
  );
  return load !== undefined && mapped.lacks(load.offset + address - load.address);
}

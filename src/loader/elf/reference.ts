import { DT_RELACOUNT, EM_AARCH64, EM_X86_64, R_AARCH64_NULL } from "../../object/elf/constants.ts";
import type { ElfFile } from "../../object/elf/file.ts";
import { relativeType, relocationEffect } from "../../object/elf/machine.ts";
import type { RelocationRun } from "../../object/elf/dynamic-relocations.ts";
import type { Relocation } from "../../object/elf/relocation.ts";
import type { ElfSymbol } from "../../object/elf/symbol.ts";
import type { Memory, Place } from "./memory.ts";

/** What one kind of relocation wants of the loader. Equal ones of one symbol are kept once, at their first place. */
export interface Reference {
  readonly table: Relocation["table"];
  /** The machine's own number. */
  readonly type: number;
  readonly use: RelocationUse;
  /** Where it is to be applied. */
  readonly place: Place;
  /** One of those that DT_RELACOUNT says are relative, of another type: glibc applies it as if it were. */
  readonly countedRelative: boolean;
  /** Its symbol's number is outside the symbol table: a loader reads what happens to be there. */
  readonly strayIndex: boolean;
  /** Undefined if the relocation names no symbol, or none that there is. */
  readonly symbol: ElfSymbol | undefined;
  /** Of a relocation without symbol: the name that the one before it in its table refers to. */
  readonly after: string | undefined;
}

/**
 * - `slot`: only a definition will do, for a function or a thread-local variable (glibc: ELF_RTYPE_CLASS_PLT);
 * - `static-tls`: the same, and the variable must lie in the static TLS block;
 * - `descriptor`: the same, and it is placed there if there is room (TLSDESC);
 * - `resolver`: calls a function of the file itself (IRELATIVE);
 * - `copy`: copies a variable out of a library; only programs have that.
 */
export type RelocationUse =
  "none" | "plain" | "slot" | "static-tls" | "descriptor" | "resolver" | "copy" | "unsupported" | "unread";

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
    36: "descriptor",
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
    1031: "descriptor",
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

/**
 * In the order of the tables: RELR, REL, RELA, JMPREL.
 * @param libc whose loader applies them. For glibc those are left out that are surely bound: ordinary uses of a symbol that the file
 * itself defines, without a version and as others find it by its name. Whichever definition it is bound to, there is one, and it can be
 * applied. musl may crash while it looks for it.
 * @throws FormatError
 */
export function referencesOf(file: ElfFile, memory: Memory, libc: "gnu" | "musl"): readonly Reference[] {
  const references = new References(file, memory, libc === "gnu");
  for (const address of file.relativeAddresses()) references.add("RELR", 0, 0, Number(address));
  for (const run of file.relocationRuns()) references.addRun(run);
  return references.found;
}

/** What is the same of many relocations, and the symbols that it was seen with. */
interface Kind {
  readonly use: RelocationUse;
  readonly symbols: Set<number>;
}

class References {
  readonly found: Reference[] = [];
  readonly #relative: number | undefined;
  /** Entries of DT_RELA that are still to come and are counted as relative. */
  #counted: number;
  readonly #kinds = new Map<number, Kind>();
  #table: Relocation["table"] | undefined;
  /** The symbol of the relocation before, in the same table. */
  #before = 0;
  /** Of each symbol whether it is found by its name: 0 if that is not known yet, 1 if it is not, 2 if it is. */
  readonly #areFound: Uint8Array;

  constructor(
    private readonly file: ElfFile,
    private readonly memory: Memory,
    private readonly leavesOutBound: boolean,
  ) {
    this.#relative = relativeType(file.machine, file.bits);
    this.#areFound = new Uint8Array(leavesOutBound ? file.dynamicSymbolCount : 0);
    const counted = file.dynamic.findLast(({ tag }) => tag === DT_RELACOUNT)?.value ?? 0n;
    // glibc keeps 32 bits of it (elf/dynamic-link.h, nrelative).
    this.#counted = Number(BigInt.asUintN(32, counted));
  }

  addRun({ table, entries }: RelocationRun): void {
    const { machine, bits } = this.file;
    // Neighbours mostly have the same type.
    let last = -1;
    let isOrdinary = false;
    for (let at = 0; at < entries.count; at++) {
      const type = entries.type(at);
      const symbolIndex = entries.symbolIndex(at);
      const address = entries.address(at);
      if (type !== last) {
        last = type;
        const use = relocationUse(machine, bits, type);
        isOrdinary = use === "plain" || use === "slot";
      }
      const isRelative = type === this.#relative && symbolIndex === 0;
      const isBound = isOrdinary && this.#counted <= 0 && this.#isFound(symbolIndex);
      if ((isRelative || isBound) && this.memory.written(address) === "fits") this.#pass(table, symbolIndex);
      else this.add(table, symbolIndex, type, address);
    }
  }

  /** As `add`, for one that wants nothing of the loader that it cannot do. */
  #pass(table: Relocation["table"], symbolIndex: number): void {
    if (table === "RELA") this.#counted--;
    if (symbolIndex !== 0) this.#before = symbolIndex;
    else if (table !== this.#table) this.#before = 0;
    this.#table = table;
  }

  #isFound(symbolIndex: number): boolean {
    if (!this.leavesOutBound) return false;
    const known = this.#areFound[symbolIndex];
    if (known !== undefined && known !== 0) return known === 2;
    const isFound = this.file.isFoundByName(symbolIndex);
    this.#areFound[symbolIndex] = isFound ? 2 : 1;
    return isFound;
  }

  add(table: Relocation["table"], symbolIndex: number, type: number, address: number): void {
    const countedRelative = table === "RELA" && this.#counted-- > 0 && type !== this.#relative;
    const place = this.#isNone(table, type) ? "fits" : this.memory.written(address);
    const { use, symbols } = this.#kindOf(table, type, place, countedRelative);
    const after = table === this.#table ? this.#before : 0;
    this.#table = table;
    this.#before = symbolIndex !== 0 && type !== 0 ? symbolIndex : after;
    // Linkers give a relative one no symbol; musl would look for it all the same.
    const isOdd = use === "none" && symbolIndex !== 0 && type !== 0;
    if ((use === "none" && !isOdd && place === "fits" && !countedRelative) || symbols.has(symbolIndex))
      return;
    symbols.add(symbolIndex);
    const symbol = this.file.dynamicSymbol(symbolIndex);
    const known = symbolIndex === 0 || symbol !== undefined;
    const named = symbolIndex === 0 ? this.file.dynamicSymbol(after) : undefined;
    this.found.push({
      table,
      type,
      use: known && !isOdd ? use : "unread",
      symbol,
      after: named?.name,
      place,
      countedRelative,
      strayIndex: !known,
    });
  }

  /** Applied to nothing: R_X86_64_NONE and the like, and the second number that AArch64 has for it (elf.h). */
  #isNone(table: Relocation["table"], type: number): boolean {
    if (table === "RELR") return false;
    return type === 0 || (type === R_AARCH64_NULL && this.file.machine === EM_AARCH64);
  }

  #kindOf(table: Relocation["table"], type: number, place: Place, countedRelative: boolean): Kind {
    const key =
      type * 32 +
      (countedRelative ? 16 : 0) +
      (table === "JMPREL" ? 8 : table === "RELR" ? 4 : 0) +
      PLACES.indexOf(place);
    let kind = this.#kinds.get(key);
    if (kind === undefined) {
      const { machine, bits } = this.file;
      const use = table === "RELR" ? "none" : relocationUse(machine, bits, type);
      this.#kinds.set(key, (kind = { use, symbols: new Set() }));
    }
    return kind;
  }
}

const PLACES: readonly Place[] = ["fits", "denied", "missing", "elsewhere"];

/** Whether a symbol is looked for at all: local and hidden ones are the file's own (dl-reloc.c, resolve_map). */
export function isOwn({ binding, visibility }: ElfSymbol): boolean {
  return binding === "local" || visibility === "hidden" || visibility === "internal";
}

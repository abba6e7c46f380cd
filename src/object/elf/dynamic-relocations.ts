import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";
import type { Pointer } from "../object-file.ts";
import { DT_ANDROID_REL, DT_ANDROID_RELA, DT_ANDROID_RELR } from "./constants.ts";
import type { DynamicSymbols } from "./dynamic-symbols.ts";
import type { DynamicTable } from "./dynamic.ts";
import type { Encoding } from "./encoding.ts";
import { relativeType } from "./machine.ts";
import { resolvePointer, type PointerContext } from "./pointer.ts";
import type { IgnoredTables, Relocation, RelocationEntries, RelocationTable } from "./relocation.ts";
import { RelrTable } from "./relr.ts";

/** A relocation with the name of the dynamic symbol it refers to; undefined if it refers to none. */
export interface NamedRelocation extends Relocation {
  readonly symbolName: string | undefined;
}

/** Consecutive relocations of one table, as numbers. */
export interface RelocationRun {
  readonly table: Relocation["table"];
  readonly entries: RelocationEntries;
}

/** Tables in Bionic's packed form, which is not read. */
const PACKED = [DT_ANDROID_REL, DT_ANDROID_RELA, DT_ANDROID_RELR];

interface Parts {
  readonly source: ByteSource;
  readonly encoding: Encoding;
  readonly machine: number;
  readonly dynamic: DynamicTable;
  readonly tables: readonly RelocationTable[];
  readonly ignored: IgnoredTables;
  readonly symbols: () => DynamicSymbols;
}

/** All that a loader relocates in one file. */
export class DynamicRelocations {
  readonly #relr: RelrTable | undefined;
  readonly #context: PointerContext;

  constructor(private readonly parts: Parts) {
    const { encoding, machine, symbols } = parts;
    this.#context = {
      encoding,
      machine,
      wordAt: (address) => this.#wordAt(address),
      dynamicSymbol: (index) => symbols().at(index),
    };
    this.#relr = RelrTable.of(parts.encoding, parts.dynamic);
  }

  /** In the order a loader applies them: RELR, REL, RELA, JMPREL. Decoded while they are asked for. */
  *all(): Generator<NamedRelocation, void, undefined> {
    const { encoding, machine, tables, symbols } = this.parts;
    const type = relativeType(machine, encoding.bits);
    for (const address of this.#relr?.addresses() ?? []) {
      yield { ...relrEntry(address), type, symbolName: undefined };
    }
    for (const table of tables) {
      for (const entry of table.entries()) {
        const symbolName = entry.symbolIndex === 0 ? undefined : symbols().loaded(entry.symbolIndex).name;
        yield { ...entry, symbolName };
      }
    }
  }

  /** The addresses of DT_RELR, in its order; none if there is no such table. */
  relative(): Iterable<bigint> {
    return this.#relr?.addresses() ?? [];
  }

  /** The entries of REL, RELA and JMPREL as numbers. A table of millions costs little so. */
  *runs(): Generator<RelocationRun, void, undefined> {
    for (const table of this.parts.tables)
      for (const entries of table.pieces()) yield { table: table.shape.table, entries };
  }

  /** Whether any refers to a symbol of that name. */
  name(name: string): boolean {
    const symbols = this.parts.symbols();
    const isNamed = (indices: ReadonlySet<number>): boolean =>
      indices.size > 0 && this.parts.tables.some((table) => table.names(indices));
    // The definition is found at once, imports and other versions by a look at all names.
    const defined = symbols.find(name);
    return (defined !== undefined && isNamed(new Set([defined.index]))) || isNamed(symbols.indicesOf(name));
  }

  /** What a loader puts into the address-sized word at `address`. */
  pointerAt(address: bigint): Pointer {
    const { dynamic, tables, ignored } = this.parts;
    const effective: Relocation[] = [];
    for (const table of tables) {
      // R_*_NONE is 0 on every machine: what a linker leaves where it dropped a relocation.
      for (const each of table.find(address)) if (each.type !== 0) effective.push(each);
    }
    if (this.#relr?.has(address) === true) effective.push(relrEntry(address));
    if (effective.length === 0 && PACKED.some((tag) => !ignored.has(tag) && dynamic.get(tag) !== undefined)) {
      return { kind: "unknown", reason: "the file has packed Android relocations, which are not read" };
    }
    return resolvePointer(this.#context, address, effective);
  }

  /** The word in place; if it begins in zero fill or runs into it, its bytes there are 0. */
  #wordAt(address: bigint): bigint {
    const { source, encoding, dynamic } = this.parts;
    const { map } = dynamic;
    if (map.locate(address).kind === "zero-fill") return 0n;
    const word = Buffer.alloc(encoding.wordSize);
    const there = map.read(address, word.length, "pointer").copy(word);
    if (there < word.length && map.locate(address + BigInt(there)).kind !== "zero-fill") {
      throw new FormatError({
        what: "pointer leaves its segment",
        offset: source.origin,
        found: `0x${address.toString(16)}`,
        expected: `${word.length} bytes`,
      });
    }
    return encoding.word(word, 0);
  }
}

function relrEntry(address: bigint): Relocation {
  return { table: "RELR", address, type: undefined, symbolIndex: 0, addend: undefined };
}

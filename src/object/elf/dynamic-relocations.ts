import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";
import type { Pointer } from "../object-file.ts";
import { DT_ANDROID_REL, DT_ANDROID_RELA, DT_ANDROID_RELR } from "./constants.ts";
import type { DynamicSymbols } from "./dynamic-symbols.ts";
import type { DynamicTable } from "./dynamic.ts";
import type { Encoding } from "./encoding.ts";
import { relativeType } from "./machine.ts";
import { resolvePointer } from "./pointer.ts";
import type { IgnoredTables, Relocation, RelocationTable } from "./relocation.ts";
import { RelrTable } from "./relr.ts";

/** A relocation with the name of the dynamic symbol it refers to; undefined if it refers to none. */
export interface NamedRelocation extends Relocation {
  readonly symbolName: string | undefined;
}

/** Is shown one relocation after another: its symbol's index (0 for none), the machine's own type, and its rounded address. */
export type RelocationVisitor = (
  table: Relocation["table"],
  symbolIndex: number,
  type: number,
  address: number,
) => void;

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

  constructor(private readonly parts: Parts) {
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
  each(visit: RelocationVisitor): void {
    for (const table of this.parts.tables) {
      const { table: name } = table.shape;
      table.each((symbolIndex, type, address) => {
        visit(name, symbolIndex, type, address);
      });
    }
  }

  /** Whether any refers to a symbol of that name. */
  name(name: string): boolean {
    const indices = this.parts.symbols().indicesOf(name);
    let found = false;
    if (indices.size > 0)
      this.each((_, symbolIndex) => {
        found ||= indices.has(symbolIndex);
      });
    return found;
  }

  /** What a loader puts into the address-sized word at `address`. */
  pointerAt(address: bigint): Pointer {
    const { encoding, machine, dynamic, tables, ignored, symbols } = this.parts;
    const found: Relocation[] = tables.flatMap((table) => table.find(address));
    if (this.#relr?.has(address) === true) found.push(relrEntry(address));
    // R_*_NONE is 0 on every machine: what a linker leaves where it dropped a relocation.
    const effective = found.filter(({ type }) => type !== 0);
    if (effective.length === 0 && PACKED.some((tag) => !ignored.has(tag) && dynamic.get(tag) !== undefined)) {
      return { kind: "unknown", reason: "the file has packed Android relocations, which are not read" };
    }
    const wordAt = (at: bigint): bigint => this.#wordAt(at);
    const dynamicSymbol = (index: number) => symbols().at(index);
    return resolvePointer({ encoding, machine, wordAt, dynamicSymbol }, address, effective);
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

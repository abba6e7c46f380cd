import { buildChains, type BuiltChains } from "./macho-chains.ts";
import type { MachoLayout } from "./macho-layout.ts";
import { bindOpcodes, rebaseOpcodes } from "./macho-opcodes.ts";
import type { MachoSpec, RelocationSpec, SymbolSpec } from "./macho-spec.ts";
import { buildTrie } from "./macho-trie.ts";
import { padded, type MachoWriter } from "./macho-writer.ts";

/** A table of the link edit segment. */
export interface Table {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Makes the tables of the link edit segment, and the words that fixups put into sections. */
export class MachoLinkedit {
  constructor(
    private readonly spec: MachoSpec,
    private readonly layout: MachoLayout,
    private readonly out: MachoWriter,
  ) {}

  /** Those that are not empty, in file order. */
  tables(): readonly Table[] {
    const { raw = {}, binds = [], symbols, codeSignature } = this.spec;
    const ofKind = (kind: "bind" | "weak" | "lazy") =>
      bindOpcodes(
        binds
          .filter((bind) => (bind.kind ?? "bind") === kind)
          .map(({ at, symbol, ordinal = 1, addend = 0, weak = false }) => ({
            ...this.layout.opcodePlace(at),
            ...{ symbol, ordinal, addend, weak },
          })),
        kind,
      );
    const rebases = (this.spec.rebases ?? []).map(({ at }) => this.layout.opcodePlace(at));
    const { table, strings } = this.#symbolTable(symbols ?? []);
    const relocations = (list: readonly RelocationSpec[] = []) =>
      Buffer.concat(list.map((one) => this.#relocation(one)));
    const all: Table[] = [
      { name: "rebase", bytes: raw.rebase ?? rebaseOpcodes(rebases, this.spec.rebaseType) },
      { name: "bind", bytes: raw.bind ?? ofKind("bind") },
      { name: "weakBind", bytes: raw.weakBind ?? ofKind("weak") },
      { name: "lazyBind", bytes: raw.lazyBind ?? ofKind("lazy") },
      { name: "trie", bytes: raw.trie ?? this.#trie() },
      { name: "chainedFixups", bytes: raw.chainedFixups ?? this.#chains()?.payload ?? Buffer.alloc(0) },
      { name: "symbols", bytes: table },
      { name: "localRelocations", bytes: relocations(this.spec.localRelocations) },
      { name: "externalRelocations", bytes: relocations(this.spec.externalRelocations) },
      { name: "indirectSymbols", bytes: this.out.u32(...(this.spec.indirectSymbols ?? [])) },
      { name: "strings", bytes: raw.strings ?? strings },
      { name: "codeSignature", bytes: codeSignature ?? Buffer.alloc(0) },
    ];
    return all.filter(({ bytes }) => bytes.length > 0);
  }

  /** Over the sections' own bytes, in the finished file. */
  writePointers(bytes: Buffer): void {
    for (const { at, to } of [...(this.spec.rebases ?? []), ...(this.spec.pointers ?? [])]) {
      this.out.word(this.layout.address(to)).copy(bytes, this.layout.offset(this.layout.address(at)));
    }
    for (const { address, word } of this.#chains()?.words ?? []) {
      this.out.word(word).copy(bytes, this.layout.offset(address));
    }
  }

  #chains(): BuiltChains | undefined {
    const chained = this.spec.chainedFixups;
    if (chained === undefined) return undefined;
    const fixups = chained.fixups.map((fixup) =>
      "to" in fixup
        ? { ...fixup, address: this.layout.address(fixup.at), to: this.layout.address(fixup.to) }
        : { ...fixup, address: this.layout.address(fixup.at) },
    );
    const linkedit = { address: -1n, memorySize: 0n };
    return buildChains(chained, fixups, [...this.layout.segments, linkedit], this.layout.base, this.out);
  }

  #trie(): Buffer {
    const { exports } = this.spec;
    if (exports === undefined) return Buffer.alloc(0);
    return buildTrie(
      exports.map((one) =>
        "at" in one ? { ...one, value: this.layout.address(one.at) - this.layout.base } : one,
      ),
    );
  }

  #symbolTable(symbols: readonly SymbolSpec[]): { table: Buffer; strings: Buffer } {
    let strings = " \0";
    const entries = symbols.map(({ name, at, value, type, description = 0 }) => {
      const isDefined = at !== undefined;
      const address = isDefined ? this.layout.address(at) : BigInt(value ?? 0);
      const nameAt = Buffer.byteLength(strings);
      strings += `${name}\0`;
      return Buffer.concat([
        this.out.u32(nameAt),
        Buffer.from([type ?? (isDefined ? 0x0f : 0x01), isDefined ? this.layout.sectionNumber(address) : 0]),
        this.out.u16(description),
        this.out.word(address),
      ]);
    });
    return {
      table: Buffer.concat(entries),
      strings: symbols.length === 0 ? Buffer.alloc(0) : Buffer.from(strings),
    };
  }

  #relocation(spec: RelocationSpec): Buffer {
    const { address, symbol, type = 0, length = this.out.bits === 64 ? 3 : 2, relative = false } = spec;
    const [pcrel, external] = [relative ? 1 : 0, symbol === undefined ? 0 : 1];
    if (spec.scattered === true) {
      return this.out.u32(
        (0x8000_0000 | (pcrel << 30) | (length << 28) | (type << 24) | address) >>> 0,
        address,
      );
    }
    const number = symbol ?? 1;
    const second =
      this.out.endian === "little"
        ? number | (pcrel << 24) | (length << 25) | (external << 27) | (type << 28)
        : (number << 8) | (pcrel << 7) | (length << 5) | (external << 4) | type;
    return this.out.u32(address, second >>> 0);
  }
}

/** Puts the tables one after the other, the first at `start` in the file. */
export function layTables(
  tables: readonly Table[],
  start: number,
): { offsets: Map<string, number>; content: Buffer } {
  const offsets = new Map<string, number>();
  let content: Buffer = Buffer.alloc(0);
  for (const { name, bytes } of tables) {
    content = padded(content, 8);
    offsets.set(name, start + content.length);
    content = Buffer.concat([content, bytes]);
  }
  return { offsets, content };
}

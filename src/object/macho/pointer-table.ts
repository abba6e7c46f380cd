import { fileTypes, fixupTypes, libraryOrdinals } from "./constants.ts";
import type { ByteSource } from "../image.ts";
import type { Pointer } from "../object-file.ts";
import { decodeBinds, type Bind, type BindKind, type Binds } from "./bind-opcodes.ts";
import type { BindTarget } from "./bind-target.ts";
import { ChainedFixups } from "./chained-fixups.ts";
import type { Commands, DyldInfo, FileRange } from "./command.ts";
import type { FixupRuns } from "./fixup-runs.ts";
import type { MachoHeader } from "./header.ts";
import { indirectPointerAt } from "./indirect-symbols.ts";
import { decodeRebases } from "./rebase-opcodes.ts";
import { Region } from "./region.ts";
import { readRelocations, type Relocation } from "./relocation.ts";
import type { SegmentTable } from "./segment-table.ts";
import type { SymbolTable } from "./symbol-table.ts";

/** A pointer, with all that a Mach-O file says of an import. */
export type MachoPointer = Exclude<Pointer, { kind: "import" }> | ({ readonly kind: "import" } & BindTarget);

/** What the fixups of an image are found with. */
interface Parts {
  readonly source: ByteSource;
  readonly header: MachoHeader;
  readonly commands: Commands;
  readonly segments: SegmentTable;
  readonly symbols: SymbolTable | undefined;
  /** Address of a symbol that the image itself exports. */
  readonly ownExport: (name: string) => bigint | undefined;
}

/** In this order the last that applies to a place wins in the loader; so the first that is found decides. */
const bindKinds = ["weak", "bind", "lazy"] as const satisfies readonly BindKind[];

const bindRanges = { weak: "weakBind", bind: "bind", lazy: "lazyBind" } as const satisfies Record<
  BindKind,
  keyof DyldInfo
>;

/** What the loader makes of each pointer-sized word: by chained fixups, by opcodes, or by old relocations. */
export class PointerTable {
  #chained: ChainedFixups | undefined;
  #rebases: FixupRuns<number> | undefined;
  readonly #binds = new Map<BindKind, Binds>();
  #relocations: ReadonlyMap<bigint, Relocation> | undefined;

  constructor(private readonly parts: Parts) {}

  /** The loader uses one kind of fixups, and prefers them in this order (dyld, mach_o/Image.cpp). */
  at(address: bigint): MachoPointer {
    const { chainedFixups, dyldInfo, dysymtab } = this.parts.commands;
    if (chainedFixups !== undefined) return this.#atChained(address, chainedFixups);
    if (dyldInfo !== undefined) return this.#atOpcodes(address, dyldInfo);
    if (this.parts.header.fileType === fileTypes.object) return this.#inObject(address);
    return dysymtab === undefined ? this.#plain(address) : this.#atRelocation(address, dysymtab);
  }

  /** The symbols that fixups name, in the order of their tables. */
  imports(): readonly BindTarget[] {
    const { chainedFixups, dyldInfo } = this.parts.commands;
    if (chainedFixups !== undefined) return this.#chainedFixups(chainedFixups)?.imports.all() ?? [];
    if (dyldInfo === undefined) return [];
    return (["bind", "weak", "lazy"] as const).flatMap((kind) => this.#bindsOf(kind, dyldInfo).targets);
  }

  #atChained(address: bigint, range: FileRange): MachoPointer {
    const found = this.#chainedFixups(range)?.at(address);
    if (found === undefined) return this.#plain(address);
    return found.kind === "bind" ? this.#bound(found.target) : found;
  }

  #chainedFixups(range: FileRange): ChainedFixups | undefined {
    if (range.size === 0) return undefined;
    const { source, header, segments } = this.parts;
    return (this.#chained ??= new ChainedFixups(
      source,
      header,
      this.#linkedit(range, "chained fixups"),
      segments.segments,
      segments.base,
    ));
  }

  #atOpcodes(address: bigint, info: DyldInfo): MachoPointer {
    for (const kind of bindKinds) {
      const { runs, threaded } = this.#bindsOf(kind, info);
      if (threaded) return { kind: "unknown", reason: "threaded arm64e binds" };
      const bind = runs.at(address);
      if (bind !== undefined) return this.#boundBy(bind);
    }
    const { bits } = this.parts.header;
    this.#rebases ??= decodeRebases(
      this.#linkedit(info.rebase, "rebase opcodes"),
      this.parts.segments.segments,
      bits === 64 ? 8 : 4,
    );
    const type = this.#rebases.at(address);
    if (type === undefined) return this.#plain(address);
    if (!isPointer(type, bits)) return { kind: "unknown", reason: `rebase of type ${type}` };
    return { kind: "address", address: this.#word(address) };
  }

  #bindsOf(kind: BindKind, info: DyldInfo): Binds {
    const kept = this.#binds.get(kind);
    if (kept !== undefined) return kept;
    const region = this.#linkedit(info[bindRanges[kind]], `${kind === "bind" ? "" : `${kind} `}bind opcodes`);
    const { header, segments } = this.parts;
    const binds = decodeBinds(region, kind, segments.segments, header.bits === 64 ? 8 : 4);
    this.#binds.set(kind, binds);
    return binds;
  }

  #boundBy({ target, type }: Bind): MachoPointer {
    const isKnown = isPointer(type, this.parts.header.bits);
    return isKnown
      ? this.#bound(target)
      : { kind: "unknown", reason: `bind of type ${type} to ${target.symbol}` };
  }

  /** Only a bind to the image itself is settled here; flat and weak lookups may find the name elsewhere first. */
  #bound(target: BindTarget): MachoPointer {
    const own = target.ordinal === libraryOrdinals.self ? this.parts.ownExport(target.symbol) : undefined;
    if (own === undefined) return { kind: "import", ...target };
    return { kind: "address", address: BigInt.asUintN(this.parts.header.bits, own + target.addend) };
  }

  #inObject(address: bigint): MachoPointer {
    const section = this.parts.segments.sectionAt(address);
    return section !== undefined && section.relocationCount > 0
      ? { kind: "unknown", reason: "relocations of an object file" }
      : this.#plain(address);
  }

  #atRelocation(address: bigint, dysymtab: NonNullable<Commands["dysymtab"]>): MachoPointer {
    const { source, header, segments } = this.parts;
    this.#relocations ??= readRelocations(source, header, segments.segments, dysymtab);
    const found =
      this.#relocations.get(address) ??
      indirectPointerAt(address, segments.sectionAt(address), source, header, dysymtab);
    switch (found?.kind) {
      case undefined:
      case "plain":
        return this.#plain(address);
      case "local":
        return { kind: "address", address: this.#word(address) };
      case "external":
        return this.#symbol(found.symbol, this.#word(address));
      case "symbol":
        return this.#symbol(found.symbol, 0n);
      case "unknown":
        return found;
    }
  }

  #symbol(index: number, addend: bigint): MachoPointer {
    const { symbols } = this.parts;
    const entry = symbols?.at(index);
    if (symbols === undefined || entry === undefined) {
      return {
        kind: "unknown",
        reason: `relocation against symbol ${index}, which the symbol table does not have`,
      };
    }
    const { weak, libraryOrdinal: ordinal } = entry;
    return { kind: "import", symbol: symbols.nameOf(entry), ordinal, addend, weak, lazy: false };
  }

  #plain(address: bigint): MachoPointer {
    return { kind: "plain", value: this.#word(address) };
  }

  #word(address: bigint): bigint {
    const { segments, header } = this.parts;
    const size = header.bits / 8;
    const bytes = segments.readAddress(address, size, "pointer");
    return new Region(bytes, 0, "pointer", header.endian).word(0, header.bits);
  }

  #linkedit({ offset, size }: FileRange, what: string): Region {
    // An empty table may have any offset.
    return Region.read(this.parts.source, size === 0 ? 0 : offset, size, what, this.parts.header.endian);
  }
}

/** TEXT_ABSOLUTE32 fills a pointer if pointers have 32 bits. */
function isPointer(type: number, bits: 32 | 64): boolean {
  return type === fixupTypes.pointer || (type === fixupTypes.absolute32 && bits === 32);
}

import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";
import type { ObjectSymbol } from "../object-file.ts";
import { SHN_ABS, SHN_LORESERVE, SHN_UNDEF, SHN_XINDEX } from "./constants.ts";
import type { Encoding } from "./encoding.ts";
import { SYMBOL } from "./layout.ts";
import { NameReader } from "./string-table.ts";
import type { StringTable } from "./string-table.ts";
import { readTable } from "./table.ts";
import type { SymbolVersion } from "./version.ts";

/**
 * A table of more symbols is refused: as objects they take ten times their size on disk, some 600 MB at this number. A large Go
 * program has 300,000.
 */
const MOST_SYMBOLS = 2 ** 21;

/** One entry of a symbol table (gABI 4, "Symbol Table"). */
export interface ElfSymbol extends ObjectSymbol {
  /** Place in its table, the number relocations use. */
  readonly index: number;
  /** The section it is defined in, extended numbering resolved; undefined for imports, SHN_ABS, SHN_COMMON and the like. */
  readonly sectionIndex: number | undefined;
  readonly visibility: "default" | "internal" | "hidden" | "protected";
  /** Where there is a version: a reference that names none does not bind to it (VERSYM_HIDDEN; `name@VER`, not `name@@VER`). */
  readonly versionHidden: boolean;
}

/** A symbol before its strings are read. */
export interface RawSymbol {
  readonly index: number;
  readonly nameOffset: number;
  readonly value: bigint;
  readonly size: bigint;
  /** STB_*. */
  readonly binding: number;
  /** STT_*. */
  readonly type: number;
  readonly other: number;
  /** st_shndx as it stands there. */
  readonly sectionIndex: number;
}

/** Bytes in one symbol table entry. */
export function symbolSize(encoding: Encoding): number {
  return SYMBOL[encoding.bits].size;
}

interface Place {
  readonly source: ByteSource;
  readonly encoding: Encoding;
  /** Offset of symbol 0 in the file. */
  readonly offset: number;
  readonly strings: StringTable;
  /** "dynamic symbol", "symbol". */
  readonly what: string;
  readonly versionOf?: (index: number) => SymbolVersion | undefined;
  /** The SHT_SYMTAB_SHNDX section that goes with the table: section indices of SHN_XINDEX symbols. */
  readonly extendedIndices?: () => Buffer;
}

/** A symbol table somewhere in the file; how many symbols it has is known by others. */
export class SymbolTable {
  #bytes: Buffer | undefined;

  constructor(private readonly place: Place) {}

  /**
   * Reads the table and its strings once, for callers that will ask for many of its symbols, also when the file is closed.
   * @throws FormatError when the table leaves the file, or is too long.
   */
  load(count: number): Buffer {
    if (this.#bytes !== undefined) return this.#bytes;
    const { source, encoding, offset, strings, what } = this.place;
    if (count > MOST_SYMBOLS) {
      throw new FormatError({
        what: `${what} table is too long for this reader`,
        offset: source.origin + offset,
        found: count,
        expected: `at most ${MOST_SYMBOLS} symbols`,
      });
    }
    const bytes = readTable(source, offset, count * SYMBOL[encoding.bits].size, `${what} table`);
    strings.load();
    return (this.#bytes = bytes);
  }

  /** The indices of the symbols with a given name, imports among them, below `count`. */
  indicesOf(name: string, count: number): ReadonlySet<number> {
    const { encoding, strings } = this.place;
    const bytes = this.load(count);
    const offsets = strings.offsetsOf(name);
    const { size } = SYMBOL[encoding.bits];
    const found = new Set<number>();
    if (offsets.size === 0) return found;
    const view = encoding.view(bytes);
    const [only] = offsets.size === 1 ? offsets : [];
    for (let index = 1, at = size; index < count; index++, at += size) {
      const offset = view.u32(at);
      if (only === undefined ? offsets.has(offset) : offset === only) found.add(index);
    }
    return found;
  }

  /** One symbol, read on its own. Index 0 is the null symbol. */
  raw(index: number): RawSymbol {
    const { source, encoding, offset, what } = this.place;
    const { size } = SYMBOL[encoding.bits];
    const bytes = this.#bytes;
    if (bytes !== undefined && (index + 1) * size <= bytes.length)
      return decode(encoding, bytes, index * size, index);
    return decode(encoding, source.read(offset + index * size, size, `${what} ${index}`), 0, index);
  }

  /** One symbol's name, reading only that. */
  name(symbol: RawSymbol): string {
    return this.place.strings.at(symbol.nameOffset, { what: this.place.what, index: symbol.index });
  }

  /** Whether a symbol has a name (given with its NUL), reading no more than the name. */
  isNamed(symbol: RawSymbol, name: Buffer): boolean {
    return this.place.strings.isAt(symbol.nameOffset, name);
  }

  complete(raw: RawSymbol, name = this.name(raw)): ElfSymbol {
    const sectionIndex = raw.sectionIndex === SHN_XINDEX ? this.#extendedIndex(raw.index) : raw.sectionIndex;
    const version = this.place.versionOf?.(raw.index);
    const reserved = raw.sectionIndex >= SHN_LORESERVE && raw.sectionIndex !== SHN_XINDEX;
    return {
      index: raw.index,
      name,
      address: raw.value,
      size: raw.size,
      defined: raw.sectionIndex !== SHN_UNDEF,
      binding: BINDINGS[raw.binding] ?? "other",
      type: TYPES[raw.type] ?? "other",
      absolute: raw.sectionIndex === SHN_ABS,
      version: version?.name,
      versionHidden: version?.hidden ?? false,
      sectionIndex: reserved || sectionIndex === SHN_UNDEF ? undefined : sectionIndex,
      visibility: VISIBILITIES[raw.other & 3] ?? "default",
    };
  }

  /**
   * Symbols 1 to `count` - 1, in one read of the table and one of its strings.
   * @throws FormatError when the table leaves the file or one of the names its string table.
   */
  *each(count: number): Generator<ElfSymbol, void, undefined> {
    if (count <= 1) return;
    const { encoding, strings, what } = this.place;
    const { size } = SYMBOL[encoding.bits];
    const bytes = this.load(count);
    const names = new NameReader(strings, count);
    for (let index = 1; index < count; index++) {
      const raw = decode(encoding, bytes, index * size, index);
      yield this.complete(raw, names.at(raw.nameOffset, { what, index }));
    }
  }

  /** The same, all of them. */
  all(count: number): readonly ElfSymbol[] {
    return [...this.each(count)];
  }

  /** Undefined if the file lacks the table that has it. */
  #extendedIndex(index: number): number | undefined {
    const indices = this.place.extendedIndices?.();
    const at = index * 4;
    return indices === undefined || at + 4 > indices.length
      ? undefined
      : this.place.encoding.u32(indices, at);
  }
}

function decode(encoding: Encoding, bytes: Buffer, at: number, index: number): RawSymbol {
  const layout = SYMBOL[encoding.bits];
  const info = bytes.readUInt8(at + layout.info);
  return {
    index,
    nameOffset: encoding.u32(bytes, at),
    value: encoding.word(bytes, at + layout.value),
    size: encoding.word(bytes, at + layout.length),
    binding: info >> 4,
    type: info & 15,
    other: bytes.readUInt8(at + layout.other),
    sectionIndex: encoding.u16(bytes, at + layout.shndx),
  };
}

/** STB_*. STB_GNU_UNIQUE (10) is global to a loader, with one definition for the whole process. */
const BINDINGS: Readonly<Record<number, ElfSymbol["binding"]>> = {
  0: "local",
  1: "global",
  2: "weak",
  10: "global",
};

/** STT_*. STT_COMMON (5) is an object that the linker has not placed. */
const TYPES: Readonly<Record<number, ElfSymbol["type"]>> = {
  0: "none",
  1: "object",
  2: "function",
  3: "section",
  4: "file",
  5: "object",
  6: "tls",
  10: "ifunc",
};

/** STV_*. */
const VISIBILITIES = ["default", "internal", "hidden", "protected"] as const;

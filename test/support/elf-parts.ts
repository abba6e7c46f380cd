import { gnuBucketCount, gnuHash, gnuHashTable, sysvHashTable, sysvHash } from "./elf-hash-tables.ts";
import type { Basics, ElfSpec, RelocationSpec, Spot, SymbolSpec } from "./elf-spec.ts";
import { numbers, sizeOf, structure } from "./elf-structures.ts";

/** A section on its way into the file: its size is known before its content, which may need the addresses of others. */
export interface Part {
  readonly name: string;
  readonly type: number;
  readonly where: "read-only" | "writable" | "unloaded";
  readonly size: number;
  readonly content: (lookup: Lookup) => Buffer;
  readonly flags?: bigint;
  readonly align?: number;
  readonly link?: string | number | undefined;
  readonly info?: number | undefined;
  readonly entrySize?: number | undefined;
}

/** Where things lie, once sizes are known. */
export interface Lookup {
  readonly address: (spot: Spot | bigint | number) => bigint;
  readonly sectionIndex: (name: string) => number;
}

/** Strings one after another, each once. */
export class StringPool {
  readonly #offsets = new Map<string, number>([["", 0]]);
  readonly #parts: Buffer[] = [Buffer.alloc(1)];
  #length = 1;

  add(text: string): number {
    const known = this.#offsets.get(text);
    if (known !== undefined) return known;
    const offset = this.#length;
    const bytes = Buffer.from(`${text}\0`, "utf8");
    this.#offsets.set(text, offset);
    this.#parts.push(bytes);
    this.#length += bytes.length;
    return offset;
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

interface DynamicOrder {
  readonly symbols: readonly SymbolSpec[];
  readonly firstHashed: number;
}

const orders = new WeakMap<ElfSpec, DynamicOrder>();

/** .dynsym in the order the GNU hash table wants: what it leaves out first, then by bucket. */
export function dynamicOrder(spec: ElfSpec): DynamicOrder {
  const known = orders.get(spec);
  if (known !== undefined) return known;
  const all = spec.dynamicSymbols ?? [];
  const isHashed = (symbol: SymbolSpec): boolean => isDefined(symbol) && symbol.binding !== 0;
  const hashed = all.filter(isHashed);
  const buckets = gnuBucketCount(hashed.length);
  const bucketOf = new Map(hashed.map((symbol) => [symbol, gnuHash(symbol.name) % buckets]));
  const sorted = hashed.toSorted((one, two) => (bucketOf.get(one) ?? 0) - (bucketOf.get(two) ?? 0));
  const rest = all.filter((symbol) => !isHashed(symbol));
  const order = { symbols: [...rest, ...sorted], firstHashed: rest.length + 1 };
  orders.set(spec, order);
  return order;
}

/** A symbol table section and, linked to it, its string table; from section 0xff00 on also .symtab_shndx. */
export function symbolTable(
  basics: Basics,
  symbols: readonly SymbolSpec[],
  strings: StringPool,
  names: {
    readonly table: string;
    readonly strings: string;
    readonly type: number;
    readonly extended?: string;
  },
  where: Part["where"],
): readonly Part[] {
  for (const { name } of symbols) strings.add(name);
  const entry = sizeOf("symbol", basics);
  const parts: Part[] = [
    {
      name: names.table,
      type: names.type,
      where,
      size: (symbols.length + 1) * entry,
      entrySize: entry,
      link: names.strings,
      info: 1 + symbols.filter(({ binding }) => binding === 0).length,
      content: (lookup) =>
        Buffer.concat([
          Buffer.alloc(entry),
          ...symbols.map((symbol) =>
            structure("symbol", basics, {
              st_name: strings.add(symbol.name),
              st_value: symbolValue(symbol, lookup, basics),
              st_size: symbol.size ?? 0,
              st_info: (symbol.binding ?? 1) * 16 + (symbol.type ?? 1),
              st_other: symbol.other ?? 0,
              st_shndx: Math.min(symbolSection(symbol, lookup), 0xffff),
            }),
          ),
        ]),
    },
  ];
  if (names.extended !== undefined) {
    parts.push({
      name: names.extended,
      type: 18,
      where,
      size: (symbols.length + 1) * 4,
      entrySize: 4,
      link: names.table,
      content: (lookup) =>
        numbers(
          [
            0,
            ...symbols.map((symbol) =>
              symbol.sectionIndex === 0xffff && symbol.in !== undefined ? lookup.sectionIndex(symbol.in) : 0,
            ),
          ],
          4,
          basics,
        ),
    });
  }
  return parts;
}

function isDefined(symbol: SymbolSpec): boolean {
  return symbol.in !== undefined || symbol.absolute !== undefined || (symbol.sectionIndex ?? 0) !== 0;
}

function symbolSection(symbol: SymbolSpec, lookup: Lookup): number {
  if (symbol.sectionIndex !== undefined) return symbol.sectionIndex;
  if (symbol.absolute !== undefined) return 0xfff1;
  return symbol.in === undefined ? 0 : lookup.sectionIndex(symbol.in);
}

function symbolValue(symbol: SymbolSpec, lookup: Lookup, { type }: Basics): bigint {
  if (symbol.absolute !== undefined) return BigInt(symbol.absolute);
  if (symbol.in === undefined) return BigInt(symbol.at ?? 0);
  // In a relocatable file a symbol's value is an offset in its section.
  return type === 1 ? BigInt(symbol.at ?? 0) : lookup.address({ in: symbol.in, at: symbol.at ?? 0 });
}

/** The hash tables over .dynsym. */
export function hashParts(spec: ElfSpec, basics: Basics): readonly Part[] {
  const { symbols, firstHashed } = dynamicOrder(spec);
  const names = ["", ...symbols.map(({ name }) => name)];
  const kind = spec.hash ?? "gnu";
  const parts: Part[] = [];
  if (kind === "gnu" || kind === "both") {
    const table = gnuHashTable(names.slice(firstHashed), firstHashed, basics);
    parts.push(fixed(".gnu.hash", 0x6ffffff6, table, ".dynsym"));
  }
  if (kind === "sysv" || kind === "both") {
    const wordSize = basics.machine === 22 && basics.bits === 64 ? 8 : 4;
    parts.push(fixed(".hash", 5, sysvHashTable(names, wordSize, basics), ".dynsym"));
  }
  return parts;
}

/** .gnu.version, .gnu.version_d and .gnu.version_r. */
export function versionParts(spec: ElfSpec, basics: Basics, strings: StringPool): readonly Part[] {
  const needs = spec.versionNeeds ?? [];
  const definitions = spec.versionDefinitions ?? [];
  if (needs.length + definitions.length === 0) return [];
  const indices = new Map<string, number>();
  const definitionBytes = definitions.map(({ name, flags = 0, parents = [] }, place) => {
    const index = (flags & 1) === 1 ? 1 : 2 + place;
    indices.set(name, index);
    const all = [name, ...parents];
    const head = {
      vd_version: 1,
      vd_flags: flags,
      vd_ndx: index,
      vd_cnt: all.length,
      vd_hash: sysvHash(name),
      vd_aux: 20,
    };
    const next = place === definitions.length - 1 ? 0 : 20 + 8 * all.length;
    const aux = all.map((text, at) =>
      structure("verdaux", basics, { vda_name: strings.add(text), vda_next: at === all.length - 1 ? 0 : 8 }),
    );
    return Buffer.concat([structure("verdef", basics, { ...head, vd_next: next }), ...aux]);
  });
  let other = 2 + definitions.length;
  const needBytes = needs.map(({ file, versions }, place) => {
    const next = place === needs.length - 1 ? 0 : 16 + 16 * versions.length;
    const head = {
      vn_version: 1,
      vn_cnt: versions.length,
      vn_file: strings.add(file),
      vn_aux: 16,
      vn_next: next,
    };
    const aux = versions.map(({ name, flags = 0 }, at) => {
      indices.set(name, other);
      const fields = {
        vna_hash: sysvHash(name),
        vna_flags: flags,
        vna_other: other++,
        vna_name: strings.add(name),
      };
      return structure("vernaux", basics, { ...fields, vna_next: at === versions.length - 1 ? 0 : 16 });
    });
    return Buffer.concat([structure("verneed", basics, head), ...aux]);
  });
  const symbols = dynamicOrder(spec).symbols.map((symbol) => {
    const index = symbol.version === undefined ? 1 : (indices.get(symbol.version) ?? Number(symbol.version));
    return index | (symbol.versionHidden === true ? 0x8000 : 0);
  });
  const parts = [fixed(".gnu.version", 0x6fffffff, numbers([0, ...symbols], 2, basics), ".dynsym", 2)];
  if (definitions.length > 0)
    parts.push(fixed(".gnu.version_d", 0x6ffffffd, Buffer.concat(definitionBytes), ".dynstr"));
  if (needs.length > 0) parts.push(fixed(".gnu.version_r", 0x6ffffffe, Buffer.concat(needBytes), ".dynstr"));
  return parts;
}

/** A relocation section; REL keeps its addends in the places themselves. */
export function relocationPart(
  spec: ElfSpec,
  basics: Basics,
  name: string,
  explicit: boolean,
  relocations: readonly RelocationSpec[],
): Part {
  const shape = explicit ? "rela" : "rel";
  const entry = sizeOf(shape, basics);
  const order = dynamicOrder(spec).symbols;
  return {
    name,
    type: explicit ? 4 : 9,
    where: "read-only",
    size: relocations.length * entry,
    entrySize: entry,
    link: ".dynsym",
    content: (lookup) =>
      Buffer.concat(
        relocations.map(({ place, type, symbol, addend = 0 }) => {
          const index =
            symbol === undefined ? 0 : order.findIndex((candidate) => candidate.name === symbol) + 1;
          if (symbol !== undefined && index === 0)
            throw new Error(`the spec has no dynamic symbol ${symbol}`);
          const info =
            basics.bits === 64 ? (BigInt(index) << 32n) | BigInt(type) : BigInt(index * 256 + type);
          const fields = { r_offset: lookup.address(place), r_info: info };
          return structure(
            shape,
            basics,
            explicit ? { ...fields, r_addend: lookup.address(addend) } : fields,
          );
        }),
      ),
  };
}

/** Elf_Nhdr, name and content, padded. */
export function notePart(spec: ElfSpec, basics: Basics): Part {
  const unit = spec.noteAlign ?? 4;
  const padded = (bytes: Buffer, before: number): Buffer =>
    Buffer.concat([bytes, Buffer.alloc((unit - ((before + bytes.length) % unit)) % unit)]);
  const bytes = Buffer.concat(
    (spec.notes ?? []).map(({ name, type, content }) => {
      const owner = Buffer.from(`${name}\0`);
      const body = Buffer.from(content);
      const head = structure("note", basics, { n_namesz: owner.length, n_descsz: body.length, n_type: type });
      return Buffer.concat([head, padded(owner, head.length), padded(body, 0)]);
    }),
  );
  return { ...fixed(".note", 7, bytes), align: unit };
}

/** A read-only section whose bytes are known from the start. */
export function fixed(name: string, type: number, bytes: Buffer, link?: string, entrySize?: number): Part {
  return { name, type, where: "read-only", size: bytes.length, content: () => bytes, link, entrySize };
}

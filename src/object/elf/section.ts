import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";
import type { Section } from "../object-file.ts";
import { SHF_ALLOC, SHF_COMPRESSED, SHT_NOBITS, SHT_STRTAB } from "./constants.ts";
import { decodeSection, exact } from "./elfy-tables.ts";
import type { ElfHeader } from "./header.ts";
import { SECTION_HEADER } from "./layout.ts";
import { NameReader, stringTableAt } from "./string-table.ts";
import type { StringTable } from "./string-table.ts";

/** One section header (gABI 4, "Section Header Table"). Offset and size are not checked against the file. */
export interface ElfSection extends Section {
  /** Place in the section header table, the number symbols and links use. */
  readonly index: number;
  /** sh_type. */
  readonly type: number;
  /** sh_flags. */
  readonly flags: bigint;
  /** sh_link: most often the index of another section. */
  readonly link: number;
  /** sh_info. */
  readonly info: number;
  /** sh_addralign, in bytes; 0 and 1 mean none. */
  readonly alignment: bigint;
  /** sh_entsize, in bytes; 0 where the section is no table. */
  readonly entrySize: bigint;
  readonly offset: bigint;
  readonly size: bigint;
}

/** Where the sections' names stand, each without its NUL, in `bytes`. */
interface SectionNames {
  readonly bytes: Buffer;
  /** One a section. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/**
 * The section header table. All names are checked when it is read; the headers are decoded when they are asked for, since a
 * listing wants two of forty.
 */
export class SectionTable {
  #all: readonly ElfSection[] | undefined;
  /** By where they begin: equal names of many sections take the memory of one. */
  readonly #texts = new Map<number, string>();

  private constructor(
    private readonly header: ElfHeader,
    /** The table as it stands in the file. */
    private readonly bytes: Buffer,
    private readonly names: SectionNames,
  ) {}

  /** @throws FormatError when the names do not lie in their table, or overlap beyond all reason. */
  static read(source: ByteSource, header: ElfHeader): SectionTable {
    const { encoding, sections } = header;
    const size = sections.count * SECTION_HEADER[encoding.bits].size;
    const bytes = source.read(sections.offset, size, "section header table");
    return new SectionTable(header, bytes, readNames(source, header, bytes));
  }

  /** With the null entry 0, so that places in the array are section indices. */
  get all(): readonly ElfSection[] {
    return (this.#all ??= Array.from(this.names.starts, (_, index) => this.#decode(index)));
  }

  /** The sections that bear one of the names, in file order. */
  named(wanted: readonly string[]): readonly ElfSection[] {
    if (this.#all !== undefined) return this.#all.filter(({ name }) => wanted.includes(name));
    const texts = wanted.map((name) => Buffer.from(name, "utf8"));
    const { bytes, starts, ends } = this.names;
    const found: ElfSection[] = [];
    for (let index = 0; index < starts.length; index++) {
      const from = starts[index] ?? 0;
      const to = ends[index] ?? 0;
      for (const text of texts) {
        if (to - from !== text.length || bytes.compare(text, 0, text.length, from, to) !== 0) continue;
        found.push(this.#decode(index));
        break;
      }
    }
    return found;
  }

  #nameOf(index: number): string {
    const { bytes, starts, ends } = this.names;
    const from = starts[index] ?? 0;
    let text = this.#texts.get(from);
    if (text === undefined) this.#texts.set(from, (text = bytes.toString("utf8", from, ends[index])));
    return text;
  }

  #decode(index: number): ElfSection {
    const { encoding } = this.header;
    const layout = SECTION_HEADER[encoding.bits];
    const bytes = this.bytes.subarray(index * layout.size, (index + 1) * layout.size);
    const entry = decodeSection(encoding, bytes);
    const type = encoding.u32(bytes, layout.type);
    const flags = encoding.word(bytes, layout.flags);
    return {
      index,
      name: this.#nameOf(index),
      type,
      flags,
      address: exact(entry.addr, encoding, bytes, layout.addr),
      offset: exact(entry.off, encoding, bytes, layout.offset),
      size: exact(entry.size, encoding, bytes, layout.length),
      link: entry.link,
      info: entry.info,
      alignment: encoding.word(bytes, layout.addralign),
      entrySize: encoding.word(bytes, layout.entsize),
      zeroFill: type === SHT_NOBITS,
      compressed: (flags & SHF_COMPRESSED) !== 0n,
      loaded: (flags & SHF_ALLOC) !== 0n,
    };
  }
}

function readNames(source: ByteSource, header: ElfHeader, bytes: Buffer): SectionNames {
  const { encoding, sections } = header;
  const layout = SECTION_HEADER[encoding.bits];
  const starts = new Uint32Array(sections.count);
  const ends = new Uint32Array(sections.count);
  const table = nameTable(source, header, bytes);
  if (table === undefined) return { bytes: Buffer.alloc(0), starts, ends };
  const headers = encoding.view(bytes);
  for (let index = 0; index < sections.count; index++)
    starts[index] = headers.u32(index * layout.size + layout.name);
  const reader = new NameReader(table, sections.count);
  if (table.size > WHOLE) return gathered(reader, starts);
  const all = table.load();
  starts.forEach((start, index) => {
    ends[index] = start + reader.lengthAt(start, { what: "section", index });
  });
  return { bytes: all, starts, ends };
}

/** The names alone, one behind the other, each once. @param starts where they begin in their table. */
function gathered(reader: NameReader, starts: Uint32Array): SectionNames {
  const known = new Map<number, readonly [from: number, to: number]>();
  const names: Buffer[] = [];
  let size = 0;
  const places = Array.from(starts, (start, index) => {
    let place = known.get(start);
    if (place === undefined) {
      const name = reader.bytesAt(start, { what: "section", index });
      names.push(name);
      known.set(start, (place = [size, (size += name.length)]));
    }
    return place;
  });
  return {
    bytes: Buffer.concat(names),
    starts: Uint32Array.from(places, ([from]) => from),
    ends: Uint32Array.from(places, ([, to]) => to),
  };
}

/** The section name string table; undefined where the file has none (e_shstrndx is SHN_UNDEF). */
function nameTable(source: ByteSource, header: ElfHeader, bytes: Buffer): StringTable | undefined {
  const { encoding, sections, namesIndex } = header;
  if (namesIndex === 0 || sections.count === 0) return undefined;
  const layout = SECTION_HEADER[encoding.bits];
  const type =
    namesIndex < sections.count ? encoding.u32(bytes, namesIndex * layout.size + layout.type) : undefined;
  if (type !== SHT_STRTAB) {
    throw new FormatError({
      what: "section that should hold the section names is no string table",
      offset: source.origin + sections.offset,
      found: `section ${namesIndex} of ${sections.count}${type === undefined ? "" : `, type ${type}`}`,
      expected: "a section of type SHT_STRTAB",
    });
  }
  const at = namesIndex * layout.size;
  return stringTableAt(source, {
    offset: encoding.word(bytes, at + layout.offset),
    size: encoding.word(bytes, at + layout.length),
    what: "section name table",
  });
}

/** A name table up to this length is read at once; of a longer one only the names. */
const WHOLE = 2 ** 16;

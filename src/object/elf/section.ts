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
  /** sh_entsize, in bytes; 0 if the section is not a table. */
  readonly entrySize: bigint;
  readonly offset: bigint;
  readonly size: bigint;
}

/** The section header table. The headers are decoded when they are asked for, since a listing wants two of forty. */
export class SectionTable {
  #all: readonly ElfSection[] | undefined;
  /** sh_name of each. */
  readonly #names: Uint32Array;

  private constructor(
    private readonly header: ElfHeader,
    /** The table as it is in the file. */
    private readonly bytes: Buffer,
    private readonly names: StringTable | undefined,
  ) {
    const { encoding, sections } = header;
    const { size, name } = SECTION_HEADER[encoding.bits];
    const view = encoding.view(bytes);
    this.#names = new Uint32Array(sections.count);
    for (let index = 0; index < sections.count; index++) this.#names[index] = view.u32(index * size + name);
  }

  /** @throws FormatError when the table, or that of the names, is not all inside the file. */
  static read(source: ByteSource, header: ElfHeader): SectionTable {
    const { encoding, sections } = header;
    const size = sections.count * SECTION_HEADER[encoding.bits].size;
    const bytes = source.read(sections.offset, size, "section header table");
    return new SectionTable(header, bytes, nameTable(source, header, bytes));
  }

  /**
   * With the null entry 0, so that places in the array are section indices.
   * @throws FormatError when the names do not lie in their table, or overlap beyond all reason.
   */
  get all(): readonly ElfSection[] {
    return (this.#all ??= this.#readAll());
  }

  /** The sections with one of the names, in file order. */
  named(wanted: readonly string[]): readonly ElfSection[] {
    const { names } = this;
    if (this.#all !== undefined || names === undefined || names.size > WHOLE)
      return this.all.filter(({ name }) => wanted.includes(name));
    const found: ElfSection[] = [];
    for (const name of wanted) {
      for (const at of names.offsetsOf(name)) {
        for (let index = this.#names.indexOf(at); index !== -1; index = this.#names.indexOf(at, index + 1)) {
          found.push(this.#decode(index, name));
        }
      }
    }
    return found.sort((one, other) => one.index - other.index);
  }

  #readAll(): readonly ElfSection[] {
    const { names } = this;
    if (names !== undefined && names.size <= WHOLE) names.load();
    const reader = names && new NameReader(names, this.#names.length);
    // Equal names of many sections take the memory of one.
    const texts = new Map<number, string>();
    return Array.from(this.#names, (at, index) => {
      const text = texts.get(at) ?? reader?.at(at, { what: "section", index }) ?? "";
      texts.set(at, text);
      return this.#decode(index, text);
    });
  }

  #decode(index: number, name: string): ElfSection {
    const { encoding } = this.header;
    const layout = SECTION_HEADER[encoding.bits];
    const bytes = this.bytes.subarray(index * layout.size, (index + 1) * layout.size);
    const entry = decodeSection(encoding, bytes);
    const type = encoding.u32(bytes, layout.type);
    const flags = encoding.word(bytes, layout.flags);
    return {
      index,
      name,
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

/** The section name string table; undefined if the file has none (e_shstrndx is SHN_UNDEF). */
function nameTable(source: ByteSource, header: ElfHeader, bytes: Buffer): StringTable | undefined {
  const { encoding, sections, namesIndex } = header;
  if (namesIndex === 0 || sections.count === 0) return undefined;
  const layout = SECTION_HEADER[encoding.bits];
  const type =
    namesIndex < sections.count ? encoding.u32(bytes, namesIndex * layout.size + layout.type) : undefined;
  if (type !== SHT_STRTAB) {
    throw new FormatError({
      what: "section that should hold the section names is not a string table",
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

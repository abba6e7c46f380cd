import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";
import type { Section } from "../object-file.ts";
import { SHF_ALLOC, SHF_COMPRESSED, SHT_NOBITS, SHT_STRTAB } from "./constants.ts";
import { decodeTables, exact } from "./elfy-tables.ts";
import type { PackedNames } from "./elfy-tables.ts";
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

/** The section header table with its null entry 0, so that places in the array are section indices. */
export function readSections(source: ByteSource, header: ElfHeader): readonly ElfSection[] {
  const { encoding, sections } = header;
  const layout = SECTION_HEADER[encoding.bits];
  const bytes = source.read(sections.offset, sections.count * layout.size, "section header table");
  const names = packNames(source, header, bytes);
  const byElfy = decodeTables(header, { sections: bytes, names }).sections;

  return names.starts.map((start, index) => {
    const at = index * layout.size;
    const entry = byElfy[index];
    const type = encoding.u32(bytes, at + layout.type);
    const flags = encoding.word(bytes, at + layout.flags);
    return {
      index,
      name: entry?.name ?? names.packed.toString("utf8", start, names.packed.indexOf(0, start)),
      type,
      flags,
      address: exact(entry?.addr, () => encoding.word(bytes, at + layout.addr)),
      offset: exact(entry?.off, () => encoding.word(bytes, at + layout.offset)),
      size: exact(entry?.size, () => encoding.word(bytes, at + layout.length)),
      link: entry?.link ?? encoding.u32(bytes, at + layout.link),
      info: entry?.info ?? encoding.u32(bytes, at + layout.info),
      alignment: encoding.word(bytes, at + layout.addralign),
      entrySize: encoding.word(bytes, at + layout.entsize),
      zeroFill: type === SHT_NOBITS,
      compressed: (flags & SHF_COMPRESSED) !== 0n,
      loaded: (flags & SHF_ALLOC) !== 0n,
    };
  });
}

/**
 * Only the names in use, cut out of a table that may be as long as the file (object files keep section and symbol names
 * in one).
 */
function packNames(source: ByteSource, header: ElfHeader, bytes: Buffer): PackedNames {
  const { encoding, sections } = header;
  const layout = SECTION_HEADER[encoding.bits];
  const nul = Buffer.alloc(1);
  const parts: Buffer[] = [nul];
  const table = nameTable(source, header, bytes);
  if (table === undefined) return { packed: nul, starts: new Array<number>(sections.count).fill(0) };
  const reader = new NameReader(table, sections.count);
  const startOf = new Map<number, number>();
  let length = 1;
  const starts = Array.from({ length: sections.count }, (_, index) => {
    const offset = encoding.u32(bytes, index * layout.size + layout.name);
    const known = startOf.get(offset);
    if (known !== undefined) return known;
    const name = reader.bytesAt(offset, { what: "section", index });
    const start = length;
    parts.push(name, nul);
    length += name.length + 1;
    startOf.set(offset, start);
    return start;
  });
  return { packed: Buffer.concat(parts, length), starts };
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
  const names = stringTableAt(source, {
    offset: encoding.word(bytes, at + layout.offset),
    size: encoding.word(bytes, at + layout.length),
    what: "section name table",
  });
  if (names.size <= WHOLE) names.load();
  return names;
}

/** A name table up to this length is read at once; of a longer one only the names. */
const WHOLE = 2 ** 16;

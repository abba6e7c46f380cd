import type { Edit, EditRefusal } from "../edit.ts";
import {
  SHF_ALLOC,
  SHF_COMPRESSED,
  SHN_LORESERVE,
  SHN_XINDEX,
  SHT_NULL,
  SHT_PROGBITS,
  SHT_STRTAB,
} from "./constants.ts";
import {
  hasBytes,
  patched,
  rangeOf,
  type EmbeddableFile,
  type Patch,
  type Range,
} from "./embeddable-file.ts";
import type { ElfHeader } from "./header.ts";
import { FILE_HEADER, SECTION_HEADER } from "./layout.ts";
import type { ElfSection } from "./section.ts";

/** The section header table begins at a multiple of this many bytes, in files of both classes. */
const TABLE_ALIGNMENT = 8;

/** A section that is appended. */
interface Appended {
  readonly name: string;
  readonly payload: Buffer;
}

/** What changes in the file besides. */
interface Besides {
  readonly patches: readonly Patch[];
  /** What it is, for a person. */
  readonly done: string;
}

/**
 * The bytes at the end of the file, then the section names, then the section headers.
 * @param older sections that are not loaded and carried what is now appended: the first is replaced, others are dropped.
 */
export function appending(
  old: EmbeddableFile,
  { name, payload }: Appended,
  older: readonly ElfSection[],
  besides?: Besides,
): Edit | EditRefusal {
  const { header } = old;
  const { bits } = header.encoding;
  const [first, ...others] = older;
  const names = new NameTable(old);
  const headers = new HeaderTable(old.sectionHeaders(), header);
  if (!names.isThere) headers.forgetNames();
  for (const { index } of others) headers.set(index, { type: SHT_NULL });

  const start = endWithoutTail(old, first, names.moved);
  const own = first?.index ?? headers.add();
  const nameAt = first?.name === name && names.isThere ? headers.nameOf(own) : names.add(name);
  const namesIndex = names.moved?.index ?? headers.add();
  const namesNameAt = names.moved === undefined ? names.add(".shstrtab") : headers.nameOf(namesIndex);
  const namesAt = start + payload.length;
  const namesEnd = namesAt + names.length;
  headers.set(own, { name: nameAt, type: SHT_PROGBITS, offset: start, length: payload.length });
  headers.set(namesIndex, { name: namesNameAt, type: SHT_STRTAB, offset: namesAt, length: names.length });

  const headersAt = Math.ceil(namesEnd / TABLE_ALIGNMENT) * TABLE_ALIGNMENT;
  if (bits === 32 && headersAt + headers.bytes.length > 0xffff_ffff) {
    const reason = "it would become longer than the 4 GiB that a 32-bit file can describe";
    return { kind: "refused", reason, next: ["Strip the file first."] };
  }
  const head = fileHeader(header, headers, headersAt, namesIndex);
  return {
    kind: "edit",
    parts: [
      ...patched([{ start: 0, bytes: head }, ...(besides?.patches ?? [])], start),
      { kind: "new", bytes: payload },
      ...(names.kept === undefined ? [] : [{ kind: "kept", ...names.kept } as const]),
      { kind: "new", bytes: Buffer.concat([names.added, Buffer.alloc(headersAt - namesEnd)]) },
      { kind: "new", bytes: headers.bytes },
    ],
    done: besides === undefined ? doneWith(name, first) : `${besides.done}, and ${doneWith(name, first)}`,
  };
}

function doneWith(name: string, first: ElfSection | undefined): string {
  if (first === undefined) return `appended the section ${name}`;
  return first.name === name
    ? `replaced the section ${name}`
    : `replaced the section ${first.name} with ${name}`;
}

/**
 * Where the file ended before an earlier run: if a carrier's bytes, the section names and the section headers are the last things in it,
 * and nothing else is there.
 */
function endWithoutTail(
  old: EmbeddableFile,
  own: ElfSection | undefined,
  names: ElfSection | undefined,
): number {
  const { source, header, sections } = old;
  if (own === undefined || names === undefined || own.zeroFill) return source.size;
  const start = Number(own.offset);
  const { start: namesAt, end: namesEnd } = rangeOf(names);
  const { offset: headersAt, count } = header.sections;
  const isTail =
    namesAt === rangeOf(own).end &&
    headersAt === Math.ceil(namesEnd / TABLE_ALIGNMENT) * TABLE_ALIGNMENT &&
    headersAt + count * SECTION_HEADER[header.encoding.bits].size === source.size;
  const before = [
    ...old.loaded(),
    ...sections.filter((each) => each !== own && each !== names && hasBytes(each)).map(rangeOf),
  ];
  return isTail && before.every(({ end }) => end <= start) ? start : source.size;
}

/** The names of the sections: those of the file, which are kept, and new ones. */
class NameTable {
  /** The bytes of the old table. */
  readonly kept: Range | undefined;
  /** The section that is moved; undefined if there is none, or others read it too: then a new section is made. */
  readonly moved: ElfSection | undefined;
  readonly #added: Buffer[] = [];

  constructor({ header, sections, source }: EmbeddableFile) {
    const section = header.namesIndex === 0 ? undefined : sections[header.namesIndex];
    if (section === undefined || section.size === 0n) {
      this.#added.push(Buffer.alloc(1));
      return;
    }
    this.kept = rangeOf(section);
    // A table that does not end with a NUL would run on into the new names.
    const last = source.read(this.kept.end - 1, 1, "section name table");
    if (last[0] !== 0) this.#added.push(Buffer.alloc(1));
    const isShared = sections.some(({ link, index }) => link === section.index && index !== section.index);
    const isFixed = (section.flags & (SHF_ALLOC | SHF_COMPRESSED)) !== 0n;
    this.moved = isShared || isFixed ? undefined : section;
  }

  /** Whether the file has section names. */
  get isThere(): boolean {
    return this.kept !== undefined;
  }

  /** All of what follows the old table. */
  get added(): Buffer {
    return Buffer.concat(this.#added);
  }

  /** In bytes. */
  get length(): number {
    const kept = this.kept === undefined ? 0 : this.kept.end - this.kept.start;
    return this.#added.reduce((sum, { length }) => sum + length, kept);
  }

  /** @returns its place in the table. */
  add(name: string): number {
    const at = this.length;
    this.#added.push(Buffer.from(`${name}\0`));
    return at;
  }
}

/** The section header table. */
class HeaderTable {
  #bytes: Buffer;

  /** @param bytes as they are in the file; empty if it has none. */
  constructor(
    bytes: Buffer,
    private readonly header: ElfHeader,
  ) {
    this.#bytes = bytes.length === 0 ? Buffer.alloc(this.#size) : Buffer.from(bytes);
  }

  get bytes(): Buffer {
    return this.#bytes;
  }

  get count(): number {
    return this.#bytes.length / this.#size;
  }

  get #size(): number {
    return this.#layout.size;
  }

  get #layout(): (typeof SECTION_HEADER)[32 | 64] {
    return SECTION_HEADER[this.header.encoding.bits];
  }

  /** @returns the index of a new entry. */
  add(): number {
    this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.#size)]);
    return this.count - 1;
  }

  /** sh_name. */
  nameOf(index: number): number {
    return this.header.encoding.u32(this.#bytes, index * this.#size + this.#layout.name);
  }

  /** Without a table of names, sh_name means nothing. */
  forgetNames(): void {
    for (let index = 0; index < this.count; index++)
      this.header.encoding.putU32(this.#bytes, index * this.#size + this.#layout.name, 0);
  }

  /** An entry that is not loaded, of bytes without alignment. */
  set(
    index: number,
    {
      name = 0,
      type,
      offset = 0,
      length = 0,
    }: { name?: number; type: number; offset?: number; length?: number },
  ): void {
    const { encoding } = this.header;
    const layout = this.#layout;
    const at = index * this.#size;
    this.#bytes.fill(0, at, at + this.#size);
    encoding.putU32(this.#bytes, at + layout.name, name);
    encoding.putU32(this.#bytes, at + layout.type, type);
    encoding.putWord(this.#bytes, at + layout.offset, offset);
    encoding.putWord(this.#bytes, at + layout.length, length);
    encoding.putWord(this.#bytes, at + layout.addralign, type === SHT_NULL ? 0 : 1);
  }

  /** Puts numbers that do not fit the ELF header into section header 0 (gABI 4, "ELF Header"). */
  setFirst(count: number, namesIndex: number): void {
    const { encoding } = this.header;
    encoding.putWord(this.#bytes, this.#layout.length, count);
    encoding.putU32(this.#bytes, this.#layout.link, namesIndex);
  }
}

/** The ELF header that leads to the new table. */
function fileHeader(
  { encoding, bytes }: ElfHeader,
  headers: HeaderTable,
  headersAt: number,
  namesIndex: number,
): Buffer {
  const layout = FILE_HEADER[encoding.bits];
  const head = Buffer.from(bytes);
  const { count } = headers;
  const [many, far] = [count >= SHN_LORESERVE, namesIndex >= SHN_LORESERVE];
  headers.setFirst(many ? count : 0, far ? namesIndex : 0);
  encoding.putWord(head, layout.shoff, headersAt);
  encoding.putU16(head, layout.shentsize, SECTION_HEADER[encoding.bits].size);
  encoding.putU16(head, layout.shnum, many ? 0 : count);
  encoding.putU16(head, layout.shstrndx, far ? SHN_XINDEX : namesIndex);
  return head;
}

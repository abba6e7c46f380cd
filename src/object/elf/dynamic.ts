import { FormatError } from "../format-error.ts";
import type { ByteSource } from "../image.ts";
import type { AddressMap, FileRange } from "./address-map.ts";
import { DT_NEEDED, DT_NULL, DT_STRSZ, DT_STRTAB, PT_DYNAMIC } from "./constants.ts";
import type { Encoding } from "./encoding.ts";
import type { ProgramTable } from "./segment.ts";
import { NameReader, StringTable } from "./string-table.ts";

/** Longer dynamic sections are refused; a library with 1,000 dependencies has about as many entries. */
const MOST_ENTRIES = 2 ** 16;
/** Entries read at a time. */
const CHUNK = 256;

/** One entry of the dynamic section: d_tag, and d_val or d_ptr (an unslid virtual address). */
export interface DynamicEntry {
  readonly tag: bigint;
  readonly value: bigint;
}

/** The dynamic section (gABI 5): what a loader is told, whether or not section headers are there. */
export class DynamicTable {
  /** By d_tag, rounded from 2^53 on: the tags that are asked for are small. */
  readonly #values = new Map<number, bigint>();
  readonly #needed: bigint[] = [];
  #strings: StringTable | undefined;

  private constructor(
    private readonly source: ByteSource,
    readonly map: AddressMap,
    /** In file order, without the DT_NULL that ends them. */
    readonly entries: readonly DynamicEntry[],
  ) {
    // Of a tag that stands twice the last counts, as in glibc's elf_get_dynamic_info (elf/get-dynamic-info.h).
    for (const { tag, value } of entries) {
      this.#values.set(Number(tag), value);
      if (tag === DT_NEEDED) this.#needed.push(value);
    }
  }

  /** The table of PT_DYNAMIC, found by its address as a loader does; one without entries if there is no PT_DYNAMIC. */
  static read(source: ByteSource, encoding: Encoding, map: AddressMap, programs: ProgramTable): DynamicTable {
    const [program] = programs.ofType(PT_DYNAMIC);
    const entries =
      program === undefined
        ? []
        : readEntries(encoding, map.range(program.address, program.fileSize, "dynamic section"));
    return new DynamicTable(source, map, entries);
  }

  get(tag: bigint): bigint | undefined {
    return this.#values.get(Number(tag));
  }

  /** The value of a tag, 0 if it is missing: for bit masks. */
  flags(tag: bigint): bigint {
    return this.get(tag) ?? 0n;
  }

  /**
   * A value that another entry makes necessary: DT_RELASZ if there is DT_RELA.
   * @throws FormatError if it is missing.
   */
  require(tag: bigint, name: string): bigint {
    const value = this.get(tag);
    if (value !== undefined) return value;
    throw new FormatError({
      what: "dynamic section lacks an entry",
      offset: this.source.origin,
      expected: name,
    });
  }

  /** DT_STRTAB; an empty table if there is none. */
  get strings(): StringTable {
    return (this.#strings ??= this.#readStrings());
  }

  /** The string that a tag names: DT_SONAME, DT_RUNPATH, DT_RPATH. */
  string(tag: bigint, name: string): string | undefined {
    const offset = this.get(tag);
    return offset === undefined ? undefined : this.strings.at(Number(offset), { what: name, index: 0 });
  }

  /** DT_NEEDED in order. */
  needed(): readonly string[] {
    const reader = new NameReader(this.strings, this.#needed.length);
    return this.#needed.map((offset, index) => reader.at(Number(offset), { what: "needed library", index }));
  }

  #readStrings(): StringTable {
    const what = "dynamic string table";
    const address = this.get(DT_STRTAB);
    if (address === undefined) return new StringTable(this.source, 0, 0, what);
    const { source, offset, size } = this.map.range(address, this.get(DT_STRSZ), what);
    return new StringTable(source, offset, size, what);
  }
}

function readEntries(encoding: Encoding, range: FileRange): readonly DynamicEntry[] {
  const { source } = range;
  const { wordSize } = encoding;
  const entrySize = 2 * wordSize;
  const entries: DynamicEntry[] = [];
  for (let done = 0; done + entrySize <= range.size;) {
    const bytes = source.read(
      range.offset + done,
      Math.min(CHUNK * entrySize, range.size - done),
      range.what,
    );
    const view = encoding.view(bytes);
    for (let at = 0; at + entrySize <= bytes.length; at += entrySize, done += entrySize) {
      const tag = view.word(at);
      if (tag === DT_NULL) return entries;
      entries.push({ tag, value: view.word(at + wordSize) });
    }
    if (entries.length >= MOST_ENTRIES) {
      throw new FormatError({
        what: "dynamic section is too long for this reader",
        offset: source.origin + range.offset,
        expected: `DT_NULL within ${MOST_ENTRIES} entries`,
      });
    }
  }
  return entries;
}

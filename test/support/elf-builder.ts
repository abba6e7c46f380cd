/**
 * Builds ELF files from a description, in the manner of LLVM's yaml2obj, so that a test needs no toolchain and can lie
 * about any field. Numbers are encoded by elf-structures.ts, which shares nothing with the reader under test.
 *
 *     const bytes = buildElf({
 *       sections: [
 *         { name: ".rodata", content: '{"language":"go"}\0' },
 *         { name: ".data", content: Buffer.alloc(16), writable: true },
 *       ],
 *       dynamicSymbols: [{ name: "otel_plugin_manifest", in: ".data", size: 8 }],
 *       pointers: [{ in: ".data", to: { in: ".rodata" }, via: "rela" }],
 *     });
 *
 * Layout: ELF header, program headers, the tables a loader reads, read-only sections; then the writable segment, whose
 * addresses are 0x1000 further from their offsets than those of the first, so that mixing up the two shows; then what
 * is not loaded, and the section headers. `layElf` also tells where everything came to lie. The words of the description
 * are in elf-spec.ts.
 */
import { dynamicParts } from "./elf-dynamic.ts";
import { dynamicOrder, StringPool, symbolTable } from "./elf-parts.ts";
import type { Lookup, Part } from "./elf-parts.ts";
import type { Basics, ElfSpec, Patch, SectionSpec, Spot } from "./elf-spec.ts";
import { putField, putNumber, sizeOf, structure } from "./elf-structures.ts";

export type { ElfSpec, PointerSpec } from "./elf-spec.ts";

/** A built file, and where its parts lie. */
export interface BuiltElf {
  readonly bytes: Buffer;
  readonly address: (spot: Spot) => bigint;
  /** Offset of a spot in the file. */
  readonly offset: (spot: Spot) => number;
  /** Offset of a section's header; by number, of any header from the null section 0 on. */
  readonly headerOffset: (section: string | number) => number;
  /** Number of sections, the null section included. */
  readonly sectionCount: number;
}

export function buildElf(spec: ElfSpec): Buffer {
  return layElf(spec).bytes;
}

export function layElf(spec: ElfSpec): BuiltElf {
  const basics = basicsOf(spec);
  const parts = partsOf(spec, basics);
  const programs = programsOf(spec, parts, basics);
  const start = sizeOf("header", basics) + programs.length * sizeOf("program", basics);
  const layout = place(parts, start, spec.base ?? (basics.type === 1 ? 0 : 0x10000));
  const { lookup, find } = layout;
  const withHeaders = spec.sectionHeaders !== false;
  const headersAt = Math.ceil(layout.end / 8) * 8;
  const sectionCount = parts.length + 1;
  const bytes = Buffer.alloc(withHeaders ? headersAt + sectionCount * sizeOf("section", basics) : layout.end);
  const built: BuiltElf = {
    bytes,
    address: lookup.address,
    offset: (spot) => find(spot.in).offset + (spot.at ?? 0),
    headerOffset: (section) =>
      headersAt +
      (typeof section === "number" ? section : lookup.sectionIndex(section)) * sizeOf("section", basics),
    sectionCount,
  };

  for (const { part, offset } of layout.placed)
    if (part.type !== NOBITS) part.content(lookup).copy(bytes, offset);
  writeInPlace(spec, basics, built);
  fileHeader(
    spec,
    basics,
    programs.length,
    withHeaders ? { count: sectionCount, offset: headersAt } : undefined,
  ).copy(bytes);
  programs.forEach((program, index) => {
    const at = sizeOf("header", basics) + index * sizeOf("program", basics);
    structure("program", basics, program(layout)).copy(bytes, at);
  });
  if (withHeaders) {
    sectionHeaders(spec, basics, layout, programs.length).forEach((header, index) => {
      header.copy(bytes, built.headerOffset(index));
    });
  }
  for (const patch of spec.patch ?? []) apply(patch, spec, basics, built);
  return spec.truncate === undefined ? built : { ...built, bytes: bytes.subarray(0, spec.truncate) };
}

const NOBITS = 8;
const SHIFT = 0x1000;

function basicsOf({ bits = 64, endian = "little", machine, type = 3 }: ElfSpec): Basics {
  return { bits, endian, machine: machine ?? (bits === 64 ? 62 : 3), type };
}

/** All sections in file order. */
function partsOf(spec: ElfSpec, basics: Basics): readonly Part[] {
  const parts = [
    ...dynamicParts(spec, basics),
    ...(spec.sections ?? []).map((section) => userPart(section, basics)),
  ];
  if (spec.symbols !== undefined) {
    const strings = new StringPool();
    const extended = spec.symbols.some(({ sectionIndex }) => sectionIndex === 0xffff);
    const names = {
      table: ".symtab",
      strings: ".strtab",
      type: 2,
      ...(extended && { extended: ".symtab_shndx" }),
    };
    parts.push(...symbolTable(basics, spec.symbols, strings, names, "unloaded"));
    parts.push({
      name: ".strtab",
      type: 3,
      where: "unloaded",
      size: strings.bytes.length,
      content: () => strings.bytes,
    });
  }
  if (spec.sectionHeaders !== false) {
    const { length } = nameTable([...parts.map(({ name }) => name), ".shstrtab"]).bytes;
    const content = (): Buffer => nameTable(sorted.map(({ name }) => name)).bytes;
    parts.push({ name: ".shstrtab", type: 3, where: "unloaded", size: length, content });
  }
  const rank = ({ where, type }: Part): number =>
    where === "read-only" ? 0 : where === "unloaded" ? 3 : type === NOBITS ? 2 : 1;
  const sorted = parts.toSorted((one, two) => rank(one) - rank(two));
  return sorted;
}

function nameTable(names: readonly string[]): StringPool {
  const pool = new StringPool();
  for (const name of names) pool.add(name);
  return pool;
}

function userPart(section: SectionSpec, basics: Basics): Part {
  const content = Buffer.from(section.content ?? "");
  const nobits = section.type === NOBITS || (section.content === undefined && section.size !== undefined);
  const loaded = section.loaded !== false && basics.type !== 1;
  const writable = section.writable === true || nobits;
  return {
    name: section.name,
    type: section.type ?? (nobits ? NOBITS : 1),
    where: !loaded ? "unloaded" : writable ? "writable" : "read-only",
    size: section.size ?? content.length,
    content: () => content,
    flags: BigInt(section.flags ?? 0) | (section.loaded === false ? 0n : writable ? 3n : 2n),
    align: section.align ?? 8,
    link: section.link,
    info: section.info,
    entrySize: section.entrySize,
  };
}

interface Placed {
  readonly part: Part;
  readonly offset: number;
  readonly address: number;
}

interface Layout {
  readonly placed: readonly Placed[];
  readonly find: (name: string) => Placed;
  readonly lookup: Lookup;
  /** End of the last section's content. */
  readonly end: number;
  readonly base: number;
}

function place(parts: readonly Part[], start: number, base: number): Layout {
  let [offset, memory] = [start, 0];
  const placed = parts.map((part) => {
    const align = part.align ?? 8;
    if (part.type === NOBITS && part.where === "writable") {
      memory = Math.ceil(Math.max(memory, offset + base + SHIFT) / align) * align;
      const entry = { part, offset, address: memory };
      memory += part.size;
      return entry;
    }
    offset = Math.ceil(offset / align) * align;
    const shift = part.where === "writable" ? SHIFT : 0;
    const entry = { part, offset, address: part.where === "unloaded" ? 0 : offset + base + shift };
    if (part.type !== NOBITS) offset += part.size;
    return entry;
  });
  const byName = new Map(placed.map((entry) => [entry.part.name, entry]));
  const find = (name: string): Placed => {
    const found = byName.get(name);
    if (found === undefined) throw new Error(`the spec has no section ${name}`);
    return found;
  };
  const indices = new Map(parts.map(({ name }, index) => [name, index + 1]));
  const lookup: Lookup = {
    address: (spot) =>
      typeof spot === "object" ? BigInt(find(spot.in).address + (spot.at ?? 0)) : BigInt(spot),
    sectionIndex: (name) => {
      find(name);
      return indices.get(name) ?? 0;
    },
  };
  return { placed, find, lookup, end: offset, base };
}

type Fields = Readonly<Record<string, number | bigint>>;

/** PT_LOAD, PT_LOAD, PT_DYNAMIC, PT_INTERP and PT_NOTE as far as there is something for them, then the spec's own. */
function programsOf(
  spec: ElfSpec,
  parts: readonly Part[],
  { type }: Basics,
): readonly ((layout: Layout) => Fields)[] {
  const programs: ((layout: Layout) => Fields)[] = [];
  const over =
    (name: string, fields: Fields) =>
    (layout: Layout): Fields => {
      const { part, offset, address } = layout.find(name);
      return {
        p_offset: offset,
        p_vaddr: address,
        p_paddr: address,
        p_filesz: part.size,
        p_memsz: part.size,
        ...fields,
      };
    };
  if (type !== 1) programs.push((layout) => loadFields(layout, "read-only"));
  if (parts.some(({ where }) => where === "writable"))
    programs.push((layout) => loadFields(layout, "writable"));
  const known: readonly (readonly [string, Fields])[] = [
    [".dynamic", { p_type: 2, p_flags: 6, p_align: 8 }],
    [".interp", { p_type: 3, p_flags: 4, p_align: 1 }],
    [".note", { p_type: 4, p_flags: 4, p_align: spec.noteAlign ?? 4 }],
  ];
  for (const [name, fields] of known)
    if (type !== 1 && parts.some((part) => part.name === name)) programs.push(over(name, fields));
  for (const { over: name, fields } of spec.segments ?? [])
    programs.push(name === undefined ? () => fields : over(name, fields));
  return programs;
}

function loadFields({ placed, base }: Layout, where: Part["where"]): Fields {
  const inside = placed.filter(({ part }) => part.where === where);
  const readOnly = where === "read-only";
  const from = readOnly ? 0 : (inside[0]?.offset ?? 0);
  const address = readOnly ? base : (inside[0]?.address ?? 0);
  const fileEnd = inside.reduce(
    (end, { part, offset }) => (part.type === NOBITS ? end : offset + part.size),
    from,
  );
  const memoryEnd = inside.reduce((end, entry) => Math.max(end, entry.address + entry.part.size), address);
  const memory = Math.max(memoryEnd - address, fileEnd - from);
  return {
    p_type: 1,
    p_flags: readOnly ? 5 : 6,
    p_offset: from,
    p_vaddr: address,
    p_paddr: address,
    p_filesz: fileEnd - from,
    p_memsz: memory,
    p_align: SHIFT,
  };
}

function fileHeader(
  spec: ElfSpec,
  basics: Basics,
  programs: number,
  sections: { readonly count: number; readonly offset: number } | undefined,
): Buffer {
  const extended = spec.extendedNumbering === true;
  const size = sizeOf("header", basics);
  const bytes = structure("header", basics, {
    EI_CLASS: basics.bits / 32,
    EI_DATA: basics.endian === "little" ? 1 : 2,
    EI_VERSION: 1,
    EI_OSABI: spec.osAbi ?? 0,
    EI_ABIVERSION: spec.abiVersion ?? 0,
    e_type: basics.type,
    e_machine: basics.machine,
    e_version: 1,
    e_entry: spec.entry ?? 0,
    e_phoff: programs === 0 ? 0 : size,
    e_shoff: sections?.offset ?? 0,
    e_flags: spec.machineFlags ?? 0,
    e_ehsize: size,
    e_phentsize: sizeOf("program", basics),
    e_phnum: extended && programs > 0 ? 0xffff : programs,
    e_shentsize: sections === undefined ? 0 : sizeOf("section", basics),
    e_shnum: extended ? 0 : (sections?.count ?? 0),
    e_shstrndx: sections === undefined ? 0 : extended ? 0xffff : sections.count - 1,
  });
  bytes.write("\x7fELF", "latin1");
  return bytes;
}

function sectionHeaders(spec: ElfSpec, basics: Basics, layout: Layout, programs: number): readonly Buffer[] {
  const names = nameTable(layout.placed.map(({ part }) => part.name));
  const count = layout.placed.length + 1;
  const first =
    spec.extendedNumbering === true ? { sh_size: count, sh_link: count - 1, sh_info: programs } : {};
  const headers = layout.placed.map(({ part, offset, address }) =>
    structure("section", basics, {
      sh_name: names.add(part.name),
      sh_type: part.type,
      sh_flags: part.flags ?? (part.where === "unloaded" ? 0n : part.where === "writable" ? 3n : 2n),
      sh_addr: address,
      sh_offset: offset,
      sh_size: part.size,
      sh_link: typeof part.link === "string" ? layout.lookup.sectionIndex(part.link) : (part.link ?? 0),
      sh_info: part.info ?? 0,
      sh_addralign: part.align ?? 8,
      sh_entsize: part.entrySize ?? 0,
    }),
  );
  return [structure("section", basics, first), ...headers];
}

/** Pointers and addends that stand in the place itself. */
function writeInPlace(spec: ElfSpec, { bits, endian }: Basics, { bytes, offset, address }: BuiltElf): void {
  const put = (place: Spot, value: bigint): void => {
    putNumber(bytes, offset(place), bits / 8, value, endian);
  };
  for (const { via, to, ...place } of spec.pointers ?? []) {
    if (to !== undefined && (via === "plain" || via === "rel" || via === "relr")) put(place, address(to));
  }
  for (const { place, addend } of spec.relocations?.rel ?? []) {
    if (typeof place === "object" && addend !== undefined)
      put(place, typeof addend === "object" ? address(addend) : BigInt(addend));
  }
}

function apply(patch: Patch, spec: ElfSpec, basics: Basics, { bytes, offset, headerOffset }: BuiltElf): void {
  if ("bytes" in patch) {
    bytes.set(patch.bytes, "content" in patch ? offset({ in: patch.content, at: patch.at }) : patch.at);
  } else if ("header" in patch) {
    putField(bytes, 0, "header", basics, patch.header, patch.value);
  } else if ("program" in patch) {
    const at = sizeOf("header", basics) + patch.program * sizeOf("program", basics);
    putField(bytes, at, "program", basics, patch.field, patch.value);
  } else if ("section" in patch) {
    putField(bytes, headerOffset(patch.section), "section", basics, patch.field, patch.value);
  } else if ("dynamic" in patch) {
    putField(
      bytes,
      dynamicEntry(patch.dynamic, basics, { bytes, offset }),
      "dynamic",
      basics,
      "d_val",
      patch.value,
    );
  } else {
    const index = dynamicOrder(spec).symbols.findIndex(({ name }) => name === patch.dynamicSymbol) + 1;
    const at = offset({ in: ".dynsym", at: index * sizeOf("symbol", basics) });
    putField(bytes, at, "symbol", basics, patch.field, patch.value);
  }
}

/** Offset of the first dynamic entry of a tag. */
function dynamicEntry(
  tag: bigint,
  basics: Basics,
  { bytes, offset }: Pick<BuiltElf, "bytes" | "offset">,
): number {
  const size = sizeOf("dynamic", basics);
  const wanted = structure("dynamic", basics, { d_tag: tag }).subarray(0, size / 2);
  for (let at = offset({ in: ".dynamic" }); at < bytes.length; at += size) {
    if (bytes.subarray(at, at + size / 2).equals(wanted)) return at;
  }
  throw new Error(`the dynamic section has no entry ${tag}`);
}

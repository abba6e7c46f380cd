import { fieldsIn, sizeOf, type Encoded, type StructureName } from "../support/elf-structures.ts";
import type { Field } from "./field.ts";

/** Of a longer table only so many entries are changed. */
const MOST_ENTRIES = 48;

/** How the content of a section is divided, by sh_type; what is not in it is changed in words. */
const tables: Readonly<Record<number, readonly [of: string, StructureName]>> = {
  2: ["static symbol", "symbol"],
  4: ["relocation", "rela"],
  6: ["dynamic entry", "dynamic"],
  7: ["note", "note"],
  9: ["relocation", "rel"],
  11: ["dynamic symbol", "symbol"],
};

const words: Readonly<Record<number, readonly [of: string, width: 2 | 4 | 8]>> = {
  5: ["hash table", 4],
  18: ["extended section index", 4],
  19: ["packed relocation", 8],
  0x6ffffff6: ["GNU hash table", 4],
  0x6ffffffd: ["version definition", 4],
  0x6ffffffe: ["version need", 4],
  0x6fffffff: ["symbol version", 2],
};

/** Every number of an ELF file that its headers lead to. Reads without checking: what is outside the file is left out later. */
export function elfFields(bytes: Buffer): readonly Field[] {
  if (bytes.length < 64) return [];
  const encoded: Encoded = {
    bits: bytes[4] === 1 ? 32 : 64,
    endian: bytes[5] === 2 ? "big" : "little",
  };
  const number = (at: number, width: number): number => numberAt(bytes, at, width, encoded);
  const structure = (of: string, name: StructureName, at: number): readonly Field[] =>
    fieldsIn(name, encoded).map(({ at: inside, width }) => ({
      of,
      at: at + inside,
      width,
      endian: encoded.endian,
    }));
  const valueOf = (name: StructureName, at: number, wanted: string): number => {
    const found = fieldsIn(name, encoded).find(({ field }) => field === wanted);
    return found === undefined ? 0 : number(at + found.at, found.width);
  };
  const each = (of: string, name: StructureName, start: number, count: number): readonly Field[] =>
    Array.from({ length: Math.min(count, MOST_ENTRIES) }, (_, index) =>
      structure(of, name, start + index * sizeOf(name, encoded)),
    ).flat();

  const header = (field: string): number => valueOf("header", 0, field);
  const [programsAt, sectionsAt] = [header("e_phoff"), header("e_shoff")];
  const sections = Array.from({ length: Math.min(header("e_shnum"), MOST_ENTRIES) }, (_, index) => {
    const at = sectionsAt + index * sizeOf("section", encoded);
    const [type, offset, size] = ["sh_type", "sh_offset", "sh_size"].map((field) =>
      valueOf("section", at, field),
    );
    return { type: type ?? 0, offset: offset ?? 0, size: size ?? 0 };
  });
  const segments = Array.from({ length: Math.min(header("e_phnum"), MOST_ENTRIES) }, (_, index) => {
    const at = programsAt + index * sizeOf("program", encoded);
    return { type: valueOf("program", at, "p_type"), offset: valueOf("program", at, "p_offset") };
  });
  const dynamic = sections.some(({ type }) => type === 6)
    ? []
    : segments
        .filter(({ type }) => type === 2)
        .map(({ offset }) => each("dynamic entry", "dynamic", offset, 24));
  return [
    ...structure("ELF header", "header", 0),
    ...each("program header", "program", programsAt, header("e_phnum")),
    ...each("section header", "section", sectionsAt, header("e_shnum")),
    ...dynamic.flat(),
    ...sections.flatMap(({ type, offset, size }): readonly Field[] => {
      const table = tables[type];
      if (table !== undefined) {
        const [of, name] = table;
        return each(of, name, offset, Math.floor(size / sizeOf(name, encoded)));
      }
      const [of, width] = words[type] ?? ["content", 4];
      if (type === 8) return [];
      const count = Math.min(Math.floor(size / width), MOST_ENTRIES * 2);
      const own = Array.from({ length: count }, (_, index) => offset + index * width);
      return own.map((at) => ({ of, at, width, endian: encoded.endian }));
    }),
  ];
}

function numberAt(bytes: Buffer, at: number, width: number, { endian }: Encoded): number {
  if (at < 0 || at + width > bytes.length) return 0;
  if (width <= 6) return endian === "little" ? bytes.readUIntLE(at, width) : bytes.readUIntBE(at, width);
  return Number(endian === "little" ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
}

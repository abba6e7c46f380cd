/** Width of a field in bytes; "word" is an address: 4 in 32-bit files, 8 in 64-bit ones. */
type Width = 1 | 2 | 4 | 8 | "word";
type Fields = readonly (readonly [name: string, width: Width])[];

export interface Encoded {
  readonly bits: 32 | 64;
  readonly endian: "little" | "big";
}

/** Structures as System V gABI chapters 4 and 5 print them, in order; those that the classes order differently stand twice. */
const STRUCTURES = {
  header: both([
    ["EI_MAG", 4],
    ["EI_CLASS", 1],
    ["EI_DATA", 1],
    ["EI_VERSION", 1],
    ["EI_OSABI", 1],
    ["EI_ABIVERSION", 1],
    ["EI_PAD", 1],
    ["EI_PAD", 2],
    ["EI_PAD", 4],
    ["e_type", 2],
    ["e_machine", 2],
    ["e_version", 4],
    ["e_entry", "word"],
    ["e_phoff", "word"],
    ["e_shoff", "word"],
    ["e_flags", 4],
    ["e_ehsize", 2],
    ["e_phentsize", 2],
    ["e_phnum", 2],
    ["e_shentsize", 2],
    ["e_shnum", 2],
    ["e_shstrndx", 2],
  ]),
  program: {
    32: [
      ["p_type", 4],
      ["p_offset", "word"],
      ["p_vaddr", "word"],
      ["p_paddr", "word"],
      ["p_filesz", "word"],
      ["p_memsz", "word"],
      ["p_flags", 4],
      ["p_align", "word"],
    ],
    64: [
      ["p_type", 4],
      ["p_flags", 4],
      ["p_offset", "word"],
      ["p_vaddr", "word"],
      ["p_paddr", "word"],
      ["p_filesz", "word"],
      ["p_memsz", "word"],
      ["p_align", "word"],
    ],
  },
  section: both([
    ["sh_name", 4],
    ["sh_type", 4],
    ["sh_flags", "word"],
    ["sh_addr", "word"],
    ["sh_offset", "word"],
    ["sh_size", "word"],
    ["sh_link", 4],
    ["sh_info", 4],
    ["sh_addralign", "word"],
    ["sh_entsize", "word"],
  ]),
  symbol: {
    32: [
      ["st_name", 4],
      ["st_value", "word"],
      ["st_size", "word"],
      ["st_info", 1],
      ["st_other", 1],
      ["st_shndx", 2],
    ],
    64: [
      ["st_name", 4],
      ["st_info", 1],
      ["st_other", 1],
      ["st_shndx", 2],
      ["st_value", "word"],
      ["st_size", "word"],
    ],
  },
  dynamic: both([
    ["d_tag", "word"],
    ["d_val", "word"],
  ]),
  rel: both([
    ["r_offset", "word"],
    ["r_info", "word"],
  ]),
  rela: both([
    ["r_offset", "word"],
    ["r_info", "word"],
    ["r_addend", "word"],
  ]),
  note: both([
    ["n_namesz", 4],
    ["n_descsz", 4],
    ["n_type", 4],
  ]),
  verneed: both([
    ["vn_version", 2],
    ["vn_cnt", 2],
    ["vn_file", 4],
    ["vn_aux", 4],
    ["vn_next", 4],
  ]),
  vernaux: both([
    ["vna_hash", 4],
    ["vna_flags", 2],
    ["vna_other", 2],
    ["vna_name", 4],
    ["vna_next", 4],
  ]),
  verdef: both([
    ["vd_version", 2],
    ["vd_flags", 2],
    ["vd_ndx", 2],
    ["vd_cnt", 2],
    ["vd_hash", 4],
    ["vd_aux", 4],
    ["vd_next", 4],
  ]),
  verdaux: both([
    ["vda_name", 4],
    ["vda_next", 4],
  ]),
} satisfies Record<string, Readonly<Record<32 | 64, Fields>>>;

export type StructureName = keyof typeof STRUCTURES;

function both(fields: Fields): Readonly<Record<32 | 64, Fields>> {
  return { 32: fields, 64: fields };
}

/** The fields of a structure in order, with their offsets in it and their widths in bytes. */
export function fieldsIn(
  name: StructureName,
  { bits }: Encoded,
): readonly { readonly field: string; readonly at: number; readonly width: 1 | 2 | 4 | 8 }[] {
  const fields: Fields = STRUCTURES[name][bits];
  let at = 0;
  return fields.map(([field, width]) => {
    const one = { field, at, width: bytesIn(width, bits) };
    at += one.width;
    return one;
  });
}

/** Bytes in a structure. */
export function sizeOf(name: StructureName, { bits }: Encoded): number {
  const fields: Fields = STRUCTURES[name][bits];
  return fields.reduce((sum, [, width]) => sum + bytesIn(width, bits), 0);
}

/** A structure with the given fields, 0 where none is given. An unknown field is a mistake in the test. */
export function structure(
  name: StructureName,
  encoded: Encoded,
  values: Readonly<Record<string, number | bigint>>,
): Buffer {
  const out = Buffer.alloc(sizeOf(name, encoded));
  for (const [field, value] of Object.entries(values)) putField(out, 0, name, encoded, field, value);
  return out;
}

/** Writes one field of the structure that begins at `start`. */
export function putField(
  out: Buffer,
  start: number,
  name: StructureName,
  encoded: Encoded,
  field: string,
  value: number | bigint,
): void {
  let at = start;
  for (const [candidate, width] of STRUCTURES[name][encoded.bits]) {
    const length = bytesIn(width, encoded.bits);
    if (candidate === field) {
      putNumber(out, at, length, value, encoded.endian);
      return;
    }
    at += length;
  }
  throw new Error(`${name} has no field ${field}`);
}

/** Writes a number of 1, 2, 4 or 8 bytes, negative ones as two's complement. */
export function putNumber(
  out: Buffer,
  at: number,
  length: number,
  value: number | bigint,
  endian: "little" | "big",
): void {
  let rest = BigInt.asUintN(length * 8, BigInt(value));
  for (let index = 0; index < length; index++, rest >>= 8n) {
    out.writeUInt8(Number(rest & 0xffn), endian === "little" ? at + index : at + length - 1 - index);
  }
}

/** Numbers one after another, each of `length` bytes. */
export function numbers(values: readonly (number | bigint)[], length: number, { endian }: Encoded): Buffer {
  const out = Buffer.alloc(values.length * length);
  values.forEach((value, index) => {
    putNumber(out, index * length, length, value, endian);
  });
  return out;
}

function bytesIn(width: Width, bits: 32 | 64): 1 | 2 | 4 | 8 {
  if (width !== "word") return width;
  return bits === 64 ? 8 : 4;
}

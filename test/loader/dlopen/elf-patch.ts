/** Changes fields of finished 64-bit little-endian ELF files (elf.h, Elf64_Ehdr, Elf64_Phdr, Elf64_Dyn). */
const HEADER = {
  EI_CLASS: [4, 1],
  EI_DATA: [5, 1],
  EI_VERSION: [6, 1],
  EI_OSABI: [7, 1],
  EI_ABIVERSION: [8, 1],
  EI_PAD: [9, 1],
  e_type: [16, 2],
  e_machine: [18, 2],
  e_version: [20, 4],
  e_phoff: [32, 8],
  e_shoff: [40, 8],
  e_phentsize: [54, 2],
  e_phnum: [56, 2],
} as const;

const PROGRAM = {
  p_type: [0, 4],
  p_flags: [4, 4],
  p_offset: [8, 8],
  p_vaddr: [16, 8],
  p_filesz: [32, 8],
  p_memsz: [40, 8],
  p_align: [48, 8],
} as const;

export const PT = { LOAD: 1, DYNAMIC: 2, NOTE: 4, TLS: 7, GNU_STACK: 0x6474e551 } as const;

export class ElfPatch {
  constructor(readonly bytes: Buffer) {}

  header(field: keyof typeof HEADER, value: number | bigint): this {
    const [at, size] = HEADER[field];
    return this.#put(at, size, value);
  }

  /** Places of the program headers of one type. */
  programs(type: number): readonly number[] {
    const start = Number(this.bytes.readBigUInt64LE(32));
    return Array.from({ length: this.bytes.readUInt16LE(56) }, (_, index) => start + index * 56).filter(
      (at) => this.bytes.readUInt32LE(at) === type,
    );
  }

  read(at: number, field: keyof typeof PROGRAM): bigint {
    const [offset, size] = PROGRAM[field];
    return size === 8
      ? this.bytes.readBigUInt64LE(at + offset)
      : BigInt(this.bytes.readUInt32LE(at + offset));
  }

  /** A field of every program header of one type. */
  program(
    type: number,
    field: keyof typeof PROGRAM,
    value: number | bigint | ((was: bigint) => bigint),
  ): this {
    for (const at of this.programs(type)) {
      const [offset, size] = PROGRAM[field];
      this.#put(at + offset, size, typeof value === "function" ? value(this.read(at, field)) : value);
    }
    return this;
  }

  /** The value of a dynamic entry. */
  dynamic(tag: bigint, value: bigint | ((was: bigint) => bigint)): this {
    const at = this.entry(tag) + 8;
    return this.#put(at, 8, typeof value === "function" ? value(this.bytes.readBigUInt64LE(at)) : value);
  }

  /** Another tag for a dynamic entry. */
  retag(tag: bigint, other: bigint): this {
    return this.#put(this.entry(tag), 8, other);
  }

  /** Where an entry of the dynamic section stands in the file. */
  entry(tag: bigint): number {
    const [dynamic] = this.programs(PT.DYNAMIC);
    if (dynamic === undefined) throw new Error("no PT_DYNAMIC");
    for (let at = Number(this.read(dynamic, "p_offset")); ; at += 16) {
      const found = this.bytes.readBigUInt64LE(at);
      if (found === tag) return at;
      if (found === 0n) throw new Error(`no dynamic entry ${tag}`);
    }
  }

  /** Offset in the file of what a dynamic entry points to. */
  target(tag: bigint): number {
    const address = this.bytes.readBigUInt64LE(this.entry(tag) + 8);
    for (const at of this.programs(PT.LOAD)) {
      const start = this.read(at, "p_vaddr");
      if (address >= start && address < start + this.read(at, "p_filesz"))
        return Number(this.read(at, "p_offset") + address - start);
    }
    throw new Error(`nothing at ${address}`);
  }

  put(at: number, size: 1 | 2 | 4 | 8, value: number | bigint): this {
    return this.#put(at, size, value);
  }

  /** Replaces a string by one of the same length, wherever it stands. */
  text(was: string, now: string): this {
    if (was.length !== now.length) throw new Error("lengths differ");
    for (let at = this.bytes.indexOf(was); at !== -1; at = this.bytes.indexOf(was, at + 1))
      this.bytes.write(now, at, "latin1");
    return this;
  }

  #put(at: number, size: number, value: number | bigint): this {
    let rest = BigInt.asUintN(64, BigInt(value));
    for (let index = 0; index < size; index++, rest >>= 8n) this.bytes[at + index] = Number(rest & 0xffn);
    return this;
  }
}

/** The SysV hash of a version's name (gABI 5, "Hash Table"). */
export function sysvHash(name: string): number {
  let hash = 0;
  for (const byte of Buffer.from(name)) {
    hash = (hash << 4) + byte;
    const high = hash & 0xf0000000;
    if (high !== 0) hash ^= high >>> 24;
    hash &= ~high;
  }
  return hash >>> 0;
}

/**
 * Where the fields of the three header structures lie, by class (gABI 4 "ELF Header" and "Section Header Table", gABI 5
 * "Program Header"). The two classes differ in order as well as in width: p_flags moves.
 */

/** Elf32_Ehdr, Elf64_Ehdr; the fields before e_entry are the same in both. */
export const FILE_HEADER = {
  32: {
    size: 52,
    entry: 24,
    phoff: 28,
    shoff: 32,
    flags: 36,
    phentsize: 42,
    phnum: 44,
    shentsize: 46,
    shnum: 48,
    shstrndx: 50,
  },
  64: {
    size: 64,
    entry: 24,
    phoff: 32,
    shoff: 40,
    flags: 48,
    phentsize: 54,
    phnum: 56,
    shentsize: 58,
    shnum: 60,
    shstrndx: 62,
  },
} as const;

/** Elf32_Phdr, Elf64_Phdr. */
export const PROGRAM_HEADER = {
  32: { size: 32, type: 0, offset: 4, vaddr: 8, filesz: 16, memsz: 20, flags: 24, align: 28 },
  64: { size: 56, type: 0, flags: 4, offset: 8, vaddr: 16, filesz: 32, memsz: 40, align: 48 },
} as const;

/** Elf32_Shdr, Elf64_Shdr. */
export const SECTION_HEADER = {
  32: {
    size: 40,
    name: 0,
    type: 4,
    flags: 8,
    addr: 12,
    offset: 16,
    length: 20,
    link: 24,
    info: 28,
    addralign: 32,
    entsize: 36,
  },
  64: {
    size: 64,
    name: 0,
    type: 4,
    flags: 8,
    addr: 16,
    offset: 24,
    length: 32,
    link: 40,
    info: 44,
    addralign: 48,
    entsize: 56,
  },
} as const;

/** Elf32_Sym: st_name, st_value, st_size, st_info, st_other, st_shndx. Elf64_Sym moves value and size to the end. */
export const SYMBOL = {
  32: { size: 16, value: 4, length: 8, info: 12, other: 13, shndx: 14 },
  64: { size: 24, value: 8, length: 16, info: 4, other: 5, shndx: 6 },
} as const;

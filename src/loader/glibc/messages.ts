/**
 * What dlerror() gives of glibc (elf/dl-load.c, dl-version.c, dl-lookup.c, dl-reloc.c; put together in dlfcn/dlerror.c):
 * the object, a colon, the text and, where a system call failed, what errno stands for.
 */
export function glibcMessage(object: string, text: string, errno?: string): string {
  return `${object}: ${text}${errno === undefined ? "" : `: ${errno}`}`;
}

/** strerror of glibc. */
export const ERRNO = {
  missing: "No such file or directory",
  denied: "Permission denied",
  folder: "Is a directory",
  invalid: "Invalid argument",
} as const;

export const GLIBC = {
  cannotOpen: "cannot open shared object file",
  cannotRead: "cannot read file data",
  tooShort: "file too short",
  magic: "invalid ELF header",
  wrongClass: (other: 32 | 64) => `wrong ELF class: ELFCLASS${other}`,
  byteOrder: (own: "little" | "big") => `ELF file data encoding not ${own}-endian`,
  identVersion: "ELF file version ident does not match current one",
  osAbi: "ELF file OS ABI invalid",
  abiVersion: "ELF file ABI version invalid",
  padding: "nonzero padding in e_ident",
  version: "ELF file version does not match current one",
  fileType: "only ET_DYN and ET_EXEC can be loaded",
  programSize: "ELF file's phentsize not the expected size",
  unaligned: "ELF load command address/offset not page-aligned",
  /** Before 2.35. */
  alignment: "ELF load command alignment not page-aligned",
  improper: "ELF load command address/offset not properly aligned",
  noSegments: "object file has no loadable segments",
  executable: "cannot dynamically load executable",
  noDynamic: "object file has no dynamic section",
  cannotMap: "failed to map segment from shared object",
  pie: "cannot dynamically load position-independent executable",
  noOpen: "shared object cannot be dlopen()ed",
  executableStack: "cannot enable executable stack as shared object requires",
  versionMissing: (version: string, by: string) => `version \`${version}' not found (required by ${by})`,
  versionRevision: (revision: number) => `unsupported version ${revision} of Verneed record`,
  relr: "DT_RELR without GLIBC_ABI_DT_RELR dependency",
  isa: "CPU ISA level is lower than required",
  undefinedSymbol: (name: string, version: string | undefined) =>
    `undefined symbol: ${name}${version === undefined ? "" : `, version ${version}`}`,
  staticTls: "cannot allocate memory in static TLS block",
  /** Of two digits at the least: dl-reloc.c, _dl_reloc_bad_type. */
  relocation: (type: number) =>
    `unexpected reloc type 0x${type > 0xff ? type.toString(16).padStart(8, "0") : type.toString(16).padStart(2, "0")}`,
} as const;

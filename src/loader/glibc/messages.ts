import type { MessageForm } from "../message-form.ts";

/**
 * The message that dlerror() returns: the file, a colon, the text. If a system call failed, the text ends with what errno means
 * (glibc: dlfcn/dlerror.c, elf/dl-exception.c).
 */
export function glibcMessage(object: string, text: string): string {
  return `${object}: ${text}`;
}

/** What errno means, after the text (string/strerror.c). */
export const GLIBC_ERRNO = {
  missing: "No such file or directory",
  notAFolder: "Not a directory",
  tooLong: "File name too long",
  loop: "Too many levels of symbolic links",
} as const;

const path = "path";

/**
 * What glibc's loader prints (elf/dl-load.c, dl-version.c, dl-lookup.c, dl-reloc.c, dl-tls.c), without the file that comes before it.
 * Longer texts come before their beginnings.
 */
export const GLIBC = {
  /** gcc's and LLVM's AddressSanitizer, before it ends the process (compiler-rt: lib/asan/asan_linux.cpp, asan_report.cpp). */
  lateSanitizer: {
    check: "sanitizer",
    words: "ASan runtime does not come first in initial library list",
    outcome: "crash",
  },
  odrViolation: { check: "sanitizer", words: "AddressSanitizer: odr-violation", outcome: "crash" },

  tooShort: { before: path, check: "too-short", words: "file too short" },
  magic: { before: path, check: "magic", words: "invalid ELF header" },
  folder: { before: path, check: "not-a-file", words: "cannot read file data: Is a directory" },
  cannotSeek: { before: path, check: "program-headers", words: "cannot read file data: Invalid argument" },
  /** Any other errno: of the system, and not of the file. */
  cannotReadSystem: { before: path, check: "system-call", words: "cannot read file data: {reason}" },
  cannotRead: { before: path, check: "program-headers", words: "cannot read file data" },
  wrongClass: { before: path, check: "class", words: "wrong ELF class: {class}", subject: "class" },
  byteOrder: { before: path, check: "byte-order", words: "ELF file data encoding not {order}-endian" },
  identVersion: {
    before: path,
    check: "header-version",
    words: "ELF file version ident does not match current one",
  },
  version: { before: path, check: "header-version", words: "ELF file version does not match current one" },
  osAbi: { before: path, check: "os-abi", words: "ELF file OS ABI invalid" },
  abiVersion: { before: path, check: "abi-version", words: "ELF file ABI version invalid" },
  padding: { before: path, check: "header-padding", words: "nonzero padding in e_ident" },
  fileType: { before: path, check: "file-type", words: "only ET_DYN and ET_EXEC can be loaded" },
  programSize: {
    before: path,
    check: "program-headers",
    words: "ELF file's phentsize not the expected size",
  },
  unaligned: {
    before: path,
    check: "page-alignment",
    words: "ELF load command address/offset not page-aligned",
  },
  /** Before 2.35. */
  alignment: {
    before: path,
    check: "page-alignment",
    words: "ELF load command alignment not page-aligned",
  },
  improper: {
    before: path,
    check: "page-alignment",
    words: "ELF load command address/offset not properly aligned",
  },
  noSegments: { before: path, check: "no-segments", words: "object file has no loadable segments" },
  pie: {
    before: path,
    check: "executable",
    words: "cannot dynamically load position-independent executable",
  },
  executable: { before: path, check: "executable", words: "cannot dynamically load executable" },
  noDynamic: { before: path, check: "no-dynamic-section", words: "object file has no dynamic section" },
  zeroFill: { before: path, check: "out-of-memory", words: "cannot map zero-fill pages" },
  descriptor: { before: path, check: "out-of-memory", words: "cannot create shared object descriptor" },
  headerMemory: {
    before: path,
    check: "out-of-memory",
    words: "cannot allocate memory for program header",
  },
  versionMemory: { before: path, check: "out-of-memory", words: "cannot allocate version reference table" },
  cannotStat: {
    before: path,
    check: "system-call",
    words: "cannot stat shared object",
    suffix: ": {reason}",
  },
  cannotMap: { before: path, check: "segment-mapping", words: "failed to map segment from shared object" },
  noOpen: { before: path, check: "no-dlopen", words: "shared object cannot be dlopen()ed" },
  executableStack: {
    before: path,
    check: "executable-stack",
    words: "cannot enable executable stack as shared object requires",
    suffix: ": {reason}",
  },
  isa: { before: path, check: "isa-level", words: "CPU ISA level is lower than required" },

  /** Also printed for a file for another machine, which glibc skips as if it did not exist: explain/parse.ts tells them apart. */
  missing: {
    before: "library",
    check: "missing-library",
    words: "cannot open shared object file: No such file or directory",
  },
  denied: {
    before: path,
    check: "no-permission",
    words: "cannot open shared object file: Permission denied",
  },
  /** Any other errno: of the system, and not of the file. */
  cannotOpen: { before: path, check: "system-call", words: "cannot open shared object file: {reason}" },
  /** Without the meaning of errno if no folder was searched at all (DF_1_NODEFLIB). */
  nowhere: { before: "library", check: "missing-library", words: "cannot open shared object file" },

  versionMissing: {
    before: "definer",
    check: "symbol-version",
    words: "version `{version}' not found (required by {path})",
    subject: "version",
  },
  versionRevision: {
    before: path,
    check: "symbol-version",
    words: "unsupported version {revision} of Verneed record",
  },
  definitionRevision: {
    before: path,
    check: "symbol-version",
    words: "unsupported version {revision} of Verdef record",
  },
  /** Until 2.29; later glibc says "undefined symbol" of it (elf/dl-lookup.c, _dl_lookup_symbol_x). */
  linkTime: {
    before: path,
    check: "undefined-symbol",
    words: "symbol {symbol}, version {version} not defined in file {definer} with link time reference",
    suffix: " (no version symbols)",
    subject: "symbol",
  },
  relr: { before: path, check: "relr-without-marker", words: "DT_RELR without GLIBC_ABI_DT_RELR dependency" },
  undefinedVersion: {
    before: path,
    check: "undefined-symbol",
    words: "undefined symbol: {symbol}, version {version}",
    subject: "symbol",
  },
  undefinedSymbol: {
    before: path,
    check: "undefined-symbol",
    words: "undefined symbol: {symbol}",
    subject: "symbol",
  },
  staticTls: { before: path, check: "static-tls", words: "cannot allocate memory in static TLS block" },
  relocation: {
    before: path,
    check: "relocation-type",
    words: "unexpected reloc type {type}",
    subject: "relocation-type",
  },
  pltRelocation: {
    before: path,
    check: "relocation-type",
    words: "unexpected PLT reloc type {type}",
    subject: "relocation-type",
  },
  /** elf/dl-reloc.c, _dl_protect_relro and _dl_relocate_object. */
  protection: {
    before: path,
    check: "memory-protection",
    words: "cannot apply additional memory protection after relocation",
    suffix: ": {reason}",
  },
  writable: {
    before: path,
    check: "memory-protection",
    words: "cannot make segment writable for relocation",
    suffix: ": {reason}",
  },
  restored: {
    before: path,
    check: "memory-protection",
    words: "cannot restore segment prot after reloc",
    suffix: ": {reason}",
  },
  /** Until 2.41 (elf/dl-load.c, _dl_map_object_from_fd). */
  changed: {
    before: path,
    check: "memory-protection",
    words: "cannot change memory protections",
    suffix: ": {reason}",
  },
  /** sysdeps/aarch64/dl-bti.c, bti_failed. */
  branchTargets: { before: path, check: "memory-protection", words: "failed to turn on BTI protection" },
  /** elf/dl-open.c, _dl_open. */
  mode: { before: path, check: "host-call", words: "invalid mode for dlopen()" },

  /** elf/dl-version.c, _dl_check_map_versions; elf/dl-lookup.c, check_match. */
  lostVersions: {
    check: "lost-versions",
    words: "Inconsistency detected by ld.so: {any} failed!",
    outcome: "crash",
    with: /_dl_check_map_versions|check_match/,
  },
  /** elf/get-dynamic-info.h, elf_get_dynamic_info. */
  otherRelocations: {
    check: "relocation-type",
    words:
      "Inconsistency detected by ld.so: get-dynamic-info.h: {count}: elf_get_dynamic_info: Assertion `info[DT_PLTREL]",
    suffix: "->d_un.d_val == DT_RELA' failed!",
    outcome: "crash",
  },
  /** Any other assertion of the loader (elf/dl-minimal.c, __assert_fail). */
  assertion: {
    check: "loader-assertion",
    words: "Inconsistency detected by ld.so",
    suffix: ": {any}!",
    outcome: "crash",
  },
  /** What shells print when a process died of SIGBUS. */
  busError: { check: "truncated", words: "Bus error", outcome: "crash", weak: true },
} as const satisfies Readonly<Record<string, MessageForm>>;

/** At least two digits: elf/dl-reloc.c, _dl_reloc_bad_type. */
export function relocationTypeText(type: number): string {
  return `0x${type.toString(16).padStart(type > 0xff ? 8 : 2, "0")}`;
}

/**
 * What ld.so puts before the file if nothing called dlopen: the process that it starts, or that calls a function for the first time,
 * then ends (elf/dl-catch.c, fatal_error, elf/dl-lookup.c, elf/dl-version.c, 2.17 to 2.42).
 */
export const GLIBC_FATAL = [
  "symbol lookup error",
  "relocation error",
  "version lookup error",
  "error while loading shared libraries",
] as const;

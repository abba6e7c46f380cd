import { compiled, type Form } from "./form.ts";

const inFile = { before: "path" } as const;

/** What gcc's and LLVM's AddressSanitizer prints before it ends the process (compiler-rt: lib/asan/asan_linux.cpp, asan_report.cpp). */
const sanitizerForms: readonly Form[] = [
  {
    check: "sanitizer",
    words: "ASan runtime does not come first in initial library list",
    outcome: "crash",
  },
  { check: "sanitizer", words: "AddressSanitizer: odr-violation", outcome: "crash" },
];

/** Refused before anything is mapped: the file's header (glibc elf/dl-load.c, open_verify and _dl_map_object_from_fd). */
const headerForms: readonly Form[] = [
  { ...inFile, check: "magic", words: "invalid ELF header" },
  { ...inFile, check: "too-short", words: "file too short" },
  { ...inFile, check: "not-a-file", words: "cannot read file data: Is a directory" },
  { ...inFile, check: "program-headers", words: "cannot read file data" },
  { ...inFile, check: "class", words: "wrong ELF class: {class}", subject: "class" },
  { ...inFile, check: "byte-order", words: "ELF file data encoding not little-endian" },
  { ...inFile, check: "byte-order", words: "ELF file data encoding not big-endian" },
  { ...inFile, check: "header-version", words: "ELF file version ident does not match current one" },
  { ...inFile, check: "header-version", words: "ELF file version does not match current one" },
  { ...inFile, check: "header-padding", words: "nonzero padding in e_ident" },
  { ...inFile, check: "os-abi", words: "ELF file OS ABI invalid" },
  { ...inFile, check: "abi-version", words: "ELF file ABI version invalid" },
  { ...inFile, check: "file-type", words: "only ET_DYN and ET_EXEC can be loaded" },
  {
    ...inFile,
    check: "executable",
    words: "cannot dynamically load position-independent executable",
  },
  { ...inFile, check: "executable", words: "cannot dynamically load executable" },
  { ...inFile, check: "program-headers", words: "ELF file's phentsize not the expected size" },
  { ...inFile, check: "no-segments", words: "object file has no loadable segments" },
  { ...inFile, check: "no-dynamic-section", words: "object file has no dynamic section" },
  { ...inFile, check: "page-alignment", words: "ELF load command address/offset not page-aligned" },
  { ...inFile, check: "page-alignment", words: "ELF load command address/offset not properly aligned" },
  { ...inFile, check: "page-alignment", words: "ELF load command alignment not page-aligned" },
  { ...inFile, check: "no-dlopen", words: "shared object cannot be dlopen()ed" },
  { ...inFile, check: "isa-level", words: "CPU ISA level is lower than required" },
  { ...inFile, check: "segment-mapping", words: "failed to map segment from shared object" },
];

/** Refused for what the file needs (elf/dl-load.c, dl-version.c, dl-lookup.c, dl-reloc.c). */
const needForms: readonly Form[] = [
  // Also said of a file for another machine: glibc takes it for one that is not there. named-file.ts tells them apart.
  {
    before: "library",
    check: "missing-library",
    words: "cannot open shared object file: No such file or directory",
  },
  { ...inFile, check: "no-permission", words: "cannot open shared object file: Permission denied" },
  {
    before: "definer",
    check: "symbol-version",
    words: "version {quote}{version}{quote} not found (required by {path})",
    subject: "version",
  },
  {
    ...inFile,
    check: "undefined-symbol",
    words: "undefined symbol: {symbol}, version {version}",
    subject: "symbol",
  },
  { ...inFile, check: "undefined-symbol", words: "undefined symbol: {symbol}", subject: "symbol" },
  { ...inFile, check: "static-tls", words: "cannot allocate memory in static TLS block" },
  {
    ...inFile,
    check: "executable-stack",
    words: "cannot enable executable stack as shared object requires: {reason}",
  },
  { ...inFile, check: "executable-stack", words: "cannot enable executable stack as shared object requires" },
  { ...inFile, check: "relr-without-marker", words: "DT_RELR without GLIBC_ABI_DT_RELR dependency" },
  {
    ...inFile,
    check: "relocation-type",
    words: "unexpected reloc type {type}",
    subject: "relocation-type",
  },
  { check: "lost-versions", words: "Inconsistency detected by ld.so: {any} failed!", outcome: "crash" },
  // What shells say of a process that died so.
  { check: "truncated", words: "Bus error", outcome: "crash", weak: true },
];

export const glibcForms = compiled("glibc", [...sanitizerForms, ...headerForms, ...needForms]);

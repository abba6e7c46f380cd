/**
 * Numbers of the Mach-O format, as mach-o/loader.h has them unless another header is named. What belongs together is one table; the
 * numbers that stand alone are named as in the header.
 */

/** mach_header.magic, of 32 and of 64 bits; MH_CIGAM of a file in the other byte order. */
export const MH_MAGIC = 0xfeed_face;
export const MH_MAGIC_64 = 0xfeed_facf;
export const MH_CIGAM = 0xcefa_edfe;
export const MH_CIGAM_64 = 0xcffa_edfe;

/** fat_header.magic (mach-o/fat.h), with entries of 32 and of 64 bits. */
export const FAT_MAGIC = 0xcafe_babe;
export const FAT_MAGIC_64 = 0xcafe_babf;

/** mach_header.filetype. */
export const fileTypes = { object: 1, execute: 2, core: 4, dylib: 6, bundle: 8, kext: 11 } as const;

/** mach_header.flags: relocations count from the first writable segment. */
export const MH_SPLIT_SEGS = 0x20;
/** mach_header.flags: it must not be opened by dlopen (dyld, mach_o/UnsafeHeader.h). */
export const MH_NO_DYNAMIC_ACCESS = 0x400;

/**
 * CPU types and subtypes as the kernel numbers them (mach/machine.h: CPU_TYPE_*, CPU_SUBTYPE_*). The bit 0x01000000
 * is CPU_ARCH_ABI64, 0x02000000 CPU_ARCH_ABI64_32.
 */
export const cpuTypes = {
  i386: 0x7,
  x86_64: 0x0100_0007,
  arm: 0xc,
  arm64: 0x0100_000c,
  arm64_32: 0x0200_000c,
  ppc: 0x12,
  ppc64: 0x0100_0012,
} as const;

/** The top byte of a subtype holds capabilities (CPU_SUBTYPE_LIB64, pointer authentication ABI), not a model. */
export const CPU_SUBTYPE_MASK = 0xff00_0000;

/** The models that have a name of their own here. */
export const cpuSubtypes = { x86_64: 3, x86_64h: 8, arm64e: 2 } as const;

/** Commands that dyld must understand to run the image carry this bit (mach-o/loader.h). */
export const LC_REQ_DYLD = 0x8000_0000;

/** load_command.cmd, under the header's own names, which messages show. */
export const loadCommandKinds = {
  LC_SEGMENT: 0x1,
  LC_SYMTAB: 0x2,
  LC_DYSYMTAB: 0xb,
  LC_LOAD_DYLIB: 0xc,
  LC_ID_DYLIB: 0xd,
  LC_LOAD_WEAK_DYLIB: 0x18 + LC_REQ_DYLD,
  LC_SEGMENT_64: 0x19,
  LC_UUID: 0x1b,
  LC_RPATH: 0x1c + LC_REQ_DYLD,
  LC_CODE_SIGNATURE: 0x1d,
  LC_REEXPORT_DYLIB: 0x1f + LC_REQ_DYLD,
  LC_LAZY_LOAD_DYLIB: 0x20,
  LC_DYLD_INFO: 0x22,
  LC_DYLD_INFO_ONLY: 0x22 + LC_REQ_DYLD,
  LC_LOAD_UPWARD_DYLIB: 0x23 + LC_REQ_DYLD,
  LC_VERSION_MIN_MACOSX: 0x24,
  LC_VERSION_MIN_IPHONEOS: 0x25,
  LC_VERSION_MIN_TVOS: 0x2f,
  LC_VERSION_MIN_WATCHOS: 0x30,
  LC_BUILD_VERSION: 0x32,
  LC_DYLD_EXPORTS_TRIE: 0x33 + LC_REQ_DYLD,
  LC_DYLD_CHAINED_FIXUPS: 0x34 + LC_REQ_DYLD,
  // Those from here on are named and passed over.
  LC_SYMSEG: 0x3,
  LC_THREAD: 0x4,
  LC_UNIXTHREAD: 0x5,
  LC_LOADFVMLIB: 0x6,
  LC_IDFVMLIB: 0x7,
  LC_IDENT: 0x8,
  LC_FVMFILE: 0x9,
  LC_PREPAGE: 0xa,
  LC_LOAD_DYLINKER: 0xe,
  LC_ID_DYLINKER: 0xf,
  LC_PREBOUND_DYLIB: 0x10,
  LC_ROUTINES: 0x11,
  LC_SUB_FRAMEWORK: 0x12,
  LC_SUB_UMBRELLA: 0x13,
  LC_SUB_CLIENT: 0x14,
  LC_SUB_LIBRARY: 0x15,
  LC_TWOLEVEL_HINTS: 0x16,
  LC_PREBIND_CKSUM: 0x17,
  LC_ROUTINES_64: 0x1a,
  LC_SEGMENT_SPLIT_INFO: 0x1e,
  LC_ENCRYPTION_INFO: 0x21,
  LC_FUNCTION_STARTS: 0x26,
  LC_DYLD_ENVIRONMENT: 0x27,
  LC_MAIN: 0x28 + LC_REQ_DYLD,
  LC_DATA_IN_CODE: 0x29,
  LC_SOURCE_VERSION: 0x2a,
  LC_DYLIB_CODE_SIGN_DRS: 0x2b,
  LC_ENCRYPTION_INFO_64: 0x2c,
  LC_LINKER_OPTION: 0x2d,
  LC_LINKER_OPTIMIZATION_HINT: 0x2e,
  LC_NOTE: 0x31,
  LC_FILESET_ENTRY: 0x35 + LC_REQ_DYLD,
  LC_ATOM_INFO: 0x36,
  LC_FUNCTION_VARIANTS: 0x37,
  LC_FUNCTION_VARIANT_FIXUPS: 0x38,
  LC_TARGET_TRIPLE: 0x39,
} as const;

/** segment_command.initprot and maxprot (mach/vm_prot.h, VM_PROT_*). */
export const protections = { read: 1, write: 2, execute: 4 } as const;

/** segment_command.flags: read-only after fixups. */
export const SG_READ_ONLY = 0x10;

/** section.flags: the type in the low byte, attributes above it. */
export const SECTION_TYPE = 0xff;

/** section.flags & SECTION_TYPE. */
export const sectionTypes = {
  zeroFill: 0x1,
  nonLazySymbolPointers: 0x6,
  lazySymbolPointers: 0x7,
  bigZeroFill: 0xc,
  threadLocalRegular: 0x11,
  threadLocalZeroFill: 0x12,
  threadLocalVariables: 0x13,
} as const;

/** S_ATTR_PURE_INSTRUCTIONS | S_ATTR_SOME_INSTRUCTIONS. */
export const S_ATTR_INSTRUCTIONS = 0x8000_0400;

/** PLATFORM_* of build_version_command. */
export const platforms = {
  macOS: 1,
  iOS: 2,
  tvOS: 3,
  watchOS: 4,
  bridgeOS: 5,
  catalyst: 6,
  iOSSimulator: 7,
  tvOSSimulator: 8,
  watchOSSimulator: 9,
  driverKit: 10,
  visionOS: 11,
  visionOSSimulator: 12,
  firmware: 13,
  sepOS: 14,
} as const;

/** In place of a timestamp it tells struct dylib_use_command from dylib_command. */
export const DYLIB_USE_MARKER = 0x1a74_1800;

/** dylib_use_command.flags, DYLIB_USE_*. */
export const dylibUses = { weak: 0x1, reexport: 0x2, upward: 0x4, lazy: 0x8 } as const;

/** n_type (nlist.h): N_STAB, N_PEXT, N_TYPE, N_EXT. */
export const symbolTypeMasks = { debug: 0xe0, privateExternal: 0x10, type: 0x0e, external: 0x01 } as const;

/** n_type & N_TYPE. */
export const symbolTypes = {
  undefined: 0x0,
  absolute: 0x2,
  indirect: 0xa,
  preboundUndefined: 0xc,
  section: 0xe,
};

/** n_desc: of a defined, of an undefined symbol. */
export const N_WEAK_DEF = 0x80;
export const N_WEAK_REF = 0x40;

/** In the indirect symbol table, in place of a symbol's number. */
export const INDIRECT_SYMBOL_LOCAL = 0x8000_0000;
export const INDIRECT_SYMBOL_ABS = 0x4000_0000;

/** relocation_info (mach-o/reloc.h): the bit that marks a scattered_relocation_info. */
export const R_SCATTERED = 0x8000_0000;
/** r_type: GENERIC_RELOC_VANILLA, X86_64_RELOC_UNSIGNED, ARM64_RELOC_UNSIGNED: the only one the loader takes for a pointer. */
export const RELOC_UNSIGNED = 0;

/** mach-o/loader.h, REBASE_OPCODE_*: the high half of a byte; the low half is an immediate. */
export const rebaseOpcodes = {
  done: 0x00,
  setType: 0x10,
  setSegmentAndOffset: 0x20,
  addAddress: 0x30,
  addAddressScaled: 0x40,
  times: 0x50,
  ulebTimes: 0x60,
  addAddressAfter: 0x70,
  ulebTimesSkipping: 0x80,
} as const;

/** REBASE_TYPE_*, BIND_TYPE_*: what is put into the place. */
export const fixupTypes = { pointer: 1, absolute32: 2, pcRelative32: 3 } as const;

/** mach-o/loader.h, BIND_OPCODE_*: the high half of a byte; the low half is an immediate. */
export const bindOpcodes = {
  done: 0x00,
  setOrdinal: 0x10,
  setOrdinalUleb: 0x20,
  setSpecialOrdinal: 0x30,
  setSymbol: 0x40,
  setType: 0x50,
  setAddend: 0x60,
  setSegmentAndOffset: 0x70,
  addAddress: 0x80,
  bind: 0x90,
  bindAddAddress: 0xa0,
  bindAddAddressScaled: 0xb0,
  ulebTimesSkipping: 0xc0,
  threaded: 0xd0,
} as const;

/** The immediate of setSymbol: the symbol may be missing. */
export const BIND_SYMBOL_FLAGS_WEAK_IMPORT = 0x1;

/** Special library ordinals (mach-o/loader.h, BIND_SPECIAL_DYLIB_*); 1 is the first linked library. */
export const libraryOrdinals = { self: 0, mainExecutable: -1, flatLookup: -2, weakLookup: -3 } as const;

/** EXPORT_SYMBOL_FLAGS_*; the two low bits are a kind. */
export const exportFlags = { kind: 0x3, weak: 0x4, reExport: 0x8, resolver: 0x10, variant: 0x20 } as const;
export const exportKinds = { threadLocal: 1, absolute: 2 } as const;
/** All of them. */
export const knownExportFlags = 0x3f;

/**
 * dyld_chained_starts_in_segment.page_start (mach-o/fixup-chains.h): no fixup on the page; several chains, listed after the pages; the
 * last of such a list.
 */
export const pageStarts = { none: 0xffff, multi: 0x8000, last: 0x8000 } as const;

/** dyld_chained_fixups_header.imports_format, DYLD_CHAINED_IMPORT*. */
export const importFormats = { plain: 1, addend: 2, addend64: 3 } as const;

/** dyld_chained_starts_in_segment.pointer_format, DYLD_CHAINED_PTR_*: those of images. */
export const pointerFormats = {
  arm64e: 1,
  generic64: 2,
  generic32: 3,
  generic64Offset: 6,
  arm64eKernel: 7,
  arm64eUserland: 9,
  arm64eFirmware: 10,
  arm64eUserland24: 12,
} as const;

/** Blobs of a code signature (xnu, osfmk/kern/cs_blobs.h). */
export const CSMAGIC_EMBEDDED_SIGNATURE = 0xfade_0cc0;
export const CSMAGIC_CODEDIRECTORY = 0xfade_0c02;

/** CSSLOT_*. */
export const signatureSlots = {
  directory: 0,
  entitlements: 5,
  alternate: 0x1000,
  lastAlternate: 0x1004,
  cms: 0x1_0000,
} as const;

/** CodeDirectory.version: the first that is read, and those that added a field. */
export const directoryVersions = {
  oldest: 0x20001,
  scatter: 0x20100,
  team: 0x20200,
  codeLimit64: 0x20300,
} as const;

/** CS_* of cs_blobs.h, as far as they decide what a process may load. */
export const signatureFlags = {
  adhoc: 0x2,
  /** The process is killed when a page is found to be changed. */
  hard: 0x100,
  kill: 0x200,
  enforcement: 0x1000,
  /** Library validation. */
  requireLibraryValidation: 0x2000,
  /** Hardened runtime. */
  runtime: 0x1_0000,
  /** Ad hoc by the linker, as ld and lld do it. */
  linkerSigned: 0x2_0000,
} as const;

/** CS_HASHTYPE_*. */
export const hashTypeNumbers = { sha1: 1, sha256: 2, sha256Truncated: 3, sha384: 4 } as const;

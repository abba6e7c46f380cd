/** Commands that dyld must understand to run the image carry this bit (mach-o/loader.h, LC_REQ_DYLD). */
const required = 0x8000_0000;

/** The load commands of mach-o/loader.h that this reader looks into. */
export const loadCommandKinds = {
  LC_SEGMENT: 0x1,
  LC_SYMTAB: 0x2,
  LC_DYSYMTAB: 0xb,
  LC_LOAD_DYLIB: 0xc,
  LC_ID_DYLIB: 0xd,
  LC_LOAD_WEAK_DYLIB: 0x18 + required,
  LC_SEGMENT_64: 0x19,
  LC_UUID: 0x1b,
  LC_RPATH: 0x1c + required,
  LC_CODE_SIGNATURE: 0x1d,
  LC_REEXPORT_DYLIB: 0x1f + required,
  LC_LAZY_LOAD_DYLIB: 0x20,
  LC_DYLD_INFO: 0x22,
  LC_DYLD_INFO_ONLY: 0x22 + required,
  LC_LOAD_UPWARD_DYLIB: 0x23 + required,
  LC_VERSION_MIN_MACOSX: 0x24,
  LC_VERSION_MIN_IPHONEOS: 0x25,
  LC_VERSION_MIN_TVOS: 0x2f,
  LC_VERSION_MIN_WATCHOS: 0x30,
  LC_BUILD_VERSION: 0x32,
  LC_DYLD_EXPORTS_TRIE: 0x33 + required,
  LC_DYLD_CHAINED_FIXUPS: 0x34 + required,
} as const;

/** The rest of mach-o/loader.h, named and passed over. */
const others = {
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
  LC_MAIN: 0x28 + required,
  LC_DATA_IN_CODE: 0x29,
  LC_SOURCE_VERSION: 0x2a,
  LC_DYLIB_CODE_SIGN_DRS: 0x2b,
  LC_ENCRYPTION_INFO_64: 0x2c,
  LC_LINKER_OPTION: 0x2d,
  LC_LINKER_OPTIMIZATION_HINT: 0x2e,
  LC_NOTE: 0x31,
  LC_FILESET_ENTRY: 0x35 + required,
  LC_ATOM_INFO: 0x36,
  LC_FUNCTION_VARIANTS: 0x37,
  LC_FUNCTION_VARIANT_FIXUPS: 0x38,
  LC_TARGET_TRIPLE: 0x39,
} as const;

const names = new Map<number, string>(
  [...Object.entries(loadCommandKinds), ...Object.entries(others)].map(([name, cmd]) => [cmd, name]),
);

/** The name of a load command, or its number where mach-o/loader.h has no name for it. */
export function loadCommandName(cmd: number): string {
  return names.get(cmd) ?? `0x${cmd.toString(16)}`;
}

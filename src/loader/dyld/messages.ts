import type { MessageForm } from "../message-form.ts";

/** Present in any message of dyld's dlopen that names the places that were tried. */
const inDlopen = /dlopen\(|tried:/;

const notValid = "not valid for use in process: ";
const signedFile = { prefix: "code signature in <{uuid}> '{path}' " } as const;

/** Of a universal file's table (mach_o/Universal.cpp). */
const UNIVERSAL = {
  fatTooShort: { check: "universal-header", words: "fat file too short" },
  tooManySlices: {
    check: "universal-header",
    words: "fat file has too many slices",
    suffix: " ({count})",
  },
  tableCut: { check: "universal-header", words: "slice headers extend beyond end of file" },
  sliceCut: {
    check: "universal-header",
    prefix: "{slice} ",
    words: "slice extends beyond end of file",
  },
  sliceUnaligned: { check: "universal-header", words: "slice is not page aligned" },
  sliceMismatch: {
    check: "universal-header",
    words: "cpu type/subtype in slice ({slice}) does not match fat header",
    suffix: " ({listed})",
  },
  duplicateSlices: { check: "universal-header", words: "duplicate {slice} slices" },
  overlappingSlices: { check: "universal-header", words: "overlapping slices" },
} as const satisfies Readonly<Record<string, MessageForm>>;

/** Of a segment, or of all of them (mach_o/UnsafeHeader.cpp, validSegment and validSemanticsSegments). */
const SEGMENTS = {
  segmentCut: {
    check: "truncated-segment",
    words: "segment '{segment}' load command content extends beyond end of file",
    subject: "segment",
  },
  fileSize: {
    check: "segment",
    words: "segment '{segment}' filesize exceeds vmsize",
    subject: "segment",
  },
  invalidBits: {
    check: "segment",
    prefix: "{segment} ",
    words: "segment permissions has invalid bits set",
    suffix: " ({bits})",
    subject: "segment",
  },
  permissions: {
    check: "segment",
    prefix: "{segment} ",
    words: "segment permissions is not '{permissions}'",
    subject: "segment",
  },
  notReadOnly: {
    check: "segment",
    prefix: "{segment} ",
    words: "segment missing SG_READ_ONLY flag",
    subject: "segment",
  },
  wraps: {
    check: "segment",
    prefix: "'{segment}' ",
    words: "segment vm range wraps",
    subject: "segment",
  },
  sectionSize: { check: "segment", words: "section '{section}' size too large", suffix: " {size}" },
  sectionBefore: {
    check: "segment",
    words: "section '{section}' start address {start} is before containing segment's address",
    suffix: " {address}",
  },
  sectionBeyond: {
    check: "segment",
    words: "section '{section}' end address {end} is beyond containing segment's end address",
    suffix: " {address}",
  },
  noText: { check: "segment", words: "missing __TEXT segment" },
  textOffset: { check: "segment", words: "__TEXT segment fileoffset is not zero" },
  commandsInText: {
    check: "segment",
    words: "load commands do not fit in __TEXT segment {size}",
  },
  overlap: {
    check: "segment",
    prefix: "{space} ",
    words: "range of segment '{segment}' overlaps segment",
    suffix: " '{other}'",
    subject: "segment",
  },
  duplicateName: { check: "segment", words: "duplicate segment name '{segment}'", subject: "segment" },
  fileOrder: {
    check: "segment",
    words: "segment '{segment}' file offset out of order",
    subject: "segment",
  },
  memoryOrder: {
    check: "segment",
    words: "segment '{segment}' vm address out of order",
    subject: "segment",
  },
} as const satisfies Readonly<Record<string, MessageForm>>;

/**
 * Of the tables in __LINKEDIT. The first is macOS 27's, as people report it (rust-lang/rust#157750): its dyld is not published. The others
 * are dyld_info's and the linker's, which refuse no plugin (dyld-1378, mach_o/Image.cpp, validStructureLinkedit).
 */
const LINKEDIT = {
  stringPool: {
    check: "linkedit",
    words: "mis-aligned LINKEDIT string pool",
    suffix: ", fileOffset=0x{offset}",
  },
  content: { check: "linkedit", words: "mis-aligned LINKEDIT content", suffix: " '{table}'" },
  codeSignature: { check: "linkedit", words: "mis-aligned code signature" },
  tableOverlap: { check: "linkedit", words: "LINKEDIT overlap of", suffix: " {table} and {other}" },
  tableBeyond: {
    check: "linkedit",
    words: "LINKEDIT content",
    suffix: " '{table}' extends beyond end of segment",
  },
  symbolCounts: {
    check: "linkedit",
    words: "symbol count from symbol table and dynamic symbol table differ",
  },
  noTables: { check: "linkedit", words: "malformed mach-o has no LINKEDIT information" },
} as const satisfies Readonly<Record<string, MessageForm>>;

const command = { check: "load-command", prefix: "load command #{index} ", subject: "load-command" } as const;

/** Of one load command, or of all together (mach_o/UnsafeHeader.cpp). */
const COMMANDS = {
  commandsCut: {
    check: "load-command",
    words: "load commands length ({length}) exceeds length of file",
    suffix: " ({size})",
  },
  commandSize: {
    check: "load-command",
    words: "load command #{index} {command} size wrong",
    subject: "load-command",
  },
  sectionCount: {
    check: "load-command",
    words: "load command #{index} {command} size does not match number of sections",
    subject: "load-command",
  },
  stringOutside: {
    check: "load-command",
    prefix: "load command #{index} ",
    words: "string offset ({offset}) outside its size",
    suffix: " ({size})",
  },
  stringCut: {
    check: "load-command",
    prefix: "load command #{index} ",
    words: "string extends beyond end of load command",
  },
  unknownCommand: { ...command, words: "unknown required load command {command}" },
  manyUuids: { check: "load-command", words: "too many LC_UUID load commands" },
  noUuid: { check: "load-command", words: "missing LC_UUID load command" },
  manyNames: { check: "load-command", words: "multiple LC_ID_DYLIB found" },
  noName: { check: "load-command", words: "MH_DYLIB is missing LC_ID_DYLIB" },
  nameOfOther: { check: "load-command", words: "found LC_ID_DYLIB found in non-MH_DYLIB" },
  duplicateLibrary: { check: "load-command", words: "duplicate linked dylib", suffix: " '{dylib}'" },
  noLibrary: {
    check: "load-command",
    words: "missing LC_LOAD_DYLIB",
    suffix: " (must link with at least libSystem.dylib)",
  },
  duplicateRpath: { check: "load-command", words: "duplicate LC_RPATH", suffix: " '{rpath}'" },
} as const satisfies Readonly<Record<string, MessageForm>>;

/** Of what a file is and what it is built for (dyld/JustInTimeLoader.cpp, mach_o/Error.cpp, common/MachOFile.cpp). */
const FILES = {
  notMachO: { check: "not-mach-o", words: "slice is not valid mach-o file" },
  notMachOFile: { check: "not-mach-o", words: "not a mach-o file" },
  architecture: {
    check: "architecture",
    words: "mach-o file, but is an incompatible architecture (have '{architecture}', need {needed})",
    subject: "architecture",
  },
  missingSlice: {
    check: "missing-slice",
    words: "fat file, but missing compatible architecture (have '{architecture}', need {needed})",
    subject: "architecture",
  },
  platform: {
    check: "platform",
    prefix: "mach-o file ({path}), ",
    words: "but incompatible platform (have '{platform}', need '{needed}')",
    subject: "platform",
  },
  platforms: { check: "platform", words: "incompatible platforms: {platform} - ", suffix: "{other}" },
  unknownPlatform: { check: "platform", words: "unknown platform", with: inDlopen },
  mainExecutable: {
    check: "mach-o-file-type",
    words: "cannot dlopen a main executable",
    suffix: " '{path}'",
  },
  noDynamicAccess: {
    check: "mach-o-file-type",
    words: "cannot dlopen() image marked for no dynamic access",
    suffix: " '{path}'",
  },
  fileType: {
    check: "mach-o-file-type",
    words: "unloadable mach-o file type {type}",
    suffix: " '{path}'",
  },
  wrongFileType: { check: "mach-o-file-type", words: "mach-o, but wrong filetype" },
  notADylib: { check: "mach-o-file-type", words: "not a dylib" },
} as const satisfies Readonly<Record<string, MessageForm>>;

/** What the kernel says of a file after dyld's `notValid` (AppleMobileFileIntegrity, which is not published: as people report it). */
const POLICY = {
  systemPolicy: { check: "system-policy", words: "library load disallowed by system policy" },
  deniedPolicy: { check: "system-policy", words: "library load denied by system policy" },
  noTeam: {
    check: "library-validation",
    words: "mapped file has no Team ID and is not a platform binary",
    suffix: " (signed with custom identity or adhoc?)",
  },
  platformHost: {
    check: "library-validation",
    words: "mapping process is a platform binary, but mapped file is not",
  },
  unsignedLibrary: { check: "unsigned", words: "Trying to load an unsigned library" },
} as const satisfies Readonly<Record<string, MessageForm>>;

/** macOS 10.10 to 10.15 (dyld-353 to dyld-832, ImageLoaderMachO::loadCodeSignature); the rest is the kernel's. */
const validation = "not valid for use in process using Library Validation: ";
const validatedFile = { prefix: "code signature in ({path}) " } as const;

/** What the kernel says of signatures (AppleMobileFileIntegrity), as dyld passes it on from fcntl(F_CHECK_LV). */
const SIGNATURES = {
  unsigned: {
    ...signedFile,
    check: "unsigned",
    words: `${notValid}mapped file has no cdhash`,
    suffix: ", completely unsigned? Code has to be at least ad-hoc signed.",
  },
  otherTeam: {
    ...signedFile,
    check: "library-validation",
    words: `${notValid}mapping process and mapped file (non-platform) have different Team IDs`,
  },
  otherTeamAlone: {
    check: "library-validation",
    words: "mapping process and mapped file (non-platform) have different Team IDs",
  },
  unsignedBefore: {
    ...validatedFile,
    check: "unsigned",
    words: `${validation}mapped file has no cdhash`,
    suffix: ", completely unsigned? Code has to be at least ad-hoc signed.",
  },
  otherTeamBefore: {
    ...validatedFile,
    check: "library-validation",
    words: `${validation}mapping process and mapped file (non-platform) have different Team IDs`,
  },
  systemPolicy: { ...signedFile, ...POLICY.systemPolicy, words: notValid + POLICY.systemPolicy.words },
  systemPolicyBefore: {
    ...validatedFile,
    ...POLICY.systemPolicy,
    words: validation + POLICY.systemPolicy.words,
  },
  deniedPolicy: { ...signedFile, ...POLICY.deniedPolicy, words: notValid + POLICY.deniedPolicy.words },
  noTeam: { ...signedFile, ...POLICY.noTeam, words: notValid + POLICY.noTeam.words },
  noTeamBefore: { ...validatedFile, ...POLICY.noTeam, words: validation + POLICY.noTeam.words },
  platformHost: { ...signedFile, ...POLICY.platformHost, words: notValid + POLICY.platformHost.words },
  platformHostBefore: {
    ...validatedFile,
    ...POLICY.platformHost,
    words: validation + POLICY.platformHost.words,
  },
  unsignedLibrary: {
    ...signedFile,
    ...POLICY.unsignedLibrary,
    words: notValid + POLICY.unsignedLibrary.words,
  },
  unsignedLibraryBefore: {
    ...validatedFile,
    ...POLICY.unsignedLibrary,
    words: validation + POLICY.unsignedLibrary.words,
  },
  systemPolicyAlone: POLICY.systemPolicy,
  noTeamAlone: POLICY.noTeam,
  platformHostAlone: POLICY.platformHost,
  otherTeamLoad: {
    check: "library-validation",
    words: "cannot load image with wrong team ID in process using Library Validation",
  },
  /** fcntl(2) itself failed: no reason of the kernel's follows. */
  libraryValidation: { check: "library-validation", words: "fcntl(F_CHECK_LV) failed with errno={errno}" },
  notValidBefore: {
    ...validatedFile,
    check: "signature-refused",
    words: "not valid for use in process using Library Validation",
    suffix: ": {told}",
  },
  notValid: {
    ...signedFile,
    check: "signature-refused",
    words: "not valid for use in process",
    suffix: ": {told}",
  },
  blocked: { check: "signature", words: "code signing blocked mmap() of '{path}'" },
  missing: { check: "unsigned", words: "required code signature missing for '{path}'" },
  registered: {
    check: "signature",
    words: "fcntl(fd, F_ADDFILESIGS_RETURN) failed with errno={errno}",
  },
  invalid: { check: "signature", words: "code signature invalid" },
  coverage: {
    check: "signature",
    words: "code signature does not cover entire file up to signature",
    suffix: " in <{uuid}> '{path}' (signed {signed}, expected {expected}) for '{path}'",
  },
  killed: { check: "signature", words: "Code Signature Invalid", outcome: "crash" },
} as const satisfies Readonly<Record<string, MessageForm>>;

/** Of what a file needs (dyld/DyldAPIs.cpp, dyld/Loader.cpp, dyld/JustInTimeLoader.cpp). */
const NEEDS = {
  missingLibrary: {
    check: "missing-dylib",
    words: "Library not loaded: {installname}",
    suffix: "\n  Referenced from: {image}\n  Reason: {why}",
    subject: "library",
  },
  missingSymbol: {
    check: "missing-symbol",
    words: "Symbol not found: {symbol}\n  Referenced from: {image}\n  Expected in:     {place}",
    subject: "symbol",
  },
  missingSymbolAlone: {
    check: "missing-symbol",
    words: "Symbol not found: {symbol}",
    subject: "symbol",
    with: /dlopen\(|dyld|Referenced from/,
  },
  flatSymbol: {
    check: "missing-symbol",
    words: "symbol not found in flat namespace '{symbol}'",
    subject: "symbol",
  },
  unknownOrdinal: {
    check: "missing-symbol",
    words: "unknown library ordinal {ordinal} in {image} when binding '{symbol}'",
    subject: "symbol",
  },
  noRpath: { check: "missing-dylib", words: "no LC_RPATH's found", weak: true },
  // Every place that dyld tried is listed: this counts only if nothing else is wrong with any of them.
  noSuchFile: { check: "missing-file", words: "no such file", weak: true, with: /\(no such file\)/ },
  notAFile: { check: "not-a-file", words: "not a file", weak: true, with: /\(not a file\)/ },
  /** macOS 10.15 and earlier (dyld-832, dyld::load), and the reason of a library that it does not find. */
  imageNotFound: { check: "missing-file", words: "image not found", with: inDlopen },
  /** Of dlsym: the host asked for it by name. */
  lookup: {
    check: "missing-symbol",
    words: "dlsym({handle}, {symbol}): symbol not found",
    subject: "symbol",
  },
  weakDefinition: {
    check: "missing-symbol",
    words: "weak-def symbol not found '{symbol}'",
    subject: "symbol",
  },
  /** A function that had no definition when the file was loaded is called (dyld-940 on, dyld/DyldAPIs.cpp). */
  missingCalled: { check: "missing-symbol", words: "missing symbol called", with: /dyld/, outcome: "crash" },
  libraryVersion: {
    check: "dylib-version",
    words:
      "Incompatible library version: {image} requires version {version} or later, but {definer} provides version",
    suffix: " {provided}",
  },
} as const satisfies Readonly<Record<string, MessageForm>>;

const nothingElse = { with: inDlopen } as const;

/**
 * What releases before dyld-1378 say of a file: dyld 2 (dyld-353 to dyld-832, macOS 10.10 to 11: src/ImageLoaderMachO*.cpp,
 * src/dyld2.cpp) and the first of dyld 4 (dyld-940 to dyld-1162, macOS 12 to 14: common/MachOFile.cpp, dyld/Loader.cpp).
 */
const EARLIER = {
  /** macOS 12. */
  parentheses: {
    check: "architecture",
    words: "mach-o file, but is an incompatible architecture (have ({architecture}), need ({needed}))",
    subject: "architecture",
  },
  sliceParentheses: {
    check: "missing-slice",
    words: "fat file, but missing compatible architecture (have ({architecture}), need ({needed}))",
    subject: "architecture",
  },
  wrongArchitecture: { check: "architecture", words: "mach-o, but wrong architecture" },
  subtype: { check: "architecture", words: "incompatible cpu-subtype: {subtype} in {path}" },
  pointerAuthentication: {
    check: "architecture",
    words: "arm64 dylibs cannot be loaded into arm64e processes",
  },
  noSlice: { check: "missing-slice", words: "no matching architecture in universal wrapper" },
  /** macOS 11 (dyld3/MachOAnalyzer.cpp). */
  compatible: { check: "missing-slice", words: "missing compatible arch in {path}" },
  manySlices: { check: "universal-header", words: "fat header too large: {count} entries" },
  slicesCut: {
    check: "universal-header",
    words: "fat header malformed, architecture slices extend beyond end of file",
  },
  universalCut: { check: "universal-header", words: "truncated fat file." },
  otherPlatform: { check: "platform", words: "mach-o, but not built for {other}" },
  simulator: { check: "platform", words: "mach-o, but built for simulator (not macOS)" },
  wrongPlatform: { check: "platform", words: "wrong platform to load into process" },
  firstBytes: { check: "not-mach-o", words: "unknown file type, first eight bytes: {bytes}" },
  noMagic: { check: "not-mach-o", words: "file does not start with MH_MAGIC[_64]" },
  archive: { check: "not-mach-o", words: "file is static library" },
  tooShort: { check: "not-mach-o", words: "file too short", ...nothingElse },
  executable: { check: "mach-o-file-type", words: "can't load a main executable" },
  otherExecutable: { check: "mach-o-file-type", words: "can't load another MH_EXECUTE" },
  notABundle: { check: "mach-o-file-type", words: "not a bundle", ...nothingElse },
  fileCut: {
    check: "truncated-segment",
    words: "truncated mach-o error: segment {segment} extends to",
    suffix: " {end} which is past end of file {size}",
    subject: "segment",
  },
  contentCut: {
    check: "truncated-segment",
    words: "segment content extends beyond end of file",
    prefix: "in '{path}' {segment} ",
    subject: "segment",
  },
  newerCommand: {
    check: "load-command",
    words: "because it was built for OS version {release} (load command {command} is unknown)",
    subject: "load-command",
  },
  laterCommand: {
    check: "load-command",
    words: "(load command {command} is unknown)",
    subject: "load-command",
  },
  malformedSegment: {
    check: "segment",
    words: "malformed mach-o image: segment {segment}",
    subject: "segment",
  },
  malformed: { check: "load-command", words: "malformed mach-o" },
  malformedCommand: { check: "load-command", words: "malformed load command #" },
  /** Of all releases: what the system answered, and not what is wrong with the file. */
  sandboxedOpen: { check: "no-permission", words: "file system sandbox blocked open" },
  sandboxedStat: { check: "no-permission", words: "file system sandbox blocked stat" },
  sandboxedMap: { check: "no-permission", words: "file system sandbox blocked mmap" },
  sandboxed: { check: "no-permission", words: "blocked by sandbox", ...nothingElse },
  open: { check: "system-call", words: "open() failed with errno={errno}", ...nothingElse },
  stat: { check: "system-call", words: "stat() failed with errno={errno}", ...nothingElse },
  relative: { check: "hardened-path", words: "relative path not allowed in hardened program" },
  expansion: { check: "hardened-path", words: "security policy does not allow @ path expansion" },
  unsafePath: { check: "hardened-path", words: "unsafe use of {at} in {path} with restricted binary" },
  unsafeRpath: {
    check: "hardened-path",
    words: "unsafe use of relative rpath {rpath} in {path} with restricted binary",
  },
} as const satisfies Readonly<Record<string, MessageForm>>;

/**
 * Where dyld looked and why it went on, after which the reasons follow: in brackets since macOS 12 (dyld/Loader.cpp,
 * forEachPath), in lines before (src/dyld2.cpp, dyld::load).
 */
export const DYLD_PLACES = { brackets: "tried: '", lines: "no suitable image found.  Did find:" } as const;

/** What dyld prints before a reason to end the process (dyld-433 to dyld-1378: src/dyld2.cpp and dyld/DyldProcessConfig.cpp, halt). */
export const DYLD_FATAL = ["dyld[{pid}]: ", "dyld: "] as const;

/** What a crash report has in a line before that reason. */
export const DYLD_REPORT = ["Namespace DYLD, ", "Dyld Error Message:"] as const;

/**
 * What dyld adds of a file that is built for a later release than the one that runs (dyld-1042 on: dyld/Loader.cpp,
 * tooNewErrorAddendum; until dyld-832: src/ImageLoaderMachOCompressed.cpp, resolveTwolevel).
 */
export const DYLD_NEWER = {
  since: { check: "newer-system", words: "built for {system} which is newer than running OS" },
  before: { check: "newer-system", words: "which was built for {system}" },
} as const satisfies Readonly<Record<string, MessageForm>>;

/**
 * What dyld prints (dyld-1378, of macOS 26, and older releases), without what dlopen puts before it. At the same place in a text the
 * first form counts.
 */
export const DYLD = {
  ...UNIVERSAL,
  ...SEGMENTS,
  ...LINKEDIT,
  ...COMMANDS,
  ...FILES,
  ...SIGNATURES,
  ...NEEDS,
  ...EARLIER,
  newerSystem: DYLD_NEWER.since,
} as const;

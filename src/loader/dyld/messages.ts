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
  notValid: { ...signedFile, check: "signature", words: "not valid for use in process" },
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
} as const satisfies Readonly<Record<string, MessageForm>>;

/**
 * What dyld prints (dyld-1378, of macOS 26, and older releases), without what dlopen puts before it. At the same place in a text the
 * first form counts.
 */
export const DYLD = {
  ...UNIVERSAL,
  ...SEGMENTS,
  ...COMMANDS,
  ...FILES,
  ...SIGNATURES,
  ...NEEDS,
} as const;

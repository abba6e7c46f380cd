import { compiled, type Form } from "./form.ts";

/** Of a universal file's header (dyld mach_o/Universal.cpp). */
const universalForms: readonly Form[] = [
  "fat file too short",
  "fat file has too many slices",
  "slice headers extend beyond end of file",
  "slice extends beyond end of file",
  "slice is not page aligned",
  "cpu type/subtype in slice ({any}) does not match fat header",
  "duplicate {any} slices",
].map((words) => ({ check: "universal-header", words }));

/** How segments lie (dyld mach_o/Header.cpp and Image.cpp). */
const segmentForms: readonly Form[] = [
  "segment '{segment}' filesize exceeds vmsize",
  "segment vm range wraps",
  "segment permissions has invalid bits set",
  "segment permissions is not",
  "section '{any}' size too large",
  "containing segment's",
  "range of segment '{segment}' overlaps segment",
  "duplicate segment name '{segment}'",
  "segment '{segment}' file offset out of order",
  "segment '{segment}' vm address out of order",
].map((words) => ({ check: "segment", words, subject: "segment" }));

/** Of one Mach-O file (dyld common/MachOFile.cpp, mach_o/Header.cpp, dyld/Loader.cpp). */
const fileForms: readonly Form[] = [
  { check: "not-mach-o", words: "slice is not valid mach-o file" },
  { check: "not-mach-o", words: "not a mach-o file" },
  {
    check: "architecture",
    words: "mach-o file, but is an incompatible architecture (have '{architecture}', need {needed})",
    subject: "architecture",
  },
  {
    check: "missing-slice",
    words: "fat file, but missing compatible architecture (have '{architecture}', need {needed})",
    subject: "architecture",
  },
  {
    check: "platform",
    words: "but incompatible platform (have '{platform}', need {needed})",
    subject: "platform",
  },
  {
    check: "truncated-segment",
    words: "segment '{segment}' load command content extends beyond end of file",
    subject: "segment",
  },
  { check: "platform", words: "incompatible platforms: {any} - " },
  { check: "load-command", words: "MH_DYLIB is missing LC_ID_DYLIB" },
  { check: "load-command", words: "load commands length ({any}) exceeds length of file" },
  { check: "load-command", words: "duplicate linked dylib" },
  { check: "load-command", words: "duplicate LC_RPATH" },
  { check: "load-command", words: "load command #{command} {any}size wrong", subject: "load-command" },
  {
    check: "load-command",
    words: "unknown required load command {command}",
    subject: "load-command",
  },
  { check: "mach-o-file-type", words: "mach-o, but wrong filetype" },
  { check: "mach-o-file-type", words: "not a dylib" },
];

/** What the kernel says of signatures, as dyld passes it on. */
const signatureForms: readonly Form[] = [
  {
    check: "unsigned",
    words: "code signature in {any} not valid for use in process: mapped file has no cdhash",
  },
  {
    check: "library-validation",
    words:
      "code signature in {any} not valid for use in process: mapping process and mapped file (non-platform) have different Team IDs",
  },
  {
    check: "library-validation",
    words: "mapping process and mapped file (non-platform) have different Team IDs",
  },
  { check: "signature", words: "code signature in {any} not valid for use in process" },
  { check: "signature", words: "code signature invalid" },
  { check: "signature", words: "code signature does not cover entire file up to signature" },
  { check: "signature", words: "Code Signature Invalid", outcome: "crash" },
];

const needForms: readonly Form[] = [
  { check: "missing-dylib", words: "Library not loaded: {installname}", subject: "library" },
  {
    check: "missing-symbol",
    words: "Symbol not found: {symbol} {anything}Expected in: {uuid}{definer}",
    subject: "symbol",
  },
  {
    check: "missing-symbol",
    words: "Symbol not found: {symbol}",
    subject: "symbol",
    with: /dlopen\(|dyld|Referenced from/,
  },
  { check: "missing-symbol", words: "symbol not found in flat namespace {quote}{symbol}", subject: "symbol" },
  {
    check: "missing-symbol",
    words: "unknown library ordinal {any} when binding '{symbol}'",
    subject: "symbol",
  },
  // Every place that dyld tried is named; this counts only where none of them held more.
  { check: "missing-file", words: "(no such file)", weak: true, with: /dlopen\(|tried:/ },
];

export const dyldForms = compiled("dyld", [
  ...universalForms,
  ...segmentForms,
  ...fileForms,
  ...signatureForms,
  ...needForms,
]);

import { describe, expect, it } from "vitest";
import type { LoaderMessage } from "../../../src/loader/explain/loader-message.ts";
import { longestLog } from "../../../src/loader/explain/log-text.ts";
import { parseLoaderMessage } from "../../../src/loader/explain/parse.ts";

type Expected = Partial<LoaderMessage>;
const pkg = (name: string): Expected => ({ subject: { kind: "package", name } });
const library = (name: string): Expected => ({ subject: { kind: "library", name } });
const symbol = (name: string): Expected => ({ subject: { kind: "symbol", name } });

const go: readonly (readonly [string, Expected])[] = [
  ["plugin: not implemented", { check: "not-implemented" }],
  ['plugin.Open("plugins/x.so"): realpath failed', { check: "realpath", path: "plugins/x.so" }],
  ["plugin.Open(plugins/x.so): realpath failed", { check: "realpath", path: "plugins/x.so" }],
  [
    'plugin.Open("plugins/x"): plugin was built with a different version of package internal/goarch',
    { check: "package-hash", path: "plugins/x", ...pkg("internal/goarch") },
  ],
  [
    "plugin.Open: plugin was built with a different version of package github.com/IBM/sarama",
    { check: "package-hash", ...pkg("github.com/IBM/sarama") },
  ],
  [
    'plugin.Open("plugins/x.so"): plugin was built with a different version of package runtime (previous failure)',
    { check: "package-hash", previousFailure: true, path: "plugins/x.so", ...pkg("runtime") },
  ],
  ['plugin.Open("x"): plugin already loaded', { check: "already-loaded", path: "x", outcome: "refused" }],
  [
    "plugin: plugin example.com/x already loaded\nfatal error: plugin: plugin already loaded",
    {
      check: "already-loaded",
      outcome: "crash",
      subject: { kind: "plugin-path", name: "example.com/x" },
    },
  ],
  ["fatal error: runtime: no plugin module data", { check: "no-module-data", outcome: "crash" }],
  ["fatal error: runtime: plugin has empty pluginpath", { check: "no-plugin-path", outcome: "crash" }],
  [
    "fatal error: plugin: new module data overlaps with previous moduledata",
    { check: "module-overlap", outcome: "crash" },
  ],
  ["fatal error: runtime: plugin has bad symbol table", { check: "symbol-table", outcome: "crash" }],
  [
    'plugin.Open("x"): could not find symbol NewFactory: /p/x.so: undefined symbol: example%2ecom/x.NewFactory',
    { check: "missing-export", path: "x", ...symbol("NewFactory") },
  ],
  [
    "plugin: symbol NewFactroy not found in plugin example.com/x",
    { check: "missing-lookup", definer: "example.com/x", ...symbol("NewFactroy") },
  ],
  [
    "fatal error: unexpected signal during runtime execution\n[signal SIGBUS: bus error code=0x2 addr=0x7f01 pc=0x7f02]",
    { check: "truncated", outcome: "crash" },
  ],
  [
    "SIGSEGV: segmentation violation\n[signal SIGSEGV: segmentation violation code=0x1]\n\tplugin.open({0xc0000",
    { check: "segmentation-fault", outcome: "crash" },
  ],
];

const file = "/opt/otel/plugins/x.so";
const inFile = { path: file } satisfies Expected;

const glibc: readonly (readonly [string, Expected])[] = [
  [
    "==4242==ERROR: AddressSanitizer: odr-violation (0x7f3a5c1f2e80):",
    { check: "sanitizer", outcome: "crash" },
  ],
  [
    "==1==ASan runtime does not come first in initial library list; you should either link runtime to your program or manually preload it with LD_PRELOAD.",
    { check: "sanitizer", outcome: "crash" },
  ],
  [`${file}: invalid ELF header`, { check: "magic", ...inFile }],
  [`${file}: file too short`, { check: "too-short", ...inFile }],
  [`${file}: cannot read file data: Is a directory`, { check: "not-a-file", ...inFile }],
  [`${file}: cannot read file data`, { check: "program-headers", ...inFile }],
  [
    `${file}: wrong ELF class: ELFCLASS32`,
    { check: "class", ...inFile, subject: { kind: "class", name: "ELFCLASS32" } },
  ],
  [`${file}: ELF file data encoding not little-endian`, { check: "byte-order", ...inFile }],
  [`${file}: ELF file version ident does not match current one`, { check: "header-version", ...inFile }],
  [`${file}: nonzero padding in e_ident`, { check: "header-padding", ...inFile }],
  [`${file}: ELF file OS ABI invalid`, { check: "os-abi", ...inFile }],
  [`${file}: ELF file ABI version invalid`, { check: "abi-version", ...inFile }],
  [`${file}: only ET_DYN and ET_EXEC can be loaded`, { check: "file-type", ...inFile }],
  [`${file}: cannot dynamically load executable`, { check: "executable", ...inFile }],
  [`${file}: cannot dynamically load position-independent executable`, { check: "executable", ...inFile }],
  [`${file}: ELF file's phentsize not the expected size`, { check: "program-headers", ...inFile }],
  [`${file}: object file has no loadable segments`, { check: "no-segments", ...inFile }],
  [`${file}: object file has no dynamic section`, { check: "no-dynamic-section", ...inFile }],
  [`${file}: ELF load command address/offset not page-aligned`, { check: "page-alignment", ...inFile }],
  [`${file}: shared object cannot be dlopen()ed`, { check: "no-dlopen", ...inFile }],
  [`${file}: CPU ISA level is lower than required`, { check: "isa-level", ...inFile }],
  [`${file}: failed to map segment from shared object`, { check: "segment-mapping", ...inFile }],
  [`${file}: cannot open shared object file: Permission denied`, { check: "no-permission", ...inFile }],
  [
    "libg.so: cannot open shared object file: No such file or directory",
    { check: "missing-library", ...library("libg.so") },
  ],
  [
    `${file}: cannot open shared object file: No such file or directory`,
    { check: "missing-file", path: file },
  ],
  [
    `plugin.Open("plugins/x.so"): ${file}: cannot open shared object file: No such file or directory`,
    { check: "machine", path: "plugins/x.so" },
  ],
  [
    'plugin.Open("plugins/x.so"): libssl.so.3: cannot open shared object file: No such file or directory',
    { check: "missing-library", path: "plugins/x.so", ...library("libssl.so.3") },
  ],
  [
    `/lib/x86_64-linux-gnu/libc.so.6: version \`GLIBC_2.99' not found (required by ${file})`,
    {
      check: "symbol-version",
      definer: "/lib/x86_64-linux-gnu/libc.so.6",
      subject: { kind: "version", name: "GLIBC_2.99" },
      ...inFile,
    },
  ],
  [`${file}: undefined symbol: g`, { check: "undefined-symbol", ...inFile, ...symbol("g") }],
  [
    `${file}: undefined symbol: pthread_create, version GLIBC_2.99`,
    { check: "undefined-symbol", version: "GLIBC_2.99", ...inFile, ...symbol("pthread_create") },
  ],
  [`${file}: cannot allocate memory in static TLS block`, { check: "static-tls", ...inFile }],
  [
    `${file}: cannot enable executable stack as shared object requires: Invalid argument`,
    { check: "executable-stack", reason: "Invalid argument", ...inFile },
  ],
  [`${file}: DT_RELR without GLIBC_ABI_DT_RELR dependency`, { check: "relr-without-marker", ...inFile }],
  [
    `${file}: unexpected reloc type 0x63`,
    { check: "relocation-type", ...inFile, subject: { kind: "relocation-type", name: "0x63" } },
  ],
  [
    "Inconsistency detected by ld.so: dl-lookup.c: 107: check_match: Assertion `version->filename' failed!",
    { check: "lost-versions", outcome: "crash" },
  ],
  [
    "Inconsistency detected by ld.so: dl-version.c: 204: _dl_check_map_versions: Assertion `needed != NULL' failed!",
    { check: "lost-versions", outcome: "crash" },
  ],
  [
    "Inconsistency detected by ld.so: get-dynamic-info.h: 115: elf_get_dynamic_info: Assertion `info[DT_PLTREL]->d_un.d_val == DT_RELA' failed!",
    { check: "relocation-type", outcome: "crash" },
  ],
  [
    "Inconsistency detected by ld.so: dl-open.c: 1: f: Assertion `x == y' failed!",
    { check: "loader-assertion", outcome: "crash" },
  ],
  ["Bus error (core dumped)", { check: "truncated", outcome: "crash" }],
];

const musl: readonly (readonly [string, Expected])[] = [
  [
    `Error loading shared library libgcc_s.so.1: No such file or directory (needed by ${file})`,
    { check: "missing-library", ...inFile, ...library("libgcc_s.so.1") },
  ],
  [`Error loading shared library ${file}: No such file or directory`, { check: "missing-file", ...inFile }],
  [`Error loading shared library ${file}: Exec format error`, { check: "no-dynamic-section", ...inFile }],
  [`Error loading shared library ${file}: Out of memory`, { check: "no-segments", ...inFile }],
  [`Error relocating ${file}: g: symbol not found`, { check: "undefined-symbol", ...inFile, ...symbol("g") }],
  [
    `Error relocating ${file}: t: initial-exec TLS resolves to dynamic definition in ${file}`,
    { check: "static-tls", ...inFile, ...symbol("t") },
  ],
  [
    `Error loading shared library libg.so: Exec format error (needed by ${file})`,
    { check: "missing-library", ...inFile, ...library("libg.so") },
  ],
  [`Error loading shared library ${file}: Resource busy`, { check: "executable", ...inFile }],
  [`Error loading shared library ${file}: Is a directory`, { check: "not-a-file", ...inFile }],
  ["Symbol not found: otel_new_factory", { check: "undefined-symbol", ...symbol("otel_new_factory") }],
  ["Dynamic loading not supported", { check: "no-loader" }],
];

const mac = "/opt/otel/x.dylib";
const tried = (reason: string): string => `dlopen(${mac}, 0x0006): tried: '${mac}' (${reason})`;

const dyld: readonly (readonly [string, Expected])[] = [
  [tried("slice is not valid mach-o file"), { check: "not-mach-o", path: mac }],
  // rust-lang/rust#157750, macOS 27.
  [tried("mis-aligned LINKEDIT string pool, fileOffset=0x00054584"), { check: "linkedit", path: mac }],
  [
    tried("mach-o file, but is an incompatible architecture (have 'arm64', need 'x86_64h' or 'x86_64')"),
    {
      check: "architecture",
      path: mac,
      needed: "x86_64h or x86_64",
      subject: { kind: "architecture", name: "arm64" },
    },
  ],
  [
    tried("fat file, but missing compatible architecture (have 'i386,x86_64', need 'arm64')"),
    {
      check: "missing-slice",
      needed: "arm64",
      subject: { kind: "architecture", name: "i386,x86_64" },
    },
  ],
  [tried("fat file too short"), { check: "universal-header" }],
  [tried("slice headers extend beyond end of file"), { check: "universal-header" }],
  [tried("arm64 slice extends beyond end of file"), { check: "universal-header" }],
  [tried("slice is not page aligned"), { check: "universal-header" }],
  [
    tried("cpu type/subtype in slice (arm64) does not match fat header (x86_64)"),
    { check: "universal-header" },
  ],
  [tried("duplicate arm64 slices"), { check: "universal-header" }],
  [
    tried("mach-o file (/x), but incompatible platform (have 'iOS', need 'macOS')"),
    { check: "platform", needed: "macOS", subject: { kind: "platform", name: "iOS" } },
  ],
  [
    tried("segment '__LINKEDIT' load command content extends beyond end of file"),
    { check: "truncated-segment", subject: { kind: "segment", name: "__LINKEDIT" } },
  ],
  [tried("MH_DYLIB is missing LC_ID_DYLIB"), { check: "load-command" }],
  [
    tried("load command #3 unknown required load command 0x80000099"),
    { check: "load-command", subject: { kind: "load-command", name: "0x80000099" } },
  ],
  ...[
    "load command #2 LC_UUID size wrong",
    "load commands length (4096) exceeds length of file (100)",
    "duplicate linked dylib '/usr/lib/libSystem.B.dylib'",
    "duplicate LC_RPATH '@loader_path'",
  ].map((text): readonly [string, Expected] => [tried(text), { check: "load-command", path: mac }]),
  ...[
    "segment '__DATA' filesize exceeds vmsize",
    "__TEXT segment permissions has invalid bits set (0x00000010)",
    "__DATA segment permissions is not 'rw-'",
    "'__DATA' segment vm range wraps",
    "section '__data' size too large 0xFFFF",
    "section '__data' start address 0x10 is before containing segment's address 0x20",
    "vm range of segment '__DATA' overlaps segment '__TEXT'",
    "file range of segment '__DATA' overlaps segment '__TEXT'",
    "duplicate segment name '__DATA'",
    "segment '__DATA' file offset out of order",
    "segment '__DATA' vm address out of order",
  ].map((text): readonly [string, Expected] => [tried(text), { check: "segment", path: mac }]),
  [tried("fat file has too many slices (65536)"), { check: "universal-header" }],
  [tried("incompatible platforms: macOS - iOS"), { check: "platform" }],
  [
    `dlopen(${mac}, 0x0006): unknown library ordinal 9 in ${mac} when binding '_g'`,
    { check: "missing-symbol", ...symbol("_g") },
  ],
  [tried("mach-o, but wrong filetype"), { check: "mach-o-file-type" }],
  [
    tried(
      `code signature in <6E1A> '${mac}' not valid for use in process: mapped file has no cdhash, completely unsigned? Code has to be at least ad-hoc signed.`,
    ),
    { check: "unsigned" },
  ],
  [
    tried(
      `code signature in <6E1A> '${mac}' not valid for use in process: mapping process and mapped file (non-platform) have different Team IDs`,
    ),
    { check: "library-validation" },
  ],
  [tried(`code signature invalid in <6E1A> '${mac}'`), { check: "signature" }],
  [tried("code signature does not cover entire file up to signature"), { check: "signature" }],
  ["Termination Reason: CODESIGNING, Code Signature Invalid", { check: "signature", outcome: "crash" }],
  [
    `dlopen(${mac}, 0x0006): Library not loaded: @rpath/libssl.3.dylib\n  Referenced from: <6E1A> ${mac}\n  Reason: tried: '/usr/lib/libssl.3.dylib' (no such file)`,
    { check: "missing-dylib", path: mac, ...library("@rpath/libssl.3.dylib") },
  ],
  [
    `dlopen(${mac}, 0x0006): Symbol not found: _otel_host_api\n  Referenced from: <6E1A> ${mac} (built for macOS 14.0)\n  Expected in: <77AB> /usr/local/bin/otelcol`,
    { check: "missing-symbol", definer: "/usr/local/bin/otelcol", ...symbol("_otel_host_api") },
  ],
  [
    `dlopen(${mac}, 0x0006): symbol not found in flat namespace '_otel_host_api'`,
    { check: "missing-symbol", ...symbol("_otel_host_api") },
  ],
  [
    `dlopen(${mac}, 0x0006): tried: '${mac}' (no such file), '/System/Volumes/Preboot/Cryptexes/OS${mac}' (no such file)`,
    { check: "missing-file", path: mac },
  ],
];

describe("a message of package plugin and Go's runtime", () => {
  it.each(go)("%s", (text, expected) => {
    expect(parseLoaderMessage(text)).toMatchObject({
      loader: "go",
      previousFailure: false,
      ...expected,
    });
  });
});

describe("a message of glibc", () => {
  it.each(glibc)("%s", (text, expected) => {
    expect(parseLoaderMessage(text)).toMatchObject({ loader: "glibc", ...expected });
  });

  it.each(glibc.filter(([text]) => text.startsWith(file)))("through plugin.Open: %s", (text, expected) => {
    const check = expected.check === "missing-file" ? "machine" : expected.check;
    expect(parseLoaderMessage(`plugin.Open("plugins/x.so"): ${text}`)).toMatchObject({
      loader: "glibc",
      ...expected,
      check,
      path: "plugins/x.so",
    });
  });
});

describe("a message of musl", () => {
  it.each(musl)("%s", (text, expected) => {
    expect(parseLoaderMessage(text)).toMatchObject({ loader: "musl", ...expected });
  });
});

describe("a message of dyld", () => {
  it.each(dyld)("%s", (text, expected) => {
    expect(parseLoaderMessage(text)).toMatchObject({ loader: "dyld", ...expected });
  });
});

const all = [...go, ...glibc, ...musl, ...dyld];

/** What logs, shells and people make of a message. */
const wrappings: Readonly<Record<string, (text: string) => string>> = {
  "a log line": (text) => `2026-11-21T06:30:00.123Z\tERROR\tservice/plugin.go:88\tcannot load: ${text}`,
  "a Go panic": (text) => `panic: ${text}\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/main.go:12 +0x1d`,
  "a JSON log": (text) => JSON.stringify({ level: "error", ts: 1.5, msg: "load", error: text }),
  "a JSON log in a container's log": (text) =>
    JSON.stringify({ log: `${JSON.stringify({ level: "error", error: text })}\n`, stream: "stderr" }),
  logfmt: (text) => `level=error ts=2026-11-21 err=${JSON.stringify(text)} caller=x.go:1`,
  "a colored line": (text) => `\u001b[31mERROR\u001b[0m ${text}\u001b[0m`,
  "a quotation": (text) => `Error: “${text}”.`,
  "a Rust panic": (text) =>
    `called \`Result::unwrap()\` on an \`Err\` value: DlOpen { desc: ${JSON.stringify(text)} }`,
  "lines with CR LF": (text) => `\r\n${text}\r\nexit status 2\r\n`,
};

describe.each(Object.entries(wrappings))("a message in %s", (_, wrap) => {
  it.each(all)("%s", (text, expected) => {
    const { path, ...rest } = expected;
    const message = parseLoaderMessage(wrap(text));
    expect(message).toMatchObject(rest);
    if (path !== undefined) expect(message?.path).toBe(path);
  });
});

describe("a message that a terminal broke in lines", () => {
  it("at spaces is read whole", () => {
    const text =
      'plugin.Open("x"): plugin was built with\n   a different version of package\n   internal/abi';
    expect(parseLoaderMessage(text)).toMatchObject({
      check: "package-hash",
      subject: { name: "internal/abi" },
      text: 'plugin.Open("x"): plugin was built with a different version of package internal/abi',
    });
  });
});

describe("the loader's own words", () => {
  it("are taken out of what stands around them", () => {
    expect(
      parseLoaderMessage(`10:00 E loading: ${file}: undefined symbol: g, version V1 (is it there?)`)?.text,
    ).toBe(`${file}: undefined symbol: g, version V1`);
  });

  it("keep a path with spaces", () => {
    expect(parseLoaderMessage("error: /opt/my plugins/x.so: invalid ELF header")?.path).toBe(
      "/opt/my plugins/x.so",
    );
  });
});

describe("a text without a known message", () => {
  it.each([
    "",
    "   ",
    "exit status 1",
    "no such file",
    "open x: no such file or directory",
    "[signal SIGSEGV: x]",
  ])("%j is none", (text) => {
    expect(parseLoaderMessage(text)).toBeUndefined();
  });
});

describe("a text of any length", () => {
  it.each([
    ["spaces", " "],
    ["beginnings of a message", "Symbol not found: _x "],
    ["openings", 'plugin.Open("'],
    ["dlopen", "dlopen(a, 0x6): "],
    ["signatures", "code signature in "],
    ["backslashes", "\\"],
    ["quotation marks", '\\"'],
    ["line breaks", "realpath\n"],
    ["colons", ": "],
  ])("of %s takes no long time", (_, piece) => {
    const started = performance.now();
    parseLoaderMessage(piece.repeat(Math.floor((longestLog + 10) / piece.length)));
    expect(performance.now() - started).toBeLessThan(4000);
  });

  it("is looked at as far as a log goes", () => {
    expect(parseLoaderMessage(`${" ".repeat(longestLog)}plugin: not implemented`)).toBeUndefined();
    expect(parseLoaderMessage(`${" ".repeat(longestLog - 100)}plugin: not implemented`)).toBeDefined();
  });
});

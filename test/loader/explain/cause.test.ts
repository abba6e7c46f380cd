import { describe, expect, it } from "vitest";
import { explainError } from "../../../src/check/explain/explain.ts";
import type { LoaderMessage } from "../../../src/loader/explain/loader-message.ts";
import { parseLoaderMessage } from "../../../src/loader/explain/parse.ts";
import { isGlibcName, rustSymbol, versionOrigin } from "../../../src/loader/explain/symbol-origin.ts";

/** What a message means, and the first cause of it, as they are shown. */
async function told(text: string): Promise<{ says: string; cause: string; run: string }> {
  const explained = await explainError(text);
  if (explained === undefined) throw new Error(`not understood: ${text}`);
  const { meaning, causes, next } = explained;
  expect(JSON.stringify([meaning, causes, next])).not.toMatch(/\{[a-z]+\}/);
  return { says: meaning, cause: causes[0] ?? "", run: JSON.stringify(next) };
}

describe("a message of musl about a name of glibc", () => {
  it.each([
    "__vfprintf_chk",
    "__memcpy_chk",
    "__fdelt_chk",
    "__res_init",
    "__res_search",
    "res_ninit",
    "gnu_get_libc_version",
    "backtrace",
    "backtrace_symbols_fd",
    "__libc_single_threaded",
    "__isoc23_strtol",
    "mallinfo2",
    "__register_atfork",
    "error_at_line",
    "_IO_2_1_stdout_",
    "__cxa_thread_atexit_impl",
  ])("says that the plugin was built for glibc, before all else: %s", async (name) => {
    const { says, cause } = await told(`Error relocating /app/lib.so: ${name}: symbol not found`);
    expect(says).toMatch(/^The plugin was built for glibc, and the host runs on musl/);
    expect(cause).toContain("built for glibc");
  });

  it.each([
    "otel_host_api",
    "qsort_r",
    "_ZNSt6vectorIiSaIiEE9push_backEi",
    "my_chk",
    "res_query",
    "__libc_start_main",
  ])("does not say so of others: %s", async (name) => {
    const { says } = await told(`Error relocating /app/lib.so: ${name}: symbol not found`);
    expect(says).toContain(`Nothing that is loaded defines ${name}`);
  });

  it("is not said of a host with glibc", async () => {
    const { says } = await told("/app/lib.so: undefined symbol: __vfprintf_chk");
    expect(says).not.toContain("musl");
  });
});

describe("a missing library of the other C library", () => {
  it.each([
    'plugin.Open("/p"): libc.musl-x86_64.so.1: cannot open shared object file: No such file or directory',
    "libc.musl-aarch64.so.1: cannot open shared object file: No such file or directory",
    "ld-musl-x86_64.so.1: cannot open shared object file: No such file or directory",
  ])("means a plugin for musl on glibc: %s", async (text) => {
    const { says, cause } = await told(text);
    expect(says).toMatch(/^The plugin was built for musl, and the host runs on glibc/);
    expect(cause).toContain("Alpine");
  });

  it.each(["ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1", "libresolv.so.2", "libmvec.so.1"])(
    "means a plugin for glibc on musl: %s",
    async (library) => {
      const text = `Error loading shared library ${library}: No such file or directory (needed by /app/p.so)`;
      expect((await told(text)).says).toMatch(/^The plugin was built for glibc, and the host runs on musl/);
    },
  );

  it("is a linker script where glibc is found under musl's name", async () => {
    const { says } = await told('plugin.Open("p.so"): /usr/lib/x86_64-linux-gnu/libc.so: invalid ELF header');
    expect(says).toMatch(/^The plugin was built for musl/);
  });

  it("is any other library otherwise", async () => {
    expect(
      (await told("libssl.so.3: cannot open shared object file: No such file or directory")).says,
    ).toContain("cannot find it");
  });

  it("that musl finds and refuses is not called missing", async () => {
    const { says } = await told("Error loading shared library libg.so: Exec format error (needed by /p.so)");
    expect(says).toContain("could not load it: Exec format error");
  });
});

describe("a version", () => {
  it.each([
    ["./plugin.so: undefined symbol: pthread_attr_setstacksize, version GLIBC_2.34", "glibc 2.34 or later"],
    ["/lib/libc.so.6: version `GLIBC_2.38' not found (required by ./p.so)", "glibc 2.38 or later"],
    ["/lib/libm.so.6: version `GLIBC_2.29' not found (required by ./p.so)", "glibc 2.29 or later"],
    ["/lib/libc.so.6: version `GLIBC_ABI_DT_RELR' not found (required by ./p.so)", "glibc 2.36 or later"],
    ["/usr/lib/libstdc++.so.6: version `GLIBCXX_3.4.30' not found (required by ./p.so)", "GCC 12.1 or later"],
    ["/usr/lib/libstdc++.so.6: version `CXXABI_1.3.13' not found (required by ./p.so)", "GCC 11.1 or later"],
    [
      "./p.so: symbol fcntl64, version GLIBC_2.28 not defined in file libc.so.6 with link time reference",
      "glibc 2.28 or later",
    ],
  ])("says which release it needs: %s", async (text, release) => {
    const { says, cause } = await told(text);
    expect(says).toContain(release);
    expect(cause).toContain(release);
  });

  it("that every glibc has is not blamed on the release", async () => {
    const { says } = await told("./p.so: undefined symbol: __res_search, version GLIBC_2.2.5");
    expect(says).toContain("the release is not at fault");
  });

  it.each([
    "/lib/libpthread.so.0: undefined symbol: __libc_vfork, version GLIBC_PRIVATE",
    "/lib/libc.so.6: version `GLIBC_PRIVATE' not found (required by /opt/libm.so.6)",
  ])("that glibc's libraries use of each other means that two are mixed: %s", async (text) => {
    expect((await told(text)).says).toContain("two builds of glibc are mixed");
  });

  it("of another library is about that library", async () => {
    const { says } = await told(
      "./p.so: symbol curl_easy_init, version CURL_OPENSSL_4 not defined in file libcurl.so.4 with link time reference",
    );
    expect(says).toBe(
      "The library libcurl.so.4 is there, but has no curl_easy_init in version CURL_OPENSSL_4.",
    );
  });

  it.each([
    ["GLIBC_2.17", "glibc-always"],
    ["GLIBC_2.18", "glibc-release"],
    ["GLIBC_2.2.5", "glibc-always"],
    ["GLIBC_3.0", "glibc-release"],
    ["GLIBC_", undefined],
    ["LIBFOO_2.34", undefined],
  ])("%s: %s", (version, kind) => {
    expect(versionOrigin(version)?.kind).toBe(kind);
  });
});

describe("a name of Rust with a hash", () => {
  it.each([
    ["_ZN3std5error5Error6source17h59fb627c0118f46bE", "std", true],
    ["__ZN4core3fmt9Formatter9write_str17h0123456789abcdefE", "core", true],
    ["_ZN8tracing_4core17h0123456789abcdefE", "tracing_", false],
    ["_ZN5tokio7runtime4task17habcdefabcdef0123E", "tokio", false],
    ["_ZN59_$LT$mycrate..Thing$u20$as$u20$core..fmt..Display$GT$3fmt17h0123456789abcdefE", "mycrate", false],
    ["_RNvCskvkbFRVhOxn_7mycrate3foo", "mycrate", false],
    ["_RNvNtCs1234_4core3fmt5write", "core", true],
    ["__RNvCs1234_3std4main", "std", true],
  ])("%s is of the crate %s", (name, crate, isStandard) => {
    expect(rustSymbol(name)).toEqual({ crate, isStandard });
  });

  it.each([
    "_ZNSt6vectorIiSaIiEE9push_backEi",
    "otel_new",
    "_Reset",
    "_ZN3foo3barEv",
    "_R",
    "_ZN9999x17h0123456789abcdefE_",
  ])("%s is none, or says nothing", (name) => {
    expect([undefined, "x17h0123456789abcdefE_"]).toContain(rustSymbol(name)?.crate);
  });

  it.each([
    "./libstrategy.so: undefined symbol: _ZN3std5error5Error6source17h59fb627c0118f46bE",
    "Error relocating ./p.so: _ZN3std2io5stdio6_print17h59fb627c0118f46bE: symbol not found",
    "dlopen(/p.dylib, 0x0006): Symbol not found: __ZN3std2io5stdio6_print17h59fb627c0118f46bE\n  Referenced from: <1> /p.dylib\n  Expected in: <2> /h",
    "./p.so: undefined symbol: _RNvNtCs1234_3std2io6_print",
  ])("of the standard library means a dylib of another rustc: %s", async (text) => {
    const { says, cause } = await told(text);
    expect(says).toContain("Rust's std");
    expect(cause).toContain("different rustc");
  });

  it("of another crate means another build of it", async () => {
    const { cause } = await told("./p.so: undefined symbol: _ZN5tokio7runtime4task17habcdefabcdef0123E");
    expect(cause).toContain("a different build of the crate tokio");
  });
});

describe("musl's thread-local storage", () => {
  const inFile = (name: string): string =>
    `Error relocating ./lib.so: ${name}: initial-exec TLS resolves to dynamic definition in ./lib.so`;

  it("of Go's runtime means that Go cannot be opened there", async () => {
    const { says, cause } = await told(inFile("runtime.tlsg"));
    expect(says).toContain("cannot be loaded with dlopen on musl");
    expect(cause).toContain("written in Go");
  });

  it.each(["", "free", "type:.eq.[2]interface {}", "go:itab.*os.File,io.Writer", "a b (c)"])(
    "may name anything: %j",
    async (name) => {
      expect(parseLoaderMessage(inFile(name))).toMatchObject({
        loader: "musl",
        check: "static-tls",
        path: "./lib.so",
        ...(name === "" ? {} : { subject: { kind: "symbol", name } }),
      });
      const { says, cause } = await told(inFile(name));
      expect(says).toContain("may be a different one");
      expect(cause).toContain("Go plugin or c-shared");
    },
  );

  it("is not confused with glibc's", async () => {
    expect((await told("/p.so: cannot allocate memory in static TLS block")).says).toContain("does not fit");
  });
});

const asked = "/opt/p.dylib";
const cryptex = `'/System/Volumes/Preboot/Cryptexes/OS${asked}' (no such file)`;
const tried = (why: string): string =>
  `dlopen(${asked}, 0x000A): tried: '${asked}' (${why}), ${cryptex}, '${asked}' (${why})`;

describe("the reason in dyld's brackets", () => {
  it.each([
    ["__TEXT segment fileoffset is not zero", "segment"],
    ["fcntl(F_CHECK_LV) failed with errno=1", "library-validation"],
    ["built for macOS 14.0 which is newer than running OS", "newer-system"],
    [
      "mach-o file, but is an incompatible architecture (have 'x86_64', need 'arm64e' or 'arm64')",
      "architecture",
    ],
    ["file system sandbox blocked open()", "no-permission"],
    ["open() failed with errno=24", "system-call"],
    ["relative path not allowed in hardened program", "hardened-path"],
    ["no such file", "missing-file"],
    ["not a file", "not-a-file"],
  ])("is explained: %s", (why, check) => {
    expect(parseLoaderMessage(tried(why))).toMatchObject({ loader: "dyld", check, path: asked });
  });

  it.each([
    "the planets do not align",
    "slice is tired (errno=7)",
    "no such fileset in the cache",
    "unexpected thing (like (this) one)",
  ])("that is unknown is quoted, and never read as a different one: %s", async (why) => {
    const message = parseLoaderMessage(tried(why));
    expect(message).toMatchObject({ check: "unknown-reason", reason: why, path: asked });
    expect((await told(tried(why))).says).toContain(why);
  });

  it("of the path that was asked for counts, not that of another", () => {
    const text = `dlopen(${asked}, 0x000A): tried: '/usr/lib/p.dylib' (not a mach-o file), '${asked}' (fat file too short)`;
    expect(parseLoaderMessage(text)).toMatchObject({ check: "universal-header", path: asked });
  });

  it("of another counts if nothing is at the path that was asked for", () => {
    const text = `dlopen(p.dylib, 0x000A): tried: 'p.dylib' (no such file), '/usr/lib/p.dylib' (no such file, not in dyld cache), '/usr/local/lib/p.dylib' (not a mach-o file)`;
    expect(parseLoaderMessage(text)).toMatchObject({ check: "not-mach-o", path: "p.dylib" });
  });

  it("of a library that is there explains why it is not taken", async () => {
    const text = `dyld[7]: Library not loaded: @rpath/libz.dylib\n  Referenced from: <1> /p.dylib\n  Reason: tried: '/a/libz.dylib' (no such file), '/b/libz.dylib' (mach-o file, but is an incompatible architecture (have 'x86_64', need 'arm64'))`;
    expect(parseLoaderMessage(text)).toMatchObject({
      check: "missing-dylib",
      outcome: "crash",
      because: { check: "architecture", path: "/b/libz.dylib", needed: "arm64" },
    });
    const { says, run } = await told(text);
    expect(says).toContain("found it at /b/libz.dylib, and did not take it");
    expect(says).toContain("x86_64");
    expect(run).toContain("lipo -archs /b/libz.dylib");
  });

  it("that a log cut off is read as far as it goes", () => {
    expect(parseLoaderMessage(`dlopen(${asked}, 0x1): tried: '${asked}' (fat file too sh`)).toMatchObject({
      check: "unknown-reason",
      reason: "fat file too sh",
    });
  });
});

const validated = (why: string): string =>
  tried(`code signature in <6E1A> '${asked}' not valid for use in process: ${why}`);

describe("what the kernel says of a signature", () => {
  it.each([
    ["library load disallowed by system policy", "Gatekeeper", "com.apple.quarantine"],
    [
      "mapping process and mapped file (non-platform) have different Team IDs",
      "own team",
      "disable-library-validation",
    ],
    [
      "mapped file has no Team ID and is not a platform binary (signed with custom identity or adhoc?)",
      "no team",
      "disable-library-validation",
    ],
    ["mapping process is a platform binary, but mapped file is not", "macOS itself", "codesign -dv"],
    [
      "mapped file has no cdhash, completely unsigned? Code has to be at least ad-hoc signed.",
      "no code signature",
      "codesign --force --sign",
    ],
    ["a rule of the year 2031", "Its reason: a rule of the year 2031", "codesign --verify"],
  ])("has its own meaning and fix: %s", async (why, meaning, fix) => {
    const now = await told(validated(why));
    expect(now.says).toContain(meaning);
    expect(now.run).toContain(fix);
    const before = await told(
      `dlopen(${asked}, 9): no suitable image found.  Did find:\n\t${asked}: code signature in (${asked}) not valid for use in process using Library Validation: ${why}`,
    );
    expect(before.says).toContain(meaning);
  });

  it("is not a broken signature if a policy forbids it", async () => {
    const { says, cause } = await told(validated("library load disallowed by system policy"));
    expect(says).not.toContain("does not match");
    expect(cause).toContain("quarantined");
  });
});

describe("what is built for a later macOS", () => {
  it.each([
    "dyld[1]: Symbol not found: _SecTrust   Referenced from: <1> /U/p.dylib (built for macOS 13.0 which is newer than running OS)   Expected in: <2> /S/Security",
    "dlopen(/U/p.dylib, 0x6): Symbol not found: _SecTrust\n  Referenced from: <1> /U/p.dylib (built for macOS 13.0 which is newer than running OS)\n  Expected in:     <2> /S/Security",
    "dyld: Symbol not found: _SecTrust\n  Referenced from: /U/p.dylib (which was built for Mac OS X 13.0)\n  Expected in: /S/Security\n in /U/p.dylib",
    "dyld[1]: Library not loaded: /S/New\n  Referenced from: <1> /U/p.dylib (built for macOS 13.0 which is newer than running OS)\n  Reason: tried: '/S/New' (no such file)",
  ])("says so first: %s", async (text) => {
    const { cause } = await told(text);
    expect(cause).toMatch(/^The plugin is built for (macOS|Mac OS X) 13\.0, and this macOS is older/);
  });

  it("is not said of what dyld does not say it of", () => {
    expect(
      parseLoaderMessage(
        "dyld[1]: Symbol not found: _x\n  Referenced from: <1> /p (built for macOS 14.0)\n  Expected in: <2> /S",
      ),
    ).not.toHaveProperty("builtFor");
  });
});

describe("words of earlier releases", () => {
  const older = (why: string): string =>
    `dlopen(/x/p.dylib, 9): no suitable image found.  Did find:\n\t/x/p.dylib: ${why}`;
  const cases: readonly (readonly [string, Partial<LoaderMessage>])[] = [
    [older("mach-o, but wrong architecture"), { check: "architecture", path: "/x/p.dylib" }],
    [
      `${older("mach-o, but wrong architecture")}\n\t/x/p.dylib: stat() failed with errno=2`,
      { check: "architecture" },
    ],
    [
      "dlopen(/x/p.dylib, 9): no suitable image found.  Did find: /x/p.dylib: mach-o, but wrong architecture /x/p.dylib: stat() failed with errno=1",
      { check: "architecture" },
    ],
    [older("no matching architecture in universal wrapper"), { check: "missing-slice" }],
    [
      older("unknown file type, first eight bytes: 0x7F 0x45 0x4C 0x46 0x02 0x01 0x01 0x00"),
      { check: "not-mach-o" },
    ],
    [older("file too short"), { check: "not-mach-o", loader: "dyld" }],
    [older("file system sandbox blocked stat()"), { check: "no-permission" }],
    [older("required code signature missing for '/x/p.dylib'"), { check: "unsigned" }],
    [older("code signing blocked mmap() of '/x/p.dylib'"), { check: "signature" }],
    [older("mach-o, but built for simulator (not macOS)"), { check: "platform" }],
    [
      older("truncated mach-o error: segment __LINKEDIT extends to 999 which is past end of file 100"),
      { check: "truncated-segment", subject: { kind: "segment", name: "__LINKEDIT" } },
    ],
    [older("cannot load 'p.dylib' (load command 0x80000034 is unknown)"), { check: "load-command" }],
    [older("a word of 2012"), { check: "unknown-reason", reason: "a word of 2012" }],
    ["dlopen(/x/p.dylib, 9): image not found", { check: "missing-file", path: "/x/p.dylib" }],
    [
      "dlopen(/x/p.dylib, 0x000A): tried: '/x/p.dylib' (mach-o file, but is an incompatible architecture (have (x86_64), need (arm64e)))",
      { check: "architecture", needed: "arm64e", subject: { kind: "architecture", name: "x86_64" } },
    ],
    ["dlopen(/x/p.dylib, 0x0106): missing compatible arch in /x/p.dylib", { check: "missing-slice" }],
    [
      "dlopen(/x/p.dylib, 9): Library not loaded: @rpath/liba.dylib\n  Referenced from: /x/p.dylib\n  Reason: image not found",
      { check: "missing-dylib", outcome: "refused", subject: { kind: "library", name: "@rpath/liba.dylib" } },
    ],
    [
      "dlopen(/x/p.dylib, 9): Symbol not found: _g\n  Referenced from: /x/p.dylib\n  Expected in: flat namespace\n in /x/p.dylib",
      { check: "missing-symbol", subject: { kind: "symbol", name: "_g" } },
    ],
    [
      "dlsym(0x7ff8, otel_new): symbol not found",
      { check: "missing-symbol", subject: { kind: "symbol", name: "otel_new" } },
    ],
    [
      "./p.so: symbol curl_easy_init, version CURL_OPENSSL_4 not defined in file libcurl.so.4 with link time reference",
      { check: "undefined-symbol", version: "CURL_OPENSSL_4", definer: "libcurl.so.4", path: "./p.so" },
    ],
    [
      "./p.so: cannot make segment writable for relocation: Permission denied",
      { check: "memory-protection", path: "./p.so", reason: "Permission denied" },
    ],
    ["./p.so: cannot restore segment prot after reloc: Permission denied", { check: "memory-protection" }],
    ["./p.so: cannot change memory protections", { check: "memory-protection" }],
    ["./p.so: unexpected PLT reloc type 0x25", { check: "relocation-type" }],
    ["./p.so: cannot map zero-fill pages: Cannot allocate memory", { check: "out-of-memory" }],
    [
      "./p.so: cannot open shared object file: Too many open files",
      { check: "system-call", reason: "Too many open files", path: "./p.so" },
    ],
    [
      "Error relocating ./p.so: RELRO protection failed: Out of memory",
      { check: "memory-protection", loader: "musl" },
    ],
    ["Error loading dependencies for ./p.so", { check: "out-of-memory", loader: "musl" }],
    ["Error loading shared library ./p.so: Stale file handle", { check: "system-call", loader: "musl" }],
    ["Inconsistency detected by ld.so: dl-open.c: 1: f: Assertion `x == y' failed!", { outcome: "crash" }],
  ];
  it.each(cases)("%s", (text, expected) => {
    expect(parseLoaderMessage(text)).toMatchObject(expected);
  });

  it("of an assertion are not taken for a different one", async () => {
    const { says } = await told(
      "Inconsistency detected by ld.so: dl-open.c: 1: f: Assertion `x == y' failed!",
    );
    expect(says).toContain("takes for impossible");
  });
});

describe("the process", () => {
  it.each([
    "./host: symbol lookup error: ./p.so: undefined symbol: g",
    "/usr/bin/host: symbol lookup error: /opt/my plugins/p.so: undefined symbol: g, version V1",
    "./host: relocation error: ./p.so: symbol g, version GLIBC_2.28 not defined in file libc.so.6 with link time reference",
    "./host: error while loading shared libraries: libz.so.1: cannot open shared object file: No such file or directory",
    "Nov 21 06:30:00 node otelcol[123]: /usr/bin/otelcol: symbol lookup error: /p.so: undefined symbol: g",
    "./host: /lib/libc.so.6: version `GLIBC_2.38' not found (required by ./host)",
    "dyld[123]: Library not loaded: @rpath/libz.dylib\n  Referenced from: <1> /h\n  Reason: tried: '/libz.dylib' (no such file)",
    "dyld: Library not loaded: @rpath/libz.dylib\n  Referenced from: /h\n  Reason: image not found",
    "dyld[123]: Symbol not found: _g\n  Referenced from: <1> /h\n  Expected in: <2> /l",
    "dyld: lazy symbol binding failed: Symbol not found: _g\n  Referenced from: /p.dylib\n  Expected in: flat namespace",
    "dyld[9]: symbol not found in flat namespace '_g'",
    "dyld[9]: terminating because inserted dylib '/p.dylib' could not be loaded: tried: '/p.dylib' (not a mach-o file)",
    "Termination Reason:  Namespace DYLD, Code 1 Library missing\nLibrary not loaded: @rpath/libz.dylib\nReferenced from: <1> /h",
    "Dyld Error Message:\n  Library not loaded: @rpath/libz.dylib\n  Referenced from: /h\n  Reason: image not found",
  ])("ends: %s", (text) => {
    expect(parseLoaderMessage(text)?.outcome).toBe("crash");
  });

  it.each([
    "./p.so: undefined symbol: g",
    'plugin.Open("p.so"): /p.so: undefined symbol: g',
    "host: cannot load: ./p.so: undefined symbol: g",
    "/lib/libc.so.6: version `GLIBC_2.38' not found (required by ./p.so)",
    "dlopen(/p.dylib, 0x6): Library not loaded: @rpath/libz.dylib\n  Referenced from: <1> /p.dylib\n  Reason: tried: '/libz.dylib' (no such file)",
    "dlopen(/p.dylib, 0x6): symbol not found in flat namespace '_g'",
    "dyld[7]: something of long ago\nLibrary not loaded: @rpath/libz.dylib\n  Referenced from: <1> /p.dylib",
    "dyld: warning: could not load inserted library '/p.dylib' into hardened process because no suitable image found.  Did find:\n\t/p.dylib: not a dylib",
    "Error relocating ./p.so: g: symbol not found",
  ])("goes on: %s", (text) => {
    expect(parseLoaderMessage(text)?.outcome).toBe("refused");
  });

  it("is named in the loader's words", () => {
    const text = "x ./host: symbol lookup error: ./p.so: undefined symbol: g";
    expect(parseLoaderMessage(text)).toMatchObject({
      path: "./p.so",
      text: expect.stringContaining("symbol lookup error") as string,
    });
    expect(parseLoaderMessage("a\ndyld[7]: Symbol not found: _g")?.text).toBe(
      "dyld[7]: Symbol not found: _g",
    );
  });
});

describe("names of glibc", () => {
  it.each(["", "_chk", "constructor", "toString", "__proto__", "printf", "malloc"])("are not %j", (name) => {
    expect(isGlibcName(name)).toBe(false);
  });
});

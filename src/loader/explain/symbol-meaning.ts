import type { Meaning } from "./meaning.ts";
import { advise, inspect, run, validate } from "./next-step.ts";

const forMusl = advise(
  "Build the plugin on Alpine, or for a musl target (CC=musl-gcc; --target x86_64-unknown-linux-musl), or run the host in an image with glibc.",
);
const oldSystem = advise(
  "Build the plugin on the oldest system that it must run on, for example in the host's image.",
);

/** What the name of a symbol, its version, or a library says of where the plugin was built. */
export const symbolMeanings = {
  "undefined-symbol/glibc-name": {
    says: "The plugin was built for glibc, and the host runs on musl: {symbol} is glibc's, and musl does not define it.",
    causes: [
      "The plugin was built for glibc, on a system like Debian or RHEL, and is loaded on Alpine.",
      "Only a static library in it was built for glibc (a prebuilt .a, or a cgo package that contains one).",
      "It was compiled with -D_FORTIFY_SOURCE on glibc: names that end with _chk come from there.",
      "It was compiled for musl, but calls a function that only glibc has: the linker does not check that in a library (-Wl,-z,defs makes it).",
    ],
    next: [run("readelf -d {plugin} | grep NEEDED"), run("plugins inspect {plugin} --symbols"), forMusl],
  },
  "undefined-symbol/glibc-release": {
    says: "The plugin needs glibc {release} or later: {symbol} is required in version {version}, which the host's system does not have.",
    causes: [
      "The plugin was built on a system with glibc {release} or later, and the host runs on an older one.",
      "The host runs in an older image than its plugins were built for.",
    ],
    next: [run("ldd --version"), run("readelf -V {plugin} | grep GLIBC"), oldSystem],
  },
  "symbol-version/glibc-release": {
    says: "The plugin needs glibc {release} or later: it was linked against version {version} of {definer}, which the host's system does not have.",
    causes: [
      "The plugin was built on a system with glibc {release} or later, and the host runs on an older one.",
      "The host runs in an older image than its plugins were built for.",
    ],
    next: [run("ldd --version"), run("readelf -V {plugin} | grep GLIBC"), oldSystem],
  },
  "symbol-version/gcc-release": {
    says: "The plugin needs the C++ library of GCC {release} or later: it was linked against version {version} of {definer}, which the host's system does not have.",
    causes: [
      "C++ code in the plugin was compiled with GCC {release} or later, and the host's system has an older libstdc++.",
      "LD_LIBRARY_PATH or an RPATH (Conda, a vendor's folder) puts an older libstdc++ before the system's.",
    ],
    next: [
      run("strings -a {definer} | grep -F {version}"),
      run("readelf -V {plugin} | grep -E 'GLIBCXX|CXXABI'"),
      advise(
        "Link with -static-libstdc++ -static-libgcc, or build on the oldest system that it must run on.",
      ),
    ],
  },
  "undefined-symbol/glibc-always": {
    says: "Nothing that is loaded defines {symbol}. Every supported glibc has version {version}, so the release is not at fault: the library is missing that defines it.",
    causes: [
      "The plugin was not linked against the library that has {symbol}: before glibc 2.34, pthread, dl, rt, util and resolv are libraries of their own.",
      "The library that has it is there, but a different one with the same name is found first.",
    ],
    next: [
      run("readelf -d {plugin} | grep NEEDED"),
      advise("Link against the library that defines {symbol}: -lpthread, -ldl, -lrt, -lutil or -lresolv."),
    ],
  },
  "undefined-symbol/glibc-private": {
    says: "Libraries of two builds of glibc are mixed: {symbol} is what glibc's own libraries use of each other (GLIBC_PRIVATE), and only fits within one build.",
    causes: [
      "A library of glibc (libpthread.so.0, libresolv.so.2, libm.so.6) is taken from a different folder than libc.so.6: LD_LIBRARY_PATH, an RPATH, a copy beside the plugin.",
      "The host is started with a different ld.so, and finds the system's libraries.",
    ],
    next: [
      run("LD_DEBUG=libs {host}"),
      run("readelf -d {plugin} | grep -E 'RPATH|RUNPATH'"),
      advise("Do not ship libraries of glibc with the plugin: the system's belong together."),
    ],
  },
  "undefined-symbol/other-version": {
    says: "The library {definer} is there, but has no {symbol} in version {version}.",
    causes: [
      "A different build of {definer} is found than the plugin was linked against: one without symbol versions, or with those of a different distribution.",
      "An older release of {definer} is installed than the plugin was linked against.",
    ],
    next: [
      run("readelf -V {plugin} | grep -F {version}"),
      run("ldconfig -p | grep -F {definer}"),
      advise("Install the build of the library that the plugin was linked against, or link it statically."),
    ],
  },
  "undefined-symbol/rust": {
    says: "Nothing that is loaded defines {symbol}. It is a function of the Rust crate {crate}, and the hash in its name is that of one build: the same crate built again, with a different compiler, version or flags, has different names.",
    causes: [
      "The plugin was built against a different build of the crate {crate} than the one that is loaded.",
      'The crate is linked as a dylib (crate-type = ["dylib"], -C prefer-dynamic), and host and plugin were not built together.',
      "Host and plugin were compiled by different releases of rustc.",
    ],
    next: [
      inspect,
      run("nm -D --defined-only {host} | grep -F {crate}"),
      advise(
        'Build the plugin with crate-type = ["cdylib"] and without -C prefer-dynamic, and share only C functions with the host; or build both in one workspace.',
      ),
    ],
  },
  "undefined-symbol/rust-std": {
    says: "Nothing that is loaded defines {symbol}. It is a function of Rust's {crate}, and the hash in its name is that of one release of rustc: the plugin was linked against Rust's standard library as a dylib (libstd-….so) of a different release.",
    causes: [
      "The plugin was built with -C prefer-dynamic against the standard library of a different rustc than the one that is loaded.",
      "The host exports the standard library of its own rustc, and the plugin was compiled by a different release.",
      "libstd-….so is not beside the plugin or the host, or an older one is.",
    ],
    next: [
      inspect,
      run("readelf -d {plugin} | grep libstd"),
      advise(
        'Build the plugin with crate-type = ["cdylib"] and without -C prefer-dynamic: it then contains the standard library. Otherwise use the host\'s release of rustc.',
      ),
    ],
  },
  "missing-library/musl": {
    says: "The plugin was built for musl, and the host runs on glibc: {library} is musl's C library, which systems with glibc do not have.",
    causes: [
      "The plugin was built on Alpine, and is loaded on a system like Debian or RHEL.",
      "It was linked by a musl toolchain (musl-gcc, zig cc -target …-musl).",
    ],
    next: [
      inspect,
      run("readelf -d {plugin} | grep NEEDED"),
      advise("Build the plugin on the host's system or one with an older glibc; do not install musl for it."),
    ],
  },
  "missing-library/glibc": {
    says: "The plugin was built for glibc, and the host runs on musl: {library} is a part of glibc, which systems with musl do not have.",
    causes: [
      "The plugin was built for glibc, on a system like Debian or RHEL, and is loaded on Alpine.",
      "One of the libraries that it brings was built for glibc.",
    ],
    next: [inspect, run("readelf -d {plugin} | grep NEEDED"), forMusl],
  },
  "missing-library/refused": {
    says: "The plugin needs the library {library}. The loader found it and could not load it: {reason}.",
    causes: [
      "The library is damaged, or is not a shared library for this system.",
      "The host's user is not allowed to read it.",
    ],
    next: [
      inspect,
      run("ldd {plugin}"),
      advise("Install the library again, for the host's machine and system."),
    ],
  },
  "static-tls/musl": {
    says: "The plugin's thread-local variables use the initial-exec TLS model, which musl allows only for libraries that are loaded when a process starts. The symbol in the message may be a different one: musl prints the last name that it looked up.",
    causes: [
      "It is a Go plugin or c-shared library: Go's runtime uses this model (runtime.tlsg), so musl cannot dlopen it.",
      "A library in it was compiled with -ftls-model=initial-exec (some allocators are).",
    ],
    next: [
      inspect,
      run("readelf -d {plugin} | grep STATIC_TLS"),
      advise(
        "Run the host with glibc. C and Rust code can be compiled with -ftls-model=global-dynamic instead.",
      ),
    ],
  },
  "static-tls/musl-go": {
    says: "A Go plugin or c-shared library cannot be loaded with dlopen on musl: Go's runtime keeps its thread-local variable (runtime.tlsg) in the initial-exec TLS model, which musl allows only for libraries that are loaded when a process starts.",
    causes: ["The plugin is written in Go, and the host runs on musl (Alpine)."],
    next: [
      inspect,
      advise("Run the host in an image with glibc, and build the plugin there."),
      advise(
        "A C host can link the library instead of opening it: it is then there when the process starts.",
      ),
    ],
  },
  "magic/linker-script": {
    says: "The plugin was built for musl, and the host runs on glibc: it needs libc.so, which there is a linker script, a text file.",
    causes: ["The plugin was linked by a musl toolchain, and is loaded on a system like Debian or RHEL."],
    next: [
      inspect,
      run("readelf -d {plugin} | grep NEEDED"),
      advise("Build the plugin on the host's system or one with an older glibc."),
    ],
  },
  "symbol-version/glibc-private": {
    says: "Libraries of two builds of glibc are mixed: GLIBC_PRIVATE is what glibc's own libraries use of each other, and only fits within one build.",
    causes: [
      "A library of glibc is taken from a different folder than {definer}: LD_LIBRARY_PATH, an RPATH, a copy beside the plugin.",
    ],
    next: [
      run("LD_DEBUG=libs {host}"),
      advise("Do not ship libraries of glibc with the plugin: the system's belong together."),
    ],
  },
} as const satisfies Readonly<Record<string, Meaning>>;

/** What has nothing to do with the file, and is the same for all loaders. */
export const systemMeanings = {
  "system-call": {
    says: "The system refused what the loader asked for: {reason}. It is not about the contents of the file.",
    causes: [
      "The host's user is not allowed to use the file, or a sandbox (SELinux, AppArmor, seccomp, App Sandbox) forbids it: errno 1 and 13.",
      "The process has too many open files (errno 24), or the system does (23).",
      "The file system has a problem: an input/output error (errno 5), a stale network mount.",
    ],
    next: [run("ls -l {plugin}"), run("ulimit -n"), validate],
  },
  "out-of-memory": {
    says: "The loader got no memory for what it keeps of the plugin. Nothing is wrong with the file itself.",
    causes: [
      "The process has reached a limit: its container's memory, RLIMIT_AS, vm.max_map_count.",
      "The system ran out of memory.",
    ],
    next: [run("ulimit -v"), advise("Give the host more memory, or load fewer plugins.")],
  },
  "host-call": {
    says: "The host called the loader in a way that cannot succeed. The plugin is not at fault.",
    causes: [
      "The host opens a plugin while it exits, asks for one that must already be loaded (RTLD_NOLOAD), or passes an invalid mode.",
    ],
    next: [advise("Report it to the authors of the host, with its stack trace.")],
  },
  "loader-assertion": {
    says: "The host's process died: the file contains something that glibc's loader takes for impossible. The message quotes the condition.",
    causes: [
      "A linker or tool wrote a dynamic section that glibc does not support (patchelf, objcopy, a packer, a linker's -z option).",
      "The file is damaged.",
    ],
    next: [run("readelf -dW {plugin}"), validate, advise("Link the plugin again with default options.")],
  },
} as const satisfies Readonly<Record<string, Meaning>>;

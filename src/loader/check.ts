/** The loader's own check that a file fails. */
export type LoaderCheck = DlopenCheck | DyldCheck | PluginOpenCheck;

/** The checks of dlopen (glibc: elf/dl-load.c and elf/dl-reloc.c; musl: ldso/dynlink.c), named by what is wrong. */
export type DlopenCheck =
  | "missing-file"
  | "not-a-file"
  | "no-permission"
  | "too-short"
  | "magic"
  | "class"
  | "byte-order"
  | "header-version"
  | "os-abi"
  | "abi-version"
  | "header-padding"
  | "machine"
  | "file-type"
  | "executable"
  | "program-headers"
  | "no-segments"
  | "no-dynamic-section"
  | "page-alignment"
  | "segment-mapping"
  | "truncated"
  | "missing-library"
  | "symbol-version"
  | "lost-versions"
  | "undefined-symbol"
  | "static-tls"
  | "executable-stack"
  | "sanitizer"
  | "no-dlopen"
  | "isa-level"
  | "relr-without-marker"
  | "relr-unsupported"
  | "relocation-type"
  | "stray-address"
  | "no-loader";

/** The checks of dyld (apple-oss-distributions/dyld: mach_o/, dyld/Loader.cpp) and the kernel's of code signatures, named by what is wrong. */
export type DyldCheck =
  | "not-mach-o"
  | "architecture"
  | "missing-slice"
  | "universal-header"
  | "platform"
  | "truncated-segment"
  | "segment"
  | "linkedit"
  | "load-command"
  | "mach-o-file-type"
  | "unsigned"
  | "signature"
  | "library-validation"
  | "missing-dylib"
  | "missing-symbol";

/** The checks of plugin.Open besides those of dlopen (Go: src/plugin/plugin_dlopen.go, src/runtime/plugin.go), named by what is wrong. */
export type PluginOpenCheck =
  | "not-implemented"
  | "realpath"
  | "no-module-data"
  | "other-module-layout"
  | "no-plugin-path"
  | "package-hash"
  | "symbol-table"
  | "missing-export";

/** What loaders report besides what is predicted: it is not in the files, or comes after they are loaded. */
export type UnpredictedCheck =
  /** package plugin: it depends on what the host has opened before. */
  | "already-loaded"
  /** package plugin: the host asked for a symbol that the plugin does not export. */
  | "missing-lookup"
  /** Go's runtime: the plugin overlaps another module in memory. */
  | "module-overlap"
  /** The process died of SIGSEGV while loading. */
  | "segmentation-fault"
  /** glibc: the system did not let it change the protection of mapped memory. */
  | "memory-protection"
  /** The system answered a call of the loader's with an errno that says nothing about the file. */
  | "system-call"
  | "out-of-memory"
  /** The host called the loader in a way that cannot succeed, whatever the file is. */
  | "host-call"
  /** glibc's ld.so: an assertion that is not one of those that are predicted. */
  | "loader-assertion"
  /** macOS: Gatekeeper does not let the file be loaded. */
  | "system-policy"
  /** macOS: the kernel does not accept a signature in this process, for a reason that is only quoted. */
  | "signature-refused"
  /** dyld: the host is hardened, and may not load by a relative path. */
  | "hardened-path"
  /** dyld: a library that is found is older than the plugin needs. */
  | "dylib-version"
  /** dyld: the file is built for a later macOS than the one that runs. */
  | "newer-system"
  /** dyld: a reason that is only quoted. */
  | "unknown-reason";

/** What a message can be read as. */
export type MessageCheck = LoaderCheck | UnpredictedCheck;

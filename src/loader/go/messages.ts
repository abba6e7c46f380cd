import type { MessageForm } from "../message-form.ts";

/**
 * What package plugin and Go's runtime print (Go 1.8 to 1.27: src/plugin/plugin_dlopen.go, plugin_stubs.go, src/runtime/plugin.go,
 * symtab.go), without what package plugin puts before it, which differs between releases.
 */
export const GO = {
  packageHash: {
    check: "package-hash",
    words: "plugin was built with a different version of package {package}",
    subject: "package",
  },
  notImplemented: { check: "not-implemented", words: "plugin: not implemented" },
  realpath: { check: "realpath", words: "realpath failed" },
  /** Go 1.8 and 1.9 print the plugin's path, then throw. */
  printedLoaded: {
    check: "already-loaded",
    words: "plugin: plugin {package} already loaded",
    subject: "plugin-path",
    outcome: "crash",
  },
  thrownLoaded: { check: "already-loaded", words: "plugin: plugin already loaded", outcome: "crash" },
  alreadyInitialized: {
    check: "already-loaded",
    words: "runtime: plugin already initialized",
    outcome: "crash",
  },
  alreadyLoaded: { check: "already-loaded", words: "plugin already loaded" },
  noModuleData: { check: "no-module-data", words: "runtime: no plugin module data", outcome: "crash" },
  emptyPath: { check: "no-plugin-path", words: "runtime: plugin has empty pluginpath", outcome: "crash" },
  overlap: {
    check: "module-overlap",
    words: "plugin: new module data overlaps with previous moduledata",
    outcome: "crash",
  },
  symbolTable: { check: "symbol-table", words: "runtime: plugin has bad symbol table", outcome: "crash" },
  tableHeader: { check: "symbol-table", words: "invalid function symbol table", outcome: "crash" },
  tableOrder: { check: "symbol-table", words: "invalid runtime symbol table", outcome: "crash" },
  tableEnds: { check: "symbol-table", words: "minpc or maxpc invalid", outcome: "crash" },
  nameOffset: { check: "symbol-table", words: "runtime: name offset out of range", outcome: "crash" },
  typeOffset: { check: "symbol-table", words: "runtime: type offset out of range", outcome: "crash" },
  missingExport: { check: "missing-export", words: "could not find symbol {symbol}:", subject: "symbol" },
  missingLookup: {
    check: "missing-lookup",
    words: "plugin: symbol {symbol} not found in plugin {definer}",
    subject: "symbol",
  },
  /** The runtime follows a pointer in a plugin whose module data has a different layout. */
  otherLayout: {
    check: "other-module-layout",
    words: "panic: runtime error: invalid memory address or nil pointer dereference",
    outcome: "crash",
    weak: true,
    with: /plugin\.lastmoduleinit|plugin_lastmoduleinit/,
  },
  /** A file that is cut off inside what is mapped faults when it is touched (mmap(2)). */
  busError: { check: "truncated", words: "[signal SIGBUS", outcome: "crash", weak: true },
  segmentationFault: {
    check: "segmentation-fault",
    words: "[signal SIGSEGV",
    outcome: "crash",
    weak: true,
    with: /plugin\.[oO]pen|pluginOpen|dlopen/,
  },
} as const satisfies Readonly<Record<string, MessageForm>>;

/** What package plugin adds when it repeats the failure of an earlier attempt. */
export const PREVIOUS_FAILURE = "(previous failure)";

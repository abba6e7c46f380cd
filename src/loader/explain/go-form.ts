import { compiled } from "./form.ts";

/**
 * What package plugin and Go's runtime say (src/plugin/plugin_dlopen.go, plugin_stubs.go, src/runtime/plugin.go and
 * symtab.go, Go 1.8 to 1.27). The texts of Go 1.8 and 1.9 differ in what stands before them only.
 */
export const goForms = compiled("go", [
  {
    check: "package-hash",
    words: "plugin was built with a different version of package {package}",
    subject: "package",
  },
  { check: "not-implemented", words: "plugin: not implemented" },
  { check: "realpath", words: "realpath failed" },
  // Go 1.8 and 1.9 print the plugin's path, then throw.
  {
    check: "already-loaded",
    words: "plugin: plugin {package} already loaded",
    subject: "plugin-path",
    outcome: "crash",
  },
  { check: "already-loaded", words: "plugin: plugin already loaded", outcome: "crash" },
  { check: "already-loaded", words: "plugin already loaded" },
  { check: "no-module-data", words: "runtime: no plugin module data", outcome: "crash" },
  { check: "no-plugin-path", words: "runtime: plugin has empty pluginpath", outcome: "crash" },
  {
    check: "module-overlap",
    words: "plugin: new module data overlaps with previous moduledata",
    outcome: "crash",
  },
  { check: "symbol-table", words: "runtime: plugin has bad symbol table", outcome: "crash" },
  {
    check: "missing-export",
    words: "could not find symbol {symbol}: {any}undefined symbol",
    subject: "symbol",
  },
  { check: "missing-export", words: "could not find symbol {symbol}:", subject: "symbol" },
  {
    check: "missing-lookup",
    words: "plugin: symbol {symbol} not found in plugin {definer}",
    subject: "symbol",
  },
  // A file that is cut off inside what is mapped faults when it is touched (mmap(2)).
  { check: "truncated", words: "[signal SIGBUS", outcome: "crash", weak: true },
  {
    check: "segmentation-fault",
    words: "[signal SIGSEGV",
    outcome: "crash",
    weak: true,
    with: /plugin\.[oO]pen|pluginOpen|dlopen/,
  },
]);

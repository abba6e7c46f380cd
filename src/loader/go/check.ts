/** The checks of plugin.Open beside those of dlopen (Go: src/plugin/plugin_dlopen.go, src/runtime/plugin.go), named by what is wrong. */
export type PluginOpenCheck =
  | "not-implemented"
  | "realpath"
  | "no-module-data"
  | "other-module-layout"
  | "no-plugin-path"
  | "already-loaded"
  | "package-hash"
  | "missing-export";

/** What an embedded manifest is called. See docs/manifest.md for the defaults' reasons. */
export interface CarrierNames {
  /** Section names, without a Mach-O segment: `.otel_manifest`, `__otel_manifest`. */
  readonly sections: readonly string[];
  /** C or Rust symbol names, without the underscore that Mach-O puts in front. */
  readonly symbols: readonly string[];
  /** Names of Go variables, in whatever package. */
  readonly goVariables: readonly string[];
}

export const defaultCarrierNames: CarrierNames = {
  sections: [".otel_manifest", "__otel_manifest"],
  symbols: ["otel_plugin_manifest", "OTEL_PLUGIN_MANIFEST"],
  goVariables: ["PluginManifest"],
};

/** What an embedded manifest is called. See docs/manifest.md for the defaults' reasons. */
export interface CarrierNames {
  /** Section names, without a Mach-O segment: `.otel_manifest`, `__otel_manifest`. */
  readonly sections: readonly string[];
  /** C or Rust symbol names, without the underscore that Mach-O puts in front. */
  readonly symbols: readonly string[];
  /** Names of Go variables, in whatever package. */
  readonly goVariables: readonly string[];
}

/**
 * The section that `plugins embed` appends to a finished ELF file. It is not allocated, and of such sections the strip of LLVM and that of
 * elfutils keep those whose name begins with .gnu.warning (LLVM: ObjCopy/ELF/ELFObjcopy.cpp; elfutils: SECTION_STRIP_P).
 */
export const appendedSection = ".gnu.warning.otel_manifest";

export const defaultCarrierNames: CarrierNames = {
  sections: [".otel_manifest", appendedSection, "__otel_manifest"],
  symbols: ["otel_plugin_manifest", "OTEL_PLUGIN_MANIFEST"],
  goVariables: ["PluginManifest"],
};

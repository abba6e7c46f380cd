import { advise, run, type RulePage } from "../../rule-page.ts";

export const manifestMissing = {
  rule: "manifest-missing",
  confidence: "claim",
  why: [
    "Without a manifest, there is no statement of what the plugin was built from. In a Go plugin the compiler's own stamps tell most of it; in a Rust or C plugin they tell the compiler and little more. A plugin whose crates do not match the host then goes unnoticed, and fails or corrupts memory when a type crosses the plugin boundary.",
  ],
  found: [
    "The file has no carrier: no section `.otel_manifest` or `.gnu.warning.otel_manifest` (`__otel_manifest` in Mach-O), no exported or static symbol `otel_plugin_manifest`, `OTEL_PLUGIN_MANIFEST` or Go variable `PluginManifest`, and no `-X` value in Go's build info. Use `--section` and `--symbol` to look for different names.",
    "If the file proves which compiler made it (`.go.buildinfo`, `.comment`), a derived manifest is used instead, and the finding is a note. It is a note too if the loader is known not to load the file: what it answers then says what to fix.",
  ],
  example: { plugins: ["legacyreceiver"] },
  fix: [
    {
      language: "any",
      steps: [
        advise(
          "Make a manifest with `plugins manifest`, and embed it: while building (docs/kits.md), or with `plugins embed`.",
        ),
        advise(
          "Check whether a strip removed it: docs/carriers.md shows which carriers survive which strip.",
        ),
        run("plugins inspect PLUGIN.so --sections --symbols"),
      ],
    },
    {
      language: "go",
      steps: [advise("In package main: `//go:embed manifest.json` above `var PluginManifest string`.")],
    },
    {
      language: "rust",
      steps: [advise('A `#[used]` static array of bytes with `#[link_section = ".otel_manifest"]`.')],
    },
    {
      language: "c",
      steps: [advise('`__attribute__((section(".otel_manifest"), used, retain))` on a constant array.')],
    },
  ],
  accept:
    "For third-party plugins you cannot rebuild, if their stamps are sufficient (the finding is a note) or a lock pins their release.",
  related: ["manifest-unreadable", "manifest-invalid", "lock-mismatch"],
} satisfies RulePage;

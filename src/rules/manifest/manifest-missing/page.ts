import { advise, run, type RulePage } from "../../rule-page.ts";

export const manifestMissing = {
  rule: "manifest-missing",
  confidence: "claim",
  why: [
    "Without a manifest nobody says what the plugin was built from. Of a Go plugin the compiler's own stamps tell most of it; of a Rust or C plugin they tell the compiler and little more, so a plugin whose crates do not fit the host passes unseen and fails, or corrupts memory, when a type crosses the border between the two.",
  ],
  found: [
    "Nowhere in the file is there a carrier: no section `.otel_manifest` (`__otel_manifest` in Mach-O), no exported or static symbol `otel_plugin_manifest`, `OTEL_PLUGIN_MANIFEST` or Go variable `PluginManifest`, and no `-X` value in Go's build info. `--section` and `--symbol` look for other names.",
    "Where the file proves by which compiler it was made (`.go.buildinfo`, `.comment`), a derived manifest takes its place, and the finding is a warning.",
  ],
  example: { plugins: ["legacyreceiver"] },
  fix: [
    {
      language: "any",
      steps: [
        advise("Embed a manifest when building; docs/manifest.md describes its fields."),
        advise(
          "Look whether a strip took it away: docs/carriers.md shows which carriers survive which strip.",
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
    "For plugins of others that you cannot rebuild, if their stamps tell enough (the warning) or their release is pinned by a lock.",
  related: ["manifest-unreadable", "manifest-invalid", "lock-mismatch"],
} satisfies RulePage;

import type { ManifestRule } from "./rule.ts";

export const manifestMissing = {
  id: "manifest-missing",
  title: "no manifest in the file",
  severity: "error",
  evaluate: ({ universal, slices }) =>
    slices
      .filter(({ claim }) => claim.carriers.length === 0)
      .map(({ arch }) => ({
        ...(universal ? { arch } : {}),
        message: "carries no manifest in a section, an exported or static symbol, or Go build info",
        fix: [
          {
            kind: "advice",
            text: "Embed a manifest when building; docs/manifest.md shows how in Go, Rust and C.",
          },
        ],
      })),
} satisfies ManifestRule;

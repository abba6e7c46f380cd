import type { CheckDraft, Pair } from "./rule.ts";

/** The check of a decisive comparison that cannot be made because a side has no valid manifest to compare. */
export function missingManifest({ plugin, host }: Pair): CheckDraft {
  const reason =
    plugin.manifest === undefined
      ? "the plugin carries no manifest that could be used"
      : host.manifests.length === 0
        ? "the host carries no manifest that could be used"
        : `the host carries no manifest for ${plugin.manifest.manifest.language}`;
  return { status: "unknown", decisive: true, reason };
}

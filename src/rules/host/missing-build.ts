import type { Pair } from "../rule.ts";
import type { CheckDraft } from "../draft.ts";

/** The check of a decisive comparison that cannot be made because nothing says how one side was built. */
export function missingBuild({ plugin, host }: Pair): CheckDraft {
  const reason =
    plugin.build === undefined
      ? "nothing says how the plugin was built: no manifest that could be used, no stamp of Go's linker or of rustc"
      : host.builds.length === 0
        ? "nothing says how the host was built: no manifest that could be used, no stamp of Go's linker or of rustc"
        : `nothing says how the host's ${plugin.build.language} code was built: a manifest for ${plugin.build.language} would`;
  return { status: "unknown", decisive: true, reason };
}

import { anyStamp, languages } from "../../language/languages.ts";
import type { Pair } from "../rule.ts";
import type { CheckDraft } from "../draft.ts";

/** The check of a decisive comparison that cannot be made because there is no build information for one side. */
export function missingBuild({ plugin, host }: Pair): CheckDraft {
  const reason =
    plugin.build === undefined
      ? `the plugin has no build information: no usable manifest and no ${anyStamp} stamp`
      : host.builds.length === 0
        ? `the host has no build information: no usable manifest and no ${anyStamp} stamp`
        : missingFor(languages[plugin.build.language].name);
  return { status: "unknown", decisive: true, reason };
}

function missingFor(language: string): string {
  return `the host has no build information for its ${language} code; a ${language} manifest in the host would provide it`;
}

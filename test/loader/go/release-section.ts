import { confusionTable, type Trial } from "./confusion.ts";
import { pageWith } from "./page-section.ts";
import { releases } from "./release-pairs.ts";

export const allReleasesTitle = "## Across all Go release lines";

/** docs/loader-go.md with the section about all release lines as the pairs that were tried in this run make it. */
export function pageWithAllReleases(trials: readonly Trial[]): Promise<string> {
  const versions = releases().map(({ version }) => version);
  return pageWith(
    allReleasesTitle,
    `${allReleasesTitle}

The same with one of every release line since 1.13: ${versions.length} releases, ${trials.length} pairs. This is tried with \`FULL_MATRIX=1\` alone.

${confusionTable(trials)}

Go ${versions.join(", ")}.

`,
  );
}

import { expect, it } from "vitest";
import { isFull } from "../../support/go-releases.ts";
import { describeFile } from "../../support/oracle/tool.ts";
import { mistakeIn } from "./confusion.ts";
import { releases, releaseTrials } from "./release-pairs.ts";
import { pageWithAllReleases } from "./release-section.ts";

const longest = 3_600_000;

const missing = releases().find((toolchain) => toolchain.missing !== undefined)?.missing;

describeFile({ label: "across Go releases", path: "", missing, isPinned: true }, [], () => {
  it.each(releases().map(({ version }) => version))(
    "what plugin.Open of a host by Go %s says is predicted word for word",
    async (version) => {
      const trials = (await releaseTrials()).filter(({ host }) => host === `Go ${version}`);
      expect(trials.length).toBeGreaterThan(8);
      expect(trials.flatMap((trial) => mistakeIn(trial) ?? [])).toEqual([]);
    },
    longest,
  );

  // Without all releases, pairs.test.ts looks after the page.
  if (isFull) {
    it(
      "and docs/loader-go.md says so",
      async () => {
        await expect(await pageWithAllReleases(await releaseTrials())).toMatchFileSnapshot(
          "../../../docs/loader-go.md",
        );
      },
      longest,
    );
  }

  it(
    "nothing is left open",
    async () => {
      const trials = await releaseTrials();
      expect(trials.filter(({ prediction }) => prediction.outcome === "unknown")).toEqual([]);
    },
    longest,
  );
});

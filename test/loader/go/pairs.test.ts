import { describe, expect, it } from "vitest";
import { describeFile } from "../../support/oracle/tool.ts";
import { installedGo, isFull } from "../../support/go-releases.ts";
import { mistakeIn, predictedClass } from "./confusion.ts";
import { builders, hostKinds } from "./pair-builds.ts";
import { loaderPage } from "./loader-page.ts";
import { pairTrials } from "./pairs.ts";
import { releases } from "./release-pairs.ts";

/** Building everything takes minutes where the standard library was not compiled before. */
const longest = 900_000;

const missing = [installedGo(), ...releases()].find((each) => each.missing !== undefined)?.missing;
const label = "what plugin.Open says is predicted word for word";
describeFile({ label, path: "", missing, isPinned: true }, builders, () => {
  it.each(hostKinds)(
    "in a host of kind: %s",
    async (kind) => {
      const trials = (await pairTrials()).filter(({ host }) => host === kind);
      expect(trials.length).toBeGreaterThan(25);
      expect(trials.flatMap((trial) => mistakeIn(trial) ?? [])).toEqual([]);
    },
    longest,
  );

  it(
    "and left open for one pair in a hundred at most",
    async () => {
      const trials = await pairTrials();
      const open = trials.filter(({ prediction }) => prediction.outcome === "unknown");
      expect(open.length / trials.length).toBeLessThanOrEqual(0.01);
    },
    longest,
  );

  // With all releases, release-pairs.test.ts looks after the page.
  if (!isFull) {
    it(
      "and docs/loader-go.md says so",
      async () => {
        await expect(await loaderPage()).toMatchFileSnapshot("../../../docs/loader-go.md");
      },
      longest,
    );
  }

  describe("the first package that differs", () => {
    it(
      "is followed by all others that differ, in the plugin's order",
      async () => {
        const trials = await pairTrials();
        const pair = trials.find((trial) => trial.host === "plain" && trial.plugin === "-trimpath");
        if (pair?.prediction.outcome !== "refused") throw new Error("it is refused");
        const { first, further } = pair.prediction;
        expect(predictedClass(pair.prediction)).toBe("package hash");
        expect(further.length).toBeGreaterThan(25);
        expect(new Set([first, ...further].map(({ check }) => check))).toEqual(new Set(["package-hash"]));
        expect(first.plugin?.value).toMatch(/^[0-9a-f]{16}$/);
        expect(first.cause).toBe(
          "The plugin was built with -trimpath set to true, the host with -trimpath not set.",
        );
      },
      longest,
    );

    it.each([
      ["function added", "Module example.com/api has no module sum"],
      ["-race", "The plugin was built with -race set to true"],
      ["-gcflags=all=-l", "The plugin was built with -gcflags set to all=-l"],
      ["-tags", "The plugin was built with -tags set to tagged"],
      ["other folder", "Different versions of module example.com/api"],
    ])(
      "has its cause with %s",
      async (kind, cause) => {
        const trials = await pairTrials();
        const pair = trials.find((trial) => trial.host === "plain" && trial.plugin === kind);
        if (pair?.prediction.outcome !== "refused") throw new Error("it is refused");
        expect(pair.prediction.first.cause).toContain(cause);
      },
      longest,
    );
  });
});

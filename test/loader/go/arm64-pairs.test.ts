import { expect, it } from "vitest";
import { installedGo } from "../../support/go-releases.ts";
import { describeFile } from "../../support/oracle/tool.ts";
import { arm64ForeignKinds, arm64Trials } from "./arm64-pairs.ts";
import { pageWithArm64 } from "./arm64-section.ts";
import { mistakeIn } from "./confusion.ts";
import { arm64, arm64Builders } from "./pair-machine.ts";

/** Building everything takes minutes where the standard library was not compiled before. */
const longest = 900_000;

const label = "what plugin.Open says on arm64 is predicted word for word";
describeFile({ label, path: "", missing: installedGo().missing, isPinned: true }, arm64Builders, () => {
  it.each([...arm64.kinds.hosts, arm64ForeignKinds.host])(
    "in a host of kind: %s",
    async (kind) => {
      const trials = (await arm64Trials()).filter(({ host }) => host === kind);
      expect(trials.length).toBeGreaterThan(15);
      expect(trials.flatMap((trial) => mistakeIn(trial) ?? [])).toEqual([]);
    },
    longest,
  );

  it(
    "and left open for one pair in a hundred at most",
    async () => {
      const trials = await arm64Trials();
      const open = trials.filter(({ prediction }) => prediction.outcome === "unknown");
      expect(open.length / trials.length).toBeLessThanOrEqual(0.01);
    },
    longest,
  );

  it.each([
    ["function added", "example.com/api"],
    ["inlinable body", "example.com/api"],
    ["other folder", "example.com/api"],
  ])(
    "down to the first package that differs, with %s: %s",
    async (kind, name) => {
      const trials = await arm64Trials();
      const pair = trials.find(({ host, plugin }) => host === "plain" && plugin === kind);
      if (pair === undefined || pair.real === "not called") throw new Error(`${kind} is opened`);
      const words = `plugin was built with a different version of package ${name}`;
      expect(pair.prediction).toMatchObject({ first: { check: "package-hash", subject: name } });
      expect(pair.real.message).toContain(words);
    },
    longest,
  );

  it(
    "and docs/loader-go.md says so",
    async () => {
      await expect(await pageWithArm64(await arm64Trials())).toMatchFileSnapshot(
        "../../../docs/loader-go.md",
      );
    },
    longest,
  );
});

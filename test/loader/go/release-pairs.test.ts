import { expect, it } from "vitest";
import { readGoHost } from "../../../src/loader/go/host.ts";
import { predictPluginSet } from "../../../src/loader/go/plugin-open.ts";
import { readGoPlugin } from "../../../src/loader/go/plugin.ts";
import { openFile } from "../../support/evidence-open.ts";
import { builds } from "../../support/go-builds.ts";
import { buildGo } from "../../support/go-program.ts";
import { goRelease, installedGo, isFull } from "../../support/go-releases.ts";
import { describeFile } from "../../support/oracle/tool.ts";
import { mistakeIn } from "./confusion.ts";
import { openReally } from "./real-open.ts";
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

  it(
    "a plugin of another release cuts the list of modules off for those after it",
    async () => {
      const [own, other] = [installedGo(), goRelease("1.27.1")];
      const flags = ["-trimpath"];
      const plugin = { flags: [...builds.plugin.flags, ...flags] };
      const paths = [
        await buildGo(own, plugin),
        await buildGo(other, plugin),
        await buildGo(own, { ...builds.host, ...plugin }),
      ];
      const program = await buildGo(own, { ...builds.host, flags });
      const set = paths.map((path) => ({
        plugin: readGoPlugin(openFile(path)),
        request: { name: path, realPath: path, dlopen: { outcome: "loads", needs: [] } } as const,
      }));
      const real = openReally(program, "/", paths, "\n");
      const mistakes = predictPluginSet(set, readGoHost(openFile(program))).flatMap((prediction, index) => {
        const answer = real[index];
        if (answer === undefined) throw new Error("the host ended early");
        return mistakeIn({ host: own.version, plugin: String(index), prediction, real: answer }) ?? [];
      });
      expect(mistakes).toEqual([]);
      expect(real.map(({ outcome }) => outcome)).toEqual(["loads", "refused", "refused"]);
    },
    longest,
  );

  it.runIf(isFull)(
    "and docs/loader-go.md says so",
    async () => {
      await expect(await pageWithAllReleases(await releaseTrials())).toMatchFileSnapshot(
        "../../../docs/loader-go.md",
      );
    },
    longest,
  );

  it(
    "nothing is left open",
    async () => {
      const trials = await releaseTrials();
      expect(trials.filter(({ prediction }) => prediction.outcome === "unknown")).toEqual([]);
    },
    longest,
  );
});

import { expect, it } from "vitest";
import { disk } from "../../../src/files/disk.ts";
import { readGoHost } from "../../../src/loader/go/host.ts";
import { pluginDisagreements } from "../../../src/loader/go/package-difference.ts";
import { predictPluginSet } from "../../../src/loader/go/plugin-open.ts";
import { Image } from "../../../src/object/image.ts";
import { openObject } from "../../../src/object/open.ts";
import { installedGo } from "../../support/go-releases.ts";
import { describeFile } from "../../support/oracle/tool.ts";
import { mistakeIn } from "./confusion.ts";
import { builders, pairBuilds, type PairBuilds } from "./pair-builds.ts";
import { candidateOf, hostAt, openReally } from "./real-open.ts";

const longest = 900_000;

function hostOf({ hosts }: PairBuilds, kind: string) {
  const host = hosts.find((each) => each.kind === kind);
  if (host === undefined) throw new Error(`there is no host ${kind}`);
  return host;
}

/** By the kinds of plugins in the order in which one process opens them, and what comes of the last. */
const sets: readonly (readonly [host: string, kinds: readonly string[], last: string])[] = [
  ["plain", ["package more", "package more, other"], "example.com/extra"],
  ["plain", ["package more, other", "package more"], "example.com/extra"],
  ["few packages", ["dotted path", "inlinable body"], "example.com/api"],
  ["few packages", ["inlinable body", "dotted path"], "example.com/api"],
  ["few packages", ["match", "inlinable body"], "plugin already loaded"],
  ["few packages", ["-trimpath", "match"], "different version of package strconv"],
  ["plain", ["match", "same path"], "plugin already loaded"],
  ["plain", ["match", "same path", "same path"], "plugin already loaded (previous failure)"],
  ["plain", ["function added", "same path"], "loads"],
  ["plain", ["match", "match"], "loads"],
  ["plain", ["match", "link"], "loads"],
  ["plain", ["match", "no extension"], "plugin already loaded"],
  ["plain", ["function added", "function added"], "(previous failure)"],
  ["plain", ["text", "text"], "invalid ELF header"],
  ["plain", ["match", "C library"], "plugin already loaded"],
  ["plain", ["match", "C library", "C library"], "plugin already loaded (previous failure)"],
  ["plain", ["function added", "C library"], "no plugin module data"],
  ["plain", ["match", "function added", "C library"], "no plugin module data"],
  ["plain", ["match", "-Bsymbolic"], "plugin already loaded"],
  ["plain", ["match", "text", "dotted path", "from files", "exporting nothing"], "loads"],
  ["without cgo", ["match", "match"], "not implemented"],
  ["static", ["text", "missing library", "text"], "invalid ELF header"],
  ["static", ["text", "match"], "no plugin module data"],
  ["static, musl", ["match", "text"], "Dynamic loading not supported"],
];

const label = "what comes of plugins that one process opens";
describeFile({ label, path: "", missing: installedGo().missing, isPinned: true }, builders, () => {
  it.each(sets)(
    "in a host of kind %s: %j ends with %s",
    async (kind, kinds, last) => {
      const built = await pairBuilds();
      const { file } = hostOf(built, kind);
      const { go, elf } = hostAt(file);
      const names = kinds.map((each) => built.plugins.find((one) => one.kind === each)?.name ?? each);
      const candidates = names.map((name) => candidateOf(elf, built.folder, name));
      const predictions = predictPluginSet(candidates, go);
      const real = openReally(file, built.folder, names);
      const mistakes = predictions.map((prediction, index) => {
        const answer = real[index];
        const plugin = kinds[index] ?? "";
        return answer && mistakeIn({ host: kind, plugin, prediction, real: answer });
      });
      expect(mistakes.filter((mistake) => mistake !== undefined)).toEqual([]);
      expect(predictions.map(({ outcome }) => outcome)).toEqual(real.map(({ outcome }) => outcome));
      const answer = real.at(-1);
      expect(answer?.message ?? answer?.outcome).toContain(last);
    },
    longest,
  );

  it(
    "two plugins disagree on a package that the host lacks",
    async () => {
      const built = await pairBuilds();
      const { go, elf } = hostAt(hostOf(built, "plain").file);
      const [one, other] = ["package more", "package more, other"].map((kind) => {
        const name = built.plugins.find((each) => each.kind === kind)?.name ?? "";
        return candidateOf(elf, built.folder, name).plugin;
      });
      if (one === undefined || other === undefined) throw new Error("both are plugins");
      const found = pluginDisagreements(one, other, go);
      expect(found).toMatchObject({ known: true, value: [{ package: "example.com/extra" }] });
      expect(pluginDisagreements(one, one, go)).toMatchObject({ known: true, value: [] });
    },
    longest,
  );

  it(
    "reads of a host little more than the names of its symbols",
    async () => {
      const { file } = hostOf(await pairBuilds(), "plain");
      const image = Image.open(disk, file);
      const [slice] = openObject(image).slices;
      const host = slice && readGoHost(slice.object);
      image.close();
      expect(host?.packageHashes.known).toBe(true);
      expect(image.bytesRead).toBeLessThan(image.size / 2);
    },
    longest,
  );
});

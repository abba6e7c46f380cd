import { expect, it } from "vitest";
import { disk } from "../../../src/files/disk.ts";
import { readGoHost, type GoHost } from "../../../src/loader/go/host.ts";
import { foreignPackages, packagesAtOdds } from "../../../src/loader/go/package-difference.ts";
import type { GoPlugin } from "../../../src/loader/go/plugin.ts";
import { Image } from "../../../src/object/image.ts";
import { openObject } from "../../../src/object/open.ts";
import { installedGo } from "../../support/go-releases.ts";
import { describeFile } from "../../support/oracle/tool.ts";
import { builders, pairBuilds, type PairBuilds } from "./pair-builds.ts";
import { candidateOf, hostAt, openReally } from "./real-open.ts";

const longest = 900_000;

function hostOf({ hosts }: PairBuilds, kind: string) {
  const host = hosts.find((each) => each.kind === kind);
  if (host === undefined) throw new Error(`there is no host ${kind}`);
  return host;
}

/** Kinds of plugins that the host loads alone, and what happens to the second if one process opens both. */
const pairs: readonly (readonly [host: string, one: string, other: string, second: string])[] = [
  ["plain", "package more", "package more, other", "different version of package example.com/extra"],
  ["plain", "package more, other", "package more", "different version of package example.com/extra"],
  ["few packages", "dotted path", "inlinable body", "different version of package example.com/api"],
  ["few packages", "inlinable body", "dotted path", "different version of package example.com/api"],
  ["few packages", "match", "inlinable body", "plugin already loaded"],
  ["plain", "match", "same path", "plugin already loaded"],
  ["plain", "match", "no extension", "plugin already loaded"],
  ["plain", "match", "dotted path", "loads"],
  ["plain", "match", "from files", "loads"],
  ["plain", "match", "exporting nothing", "loads"],
];

/** What the rules about sets go by: the plugin path, then the packages that the host lacks. */
function secondOf(one: GoPlugin, other: GoPlugin, host: GoHost): string {
  if (!one.table.known || !other.table.known) throw new Error("a plugin without its table");
  if (one.table.value.symbolPath === other.table.value.symbolPath) return "plugin already loaded";
  const [ours, theirs] = [foreignPackages(one, host), foreignPackages(other, host)];
  if (!ours.known || !theirs.known) throw new Error("a host without its package hashes");
  const [first] = packagesAtOdds(theirs.value, ours.value);
  return first === undefined ? "loads" : `different version of package ${first.package}`;
}

const label = "two plugins that one process opens";
describeFile({ label, path: "", missing: installedGo().missing, isPinned: true }, builders, () => {
  it.each(pairs)(
    "in a host of kind %s: %s, then %s: %s",
    async (kind, one, other, second) => {
      const built = await pairBuilds();
      const { file } = hostOf(built, kind);
      const { go, elf } = hostAt(file);
      const names = [one, other].map(
        (each) => built.plugins.find((made) => made.kind === each)?.name ?? each,
      );
      for (const name of names) expect(openReally(file, built.folder, [name])[0]?.outcome).toBe("loads");
      const [first, last] = names.map((name) => candidateOf(elf, built.folder, name).plugin);
      if (first === undefined || last === undefined) throw new Error("both are plugins");
      expect(secondOf(first, last, go)).toBe(second);
      const answer = openReally(file, built.folder, names).at(-1);
      expect(answer?.message ?? answer?.outcome).toContain(second);
    },
    longest,
  );

  it(
    "reads little more of a host than the names of its symbols",
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

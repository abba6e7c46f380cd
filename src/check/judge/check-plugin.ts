import type { Artifact, ArtifactSlice, Content, OpenedArtifact } from "../../artifact/artifact.ts";
import { buildsOf } from "../../artifact/build.ts";
import type { Unreadable } from "../../artifact/unreadable.ts";
import { sharedPackages, type SharedPackages } from "../../loader/go/package-difference.ts";
import { predictLoad, type PredictedLoad } from "../../loader/predict-load.ts";
import { parseTarget } from "../../manifest/target.ts";
import { bySeverity, type Check, type Finding } from "../../rules/finding.ts";
import { judgeLoader, judgeManifests, judgePair } from "../../rules/evaluation.ts";
import { judge } from "../../rules/verdict.ts";
import { pluginResult } from "./file-result.ts";
import { hostSide, type Host, type HostSlice } from "./host.ts";
import { loaderResult } from "./loader-result.ts";
import type { PluginResult } from "../model/result.ts";

/** A plugin that was compared with the host. */
export interface CheckedPlugin {
  readonly plugin: PluginResult;
  /** One for each slice of the host for which a loader's answer could be predicted. */
  readonly predicted: readonly PredictedLoad[];
}

/**
 * Compares one plugin with the host. If either is universal, each slice of the host is compared with the plugin's
 * slice of the same architecture, since the loader uses no other.
 */
export function checkPlugin({ file, content }: OpenedArtifact, host: Host): CheckedPlugin {
  return file.kind === "unreadable"
    ? checkUnreadable(file, content, host)
    : checkArtifact(file, content, host);
}

/** A host would still ask its loader to load the file. */
function checkUnreadable(file: Unreadable, content: Content, { sides }: Host): CheckedPlugin {
  const predicted = sides.flatMap(({ loading }) =>
    loading === undefined ? [] : [predictLoad({ path: file.path, content }, "unreadable", loading)],
  );
  const [first] = predicted;
  return {
    plugin: {
      ...pluginResult(file),
      verdict: "unreadable",
      unknowns: [],
      ...loaderResult(predicted),
      checks: [],
      findings: first === undefined ? [] : judgeLoader(first),
    },
    predicted,
  };
}

function checkArtifact(file: Artifact, content: Content, host: Host): CheckedPlugin {
  const judged = host.sides.map((side) => {
    const slice = sliceFor(file, side);
    const [build] = buildsOf(slice.claim, slice.proof, "plugin");
    const { loading, builds } = side;
    const declared = builds.flatMap(({ language, manifest }) => (manifest === undefined ? [] : [language]));
    const loader =
      loading && predictLoad({ path: file.path, content }, build?.language ?? "unknown", loading, declared);
    const pair = { plugin: { slice, build }, host: hostSide(side, build), loader };
    const arch = file.universal || host.universal ? (side.slice ?? slice).arch : undefined;
    const packages =
      loader?.plugin === undefined || loading?.go === undefined
        ? undefined
        : sharedPackages(loader.plugin, loading.go);
    return { slice, loader, packages, ...judgePair(pair, arch) };
  });
  const findings: readonly Finding[] = bySeverity([
    ...judgeManifests({ ...file, refused: refusedSlices(judged) }),
    ...judged.flatMap((each) => each.findings),
  ]);
  const checks: readonly Check[] = judged.flatMap((each) => each.checks);
  const predicted = judged.flatMap(({ loader }) => (loader === undefined ? [] : [loader]));
  return {
    plugin: {
      ...pluginResult(file, judged[0]?.slice),
      ...judge(findings, checks),
      ...loaderResult(predicted, summedPackages(judged.map((each) => each.packages))),
      checks,
      findings,
    },
    predicted,
  };
}

/** Those that the loader of no slice of the host loads, for a reason of their own, not one of the host's. */
function refusedSlices(judged: readonly Judged[]): ReadonlySet<string> {
  const others = judged.filter(({ loader }) => !isRefused(loader));
  return new Set(
    judged.map(({ slice }) => slice.arch).filter((arch) => !others.some(({ slice }) => slice.arch === arch)),
  );
}

interface Judged {
  readonly slice: ArtifactSlice;
  readonly loader: PredictedLoad | undefined;
}

function isRefused(loader: PredictedLoad | undefined): boolean {
  if (loader === undefined) return false;
  const { prediction } = loader;
  return (
    (prediction.outcome === "refused" || prediction.outcome === "crash") && prediction.first.ofHost !== true
  );
}

/** Of all slices; undefined if one of them was not compared. */
function summedPackages(all: readonly (SharedPackages | undefined)[]): SharedPackages | undefined {
  const known = all.filter((each) => each !== undefined);
  if (known.length === 0 || known.length < all.length) return undefined;
  const sum = (of: (each: SharedPackages) => number): number =>
    known.reduce((total, each) => total + of(each), 0);
  return { shared: sum(({ shared }) => shared), equal: sum(({ equal }) => equal) };
}

/** The slice that the loader would use; the first if none fits, so that the difference is shown. */
function sliceFor({ slices }: Artifact, { slice, builds }: HostSlice): ArtifactSlice {
  const fitting = slices.find(({ arch }) => arch === slice?.arch);
  const [first] = slices;
  const chosen = fitting ?? (slice === undefined ? claimedFor(slices, builds) : undefined) ?? first;
  if (chosen === undefined) throw new Error("an artifact without slices");
  return chosen;
}

/** If the host is only a manifest, its target says which slice is meant. */
function claimedFor(
  slices: readonly ArtifactSlice[],
  builds: HostSlice["builds"],
): ArtifactSlice | undefined {
  const targets = new Set(builds.map(({ manifest }) => parseTarget(manifest?.manifest.target ?? "")?.arch));
  return slices.find(({ arch }) => targets.has(arch));
}

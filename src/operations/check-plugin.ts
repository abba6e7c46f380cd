import type { Artifact, ArtifactSlice } from "../artifact/artifact.ts";
import { provenManifests } from "../artifact/proven-manifest.ts";
import type { Unreadable } from "../artifact/unreadable.ts";
import { parseTarget } from "../manifest/target.ts";
import type { Check, Finding } from "../rules/finding.ts";
import { judgeManifests, judgePair, worstFirst } from "../rules/registry.ts";
import { judge } from "../rules/verdict.ts";
import { pluginResult } from "./file-result.ts";
import { hostSide, type Host, type HostSlice } from "./host.ts";
import type { LoaderResult, PluginResult } from "./result.ts";

/**
 * Holds one plugin against the host. Where either is universal, each slice of the host is held against the plugin's
 * slice of the same architecture, since the loader takes no other.
 */
export function checkPlugin(file: Artifact | Unreadable, host: Host): PluginResult {
  if (file.kind === "unreadable") {
    return { ...pluginResult(file), verdict: "unreadable", unknowns: [], checks: [], findings: [] };
  }
  const pairs = host.sides.map((side) => ({ side, slice: sliceFor(file, side) }));
  const judged = pairs.map(({ side, slice }) => {
    const [manifest] = provenManifests(slice, "plugin");
    const pair = { plugin: { slice, manifest }, host: hostSide(side, manifest) };
    return judgePair(pair, file.universal || host.universal ? (side.slice ?? slice).arch : undefined);
  });
  const { universal, slices } = file;
  const findings: readonly Finding[] = worstFirst([
    ...judgeManifests({ role: "plugin", universal, slices }),
    ...judged.flatMap((each) => each.findings),
  ]);
  const checks: readonly Check[] = judged.flatMap((each) => each.checks);
  return {
    ...pluginResult(file, pairs[0]?.slice),
    ...judge(findings, checks),
    ...loader(host),
    checks,
    findings,
  };
}

/** The slice the loader would take; the first where none fits, so that the difference is shown. */
function sliceFor({ slices }: Artifact, { slice, manifests }: HostSlice): ArtifactSlice {
  const fitting = slices.find(({ arch }) => arch === slice?.arch);
  const [first] = slices;
  const chosen = fitting ?? (slice === undefined ? claimedFor(slices, manifests) : undefined) ?? first;
  if (chosen === undefined) throw new Error("an artifact without slices");
  return chosen;
}

/** Where only a manifest stands for the host, its target says which slice is meant. */
function claimedFor(
  slices: readonly ArtifactSlice[],
  manifests: HostSlice["manifests"],
): ArtifactSlice | undefined {
  const targets = new Set(manifests.map(({ manifest }) => parseTarget(manifest.target)?.arch));
  return slices.find(({ arch }) => targets.has(arch));
}

function loader({ result }: Host): { readonly loader?: LoaderResult } {
  if (result.format === null) return {};
  return {
    loader: {
      outcome: "unknown",
      message: null,
      reason: "this version does not predict the loader's answer",
    },
  };
}

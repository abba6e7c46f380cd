import type { ArtifactSlice } from "../../artifact/artifact.ts";
import type { ManifestAt } from "../../manifest/claim.ts";
import { parseTarget, targetParts, type Target } from "../../manifest/target.ts";

export type TargetPart = (typeof targetParts)[number];

/** What is known of a side's target, and where each part was read. */
export interface KnownTarget {
  readonly target: Partial<Target>;
  readonly from: Readonly<Partial<Record<TargetPart, string>>>;
}

/** A part that the linker wrote into the binary counts more than the manifest's claim. */
export function targetOf(slice: ArtifactSlice | undefined, claim: ManifestAt | undefined): KnownTarget {
  const claimed = claim && parseTarget(claim.manifest.target);
  const target: Partial<Record<TargetPart, string>> = {};
  const from: Partial<Record<TargetPart, string>> = {};
  for (const part of targetParts) {
    const proof = slice?.target[part];
    if (proof?.known === true) {
      target[part] = proof.value;
      from[part] = proof.from;
    } else if (claim !== undefined && claimed?.[part] !== undefined) {
      target[part] = claimed[part];
      from[part] = `${claim.at}/target`;
    }
  }
  return { target, from };
}

import type { Proof } from "../evidence/proof.ts";
import type { RealTarget } from "../evidence/real-target.ts";
import { manifestsAt, type ManifestAt } from "../manifest/claim.ts";
import type { ManifestSubject } from "./rule.ts";

/** A claim and what the same slice proves. */
export interface Provable {
  readonly manifest: ManifestAt;
  readonly proof: Proof;
  readonly target: RealTarget;
  /** To be put into a finding. */
  readonly inSlice: { readonly arch?: string };
}

/** Several rules ask for those of one file. */
const known = new WeakMap<ManifestSubject, readonly Provable[]>();

/** Every valid manifest of a file beside its slice's proof; none where only a manifest file stands for it. */
export function provable(file: ManifestSubject): readonly Provable[] {
  const found = known.get(file) ?? provableOf(file);
  known.set(file, found);
  return found;
}

function provableOf({ universal, slices }: ManifestSubject): readonly Provable[] {
  return slices.flatMap(({ arch, claim, proof, target }) =>
    proof === undefined || target === undefined
      ? []
      : manifestsAt(claim).map((manifest) => ({
          manifest,
          proof,
          target,
          inSlice: universal ? { arch } : {},
        })),
  );
}

/** Whether the proof is about the manifest's own language. */
export function speaksOf({ manifest: { manifest }, proof: { language } }: Provable): boolean {
  return language.known && language.value === manifest.language;
}

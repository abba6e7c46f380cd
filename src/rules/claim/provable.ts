import { manifestsAt } from "../../manifest/claim.ts";
import type { ManifestSubject, Provable } from "../rule.ts";

/** Every valid manifest of a file beside its slice's proof; none where only a manifest file stands for it. */
export function provable({ role, slices }: ManifestSubject): readonly Provable[] {
  return slices.flatMap(({ arch, claim, proof, target }) =>
    proof === undefined || target === undefined
      ? []
      : manifestsAt(claim).map((manifest) => ({ role, arch, manifest, proof, target })),
  );
}

/** Whether the proof is about the manifest's own language. */
export function speaksOf({ manifest: { manifest }, proof: { language } }: Provable): boolean {
  return language.known && language.value === manifest.language;
}

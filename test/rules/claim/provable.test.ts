import { describe, expect, it } from "vitest";
import { unknown } from "../../../src/evidence/fact.ts";
import { provable } from "../../../src/rules/claim/provable.ts";
import { exampleClaim, examplePair, noProof } from "../../support/example-artifact.ts";
import { exampleManifest } from "../../support/example-manifest.ts";

const { slice } = examplePair(exampleManifest(), exampleManifest()).plugin;
const rust = { language: "rust", toolchain_version: "1.95.0" } as const;

describe("what can be proven of a file", () => {
  const claim = exampleClaim({ __otel: JSON.stringify([exampleManifest(), exampleManifest(rust)]) }, true);

  it("is each of its manifests beside the proof of its slice", () => {
    const slices = [{ ...slice, arch: "arm64", claim, proof: { ...noProof, panic: unknown("here") } }];
    const all = provable({ role: "host", universal: true, slices });
    expect(all.map(({ role, arch, manifest, proof }) => [role, arch, manifest.at, proof.panic])).toEqual([
      ["host", "arm64", "__otel#/0", unknown("here")],
      ["host", "arm64", "__otel#/1", unknown("here")],
    ]);
  });

  it("is nothing without a binary, or without a manifest", () => {
    const { arch, proof, target } = slice;
    for (const one of [
      { arch, claim },
      { arch, claim, proof },
      { arch, claim, target },
      { arch, claim: exampleClaim({}), proof, target },
    ]) {
      expect(provable({ role: "host", universal: false, slices: [one] })).toEqual([]);
    }
  });
});

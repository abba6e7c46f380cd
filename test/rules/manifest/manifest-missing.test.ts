import { describe, expect, it } from "vitest";
import { known, unknown } from "../../../src/evidence/fact.ts";
import type { Proof } from "../../../src/evidence/proof.ts";
import type { FindingDraft } from "../../../src/rules/draft.ts";
import { manifestMissing } from "../../../src/rules/manifest/manifest-missing/rule.ts";
import type { ManifestSubject } from "../../../src/rules/rule.ts";
import { exampleClaim, noProof } from "../../support/example-artifact.ts";
import { exampleManifest } from "../../support/example-manifest.ts";

const none = exampleClaim({});
const stamped: Proof = {
  ...noProof,
  language: known("go", ".go.buildinfo"),
  toolchain: known("go1.26.8", ".go.buildinfo"),
};

function evaluate(over: Partial<ManifestSubject> & Pick<ManifestSubject, "slices">): readonly FindingDraft[] {
  return manifestMissing.evaluate({ role: "plugin", universal: false, ...over });
}

describe("manifest-missing", () => {
  it("is an error without a cause if nothing else says how the file was built, and tells to embed one", () => {
    const [finding, ...others] = evaluate({ slices: [{ arch: "x86_64", claim: none, proof: noProof }] });
    expect(others).toEqual([]);
    expect(Object.keys(finding ?? {}).sort()).toEqual(["fix", "message"]);
    expect(finding?.message).toMatch(/^has no embedded manifest/);
    expect(finding?.fix).toMatchObject([
      { kind: "advice", text: expect.stringContaining("docs/kits.md") as string },
    ]);
  });

  it.each([
    ["the compiler's stamp is used", stamped, undefined, "What .go.buildinfo proves is used instead."],
    ["the stamp is used though the loader refuses the file", stamped, ["x86_64"], "What .go.buildinfo"],
    ["the loader refuses the file", noProof, ["x86_64"], "The loader does not load the file"],
    ["the loader refuses a file of unknown proof", undefined, ["x86_64"], "The loader does not load"],
  ] as const)("is a note if %s", (_, proof, refused, cause) => {
    const slice = { arch: "x86_64", claim: none, ...(proof === undefined ? {} : { proof }) };
    expect(
      evaluate({ slices: [slice], ...(refused === undefined ? {} : { refused: new Set(refused) }) }),
    ).toMatchObject([{ severity: "note", cause: expect.stringContaining(cause) as string }]);
  });

  it.each([
    ["the stamp names no compiler", { ...stamped, toolchain: unknown("stripped") }, undefined],
    ["the loader refuses another slice only", noProof, ["aarch64"]],
    ["the loader refuses none", noProof, []],
  ] as const)("stays an error if %s", (_, proof, refused) => {
    const found = evaluate({
      slices: [{ arch: "x86_64", claim: none, proof }],
      ...(refused === undefined ? {} : { refused: new Set(refused) }),
    });
    expect(found).toHaveLength(1);
    expect(found[0]).not.toHaveProperty("severity");
    expect(found[0]).not.toHaveProperty("cause");
  });

  it("is judged for each slice of a universal file", () => {
    const slices = [
      { arch: "x86_64", claim: none, proof: stamped },
      { arch: "arm64", claim: exampleClaim({ __otel: JSON.stringify(exampleManifest()) }), proof: noProof },
      { arch: "arm64e", claim: none, proof: noProof },
    ];
    expect(evaluate({ universal: true, slices }).map(({ arch, severity }) => [arch, severity])).toEqual([
      ["x86_64", "note"],
      ["arm64e", undefined],
    ]);
  });

  it("is not told of a manifest that cannot be used", () => {
    for (const text of ["", "nonsense", "{}"]) {
      expect(
        evaluate({ slices: [{ arch: "x86_64", claim: exampleClaim({ ".otel_manifest": text }) }] }),
      ).toEqual([]);
    }
  });
});

import { describe, expect, it } from "vitest";
import { known } from "../../../src/evidence/fact.ts";
import type { Proof } from "../../../src/evidence/proof.ts";
import { claimProfile } from "../../../src/rules/claim/claim-profile/rule.ts";
import type { FindingDraft } from "../../../src/rules/draft.ts";
import { exampleProvable, noProof } from "../../support/example-artifact.ts";

type Hint = Proof["profile"][number];

const debug: Hint = {
  profile: "debug",
  strength: "moderate",
  reason: "has overflow checks",
  from: ".debug_str",
};
const folder = {
  reason: "it was linked in Cargo's folder",
  from: "LC_ID_DYLIB",
  strength: "strong",
} as const;

function evaluate(
  build_profile: string,
  profile: readonly Hint[],
  over: Partial<Proof> = {},
): readonly FindingDraft[] {
  const manifest = { language: "rust", toolchain_version: "1.95.0", build_profile } as const;
  return claimProfile.evaluate(exampleProvable(manifest, { profile, ...over }));
}

describe("claim-profile", () => {
  it("shows the claim, what the binary shows, where each was read, and what fixes it", () => {
    expect(evaluate("release", [debug])).toEqual([
      {
        severity: "warning",
        subject: "build_profile",
        message: "claims release, but has overflow checks",
        plugin: { value: "release", from: ".otel_manifest#/build_profile" },
        other: { value: "debug", from: ".debug_str" },
        fix: [{ kind: "advice", text: expect.stringMatching(/the profile it has: debug\.$/) as string }],
      },
    ]);
  });

  it.each([
    ["release", "dist", "claims release, but it was linked in Cargo's folder"],
    ["dist", "release", "claims dist, but it was linked in Cargo's folder"],
    ["dev", "release", "claims dev, but it was linked in Cargo's folder"],
  ])("takes Cargo's folder for proof against every other name: %s, %s", (claimed, profile, message) => {
    expect(evaluate(claimed, [{ ...folder, profile }])).toMatchObject([{ severity: "error", message }]);
  });

  it.each([
    ["dev", "debug"],
    ["Release", "release"],
    ["dist", "dist"],
  ])("believes a claim of %s of what was linked in the folder %s", (claimed, profile) => {
    expect(evaluate(claimed, [{ ...folder, profile }])).toEqual([]);
  });

  it.each([
    ["dist", debug],
    ["debug", debug],
    ["debug", { ...debug, profile: "release" }],
    ["release", { ...debug, profile: "release" }],
    ["release", { ...debug, profile: "dist" }],
  ] as const)(
    "takes a hint for no proof but that of a debug build against release: %s, %j",
    (claimed, hint) => {
      expect(evaluate(claimed, [hint])).toEqual([]);
    },
  );

  it("tells of the first hint that says otherwise", () => {
    const hints = [
      { ...folder, profile: "release" },
      debug,
      { ...debug, strength: "weak", from: "x" },
    ] as const;
    expect(evaluate("release", hints)).toMatchObject([{ other: { from: ".debug_str" } }]);
  });

  it("finds nothing if the binary shows nothing, or the proof is of a different language", () => {
    expect(evaluate("release", [])).toEqual([]);
    expect(evaluate("release", [debug], { language: known("go", ".go.buildinfo") })).toEqual([]);
    expect(evaluate("release", [debug], { language: noProof.language })).toEqual([]);
  });
});

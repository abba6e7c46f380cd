import { describe, expect, it } from "vitest";
import { known } from "../../../src/evidence/fact.ts";
import type { Proof, ProvenDependency } from "../../../src/evidence/proof.ts";
import { claimDependency } from "../../../src/rules/claim/claim-dependency/rule.ts";
import type { FindingDraft } from "../../../src/rules/draft.ts";
import { exampleProvable, noProof } from "../../support/example-artifact.ts";

function linked(over: Partial<ProvenDependency> = {}): ProvenDependency {
  return { name: "example.com/a", version: "v1.0.0", sum: "h1:a=", isMain: false, ...over };
}

function evaluate(
  dependency_hashes: Readonly<Record<string, string>>,
  dependencies: readonly ProvenDependency[],
  over: Partial<Proof> = {},
): readonly FindingDraft[] {
  const proof = { dependencies: known(dependencies, ".go.buildinfo"), ...over };
  return claimDependency.evaluate(exampleProvable({ dependency_hashes }, proof));
}

describe("claim-dependency", () => {
  it("shows the claim and what was linked, where each was read, and what fixes it", () => {
    expect(evaluate({ "example.com/a@v1.2.0": "h1:x=" }, [linked()])).toEqual([
      {
        subject: "example.com/a",
        bundle: "claimed",
        message: "claims a different build of example.com/a than the one linked: v1.0.0",
        plugin: {
          value: "v1.2.0 h1:x=",
          from: ".otel_manifest#/dependency_hashes/example.com~1a@v1.2.0",
        },
        other: { value: "v1.0.0 h1:a=", from: ".go.buildinfo" },
        fix: [{ kind: "advice", text: expect.stringContaining("`dependency_hashes`") as string }],
      },
    ]);
  });

  it.each([
    ["its replacement", { replacedBy: "example.com/fork v1.0.1" }, "example.com/fork v1.0.1"],
    ["its version", {}, "v1.0.0"],
    ["its content, without a version", { version: undefined }, "one with different content"],
  ])("names what was linked by %s", (_, over, name) => {
    expect(evaluate({ "example.com/a": "h1:x=" }, [linked(over)])).toMatchObject([
      { message: expect.stringMatching(new RegExp(`: ${name}$`)) as string },
    ]);
  });

  it.each([
    ["a different sum", "example.com/a", "h1:x=", {}],
    ["a different sum of the same version", "example.com/a@v1.0.0", "h1:x=", {}],
    ["a different version without a sum", "example.com/a@v1.2.0", "h1:a=", { sum: undefined }],
    ["a different version with a hash of its own", "example.com/a@v1.2.0", "1".repeat(64), {}],
  ])("finds %s", (_, key, hash, over) => {
    expect(evaluate({ [key]: hash }, [linked(over)])).toMatchObject([{ subject: "example.com/a" }]);
  });

  it.each([
    ["the same sum", "example.com/a", "h1:a=", {}],
    ["the same sum of a different version", "example.com/a@v1.2.0", "h1:a=", {}],
    ["the same version without a sum", "example.com/a@v1.0.0", "h1:x=", { sum: undefined }],
    ["a hash that cannot be compared", "example.com/a", "1".repeat(64), {}],
    ["no version on the one side", "example.com/a", "h1:x=", { sum: undefined }],
    ["no version on the other", "example.com/a@v1.2.0", "h1:x=", { sum: undefined, version: undefined }],
    ["what was not linked", "example.com/b", "h1:x=", {}],
  ])("lets pass %s", (_, key, hash, over) => {
    expect(evaluate({ [key]: hash }, [linked(over)])).toEqual([]);
  });

  it("asks all that were linked under one name, and shows them", () => {
    const both = [linked(), linked({ version: "v2.0.0", sum: "h1:b=" })];
    expect(evaluate({ "example.com/a": "h1:b=" }, both)).toEqual([]);
    expect(evaluate({ "example.com/a": "h1:x=" }, both)).toMatchObject([
      {
        message: "claims a different build of example.com/a than the one linked: v1.0.0 and v2.0.0",
        other: { value: "v1.0.0 h1:a= and v2.0.0 h1:b=" },
      },
    ]);
  });

  it("shows only what is known of either", () => {
    expect(evaluate({ "example.com/a": "h1:x=" }, [linked({ version: undefined })])).toMatchObject([
      { plugin: { value: "h1:x=" }, other: { value: "h1:a=" } },
    ]);
  });

  it("finds nothing if nothing is known of what was linked, or the proof is of a different language", () => {
    const claim = { "example.com/a": "h1:x=" };
    expect(evaluate(claim, [linked()], { dependencies: noProof.dependencies })).toEqual([]);
    expect(evaluate(claim, [linked()], { language: known("rust", ".comment") })).toEqual([]);
  });
});

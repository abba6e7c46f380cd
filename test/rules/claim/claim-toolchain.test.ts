import { describe, expect, it } from "vitest";
import { known } from "../../../src/evidence/fact.ts";
import type { Proof } from "../../../src/evidence/proof.ts";
import { claimToolchain } from "../../../src/rules/claim/claim-toolchain/rule.ts";
import { exampleProvable } from "../../support/example-artifact.ts";

const byRust: Partial<Proof> = { language: known("rust", ".comment") };

describe("claim-toolchain", () => {
  const stamp = { toolchain: known("go1.26.8", ".go.buildinfo") };
  const lines = { releases: known({ from: "go1.18", to: "go1.19" }, "moduledata") };

  it.each([
    ["the stamp", stamp, "go1.26.8", ".go.buildinfo"],
    ["the shape of its data", lines, "go1.18 to go1.19", "moduledata"],
    ["a stamp before the shape of its data", { ...stamp, ...lines }, "go1.26.8", ".go.buildinfo"],
  ])("shows the claim beside %s", (_, proof, value, from) => {
    expect(claimToolchain.evaluate(exampleProvable({ toolchain_version: "1.26.5" }, proof))).toEqual([
      {
        subject: "toolchain_version",
        message: `claims 1.26.5 but was compiled with ${value}`,
        plugin: { value: "1.26.5", from: ".otel_manifest#/toolchain_version" },
        other: { value, from },
        fix: [{ kind: "advice", text: expect.stringContaining("go env GOVERSION") as string }],
        cause: expect.any(String) as string,
      },
    ]);
  });

  it.each([
    ["the stamp agrees", "1.26.8", stamp],
    ["the shape of its data allows it", "go1.19.4", lines],
    ["the claim has no known form", "latest", stamp],
    ["the stamp has none", "1.26.5", { toolchain: known("latest", ".go.buildinfo") }],
    ["nothing is proven", "1.26.5", {}],
    ["the proof is of a different language", "1.26.5", { ...stamp, ...byRust }],
    [
      "the commits cannot be compared",
      "devel go1.27-0123456789",
      { toolchain: known("devel go1.27-x", "x") },
    ],
  ])("finds nothing if %s", (_, toolchain_version, proof) => {
    expect(claimToolchain.evaluate(exampleProvable({ toolchain_version }, proof))).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { known } from "../../../src/evidence/fact.ts";
import type { Proof } from "../../../src/evidence/proof.ts";
import { claimLanguage } from "../../../src/rules/claim/claim-language/rule.ts";
import type { FindingDraft } from "../../../src/rules/draft.ts";
import { exampleProvable, noProof } from "../../support/example-artifact.ts";

function evaluate(proof: Partial<Proof>, role: "plugin" | "host" = "plugin"): readonly FindingDraft[] {
  return claimLanguage.evaluate({ ...exampleProvable({}, { ...noProof, ...proof }), role });
}

const claimed = { value: "go", from: ".otel_manifest#/language" };
const fix = [{ kind: "advice", text: expect.stringContaining("`plugins inspect`") as string }];
const notGo = { go: { why: "was not linked by Go's linker", from: "section headers" } };

describe("claim-language", () => {
  it("names the compiler that made the file", () => {
    expect(evaluate({ language: known("rust", ".comment") })).toEqual([
      {
        message: "claims to be written in go but was compiled by the rust compiler",
        plugin: claimed,
        other: { value: "rust", from: ".comment" },
        fix,
      },
    ]);
  });

  it("says why the file is surely not of the language, if no compiler left its stamp", () => {
    expect(evaluate({ excluded: notGo })).toEqual([
      {
        message: "claims to be written in go but was not linked by Go's linker",
        plugin: claimed,
        other: { value: "not go", from: "section headers" },
        fix,
      },
    ]);
  });

  it.each<[string, Partial<Proof>]>([
    ["the stamp agrees", { language: known("go", ".go.buildinfo") }],
    ["nothing is proven", {}],
    ["only a different language is excluded", { excluded: { rust: notGo.go } }],
  ])("finds nothing if %s", (_, proof) => {
    expect(evaluate(proof)).toEqual([]);
  });

  it("finds nothing in a host, which may link both languages", () => {
    expect(evaluate({ language: known("rust", ".comment"), excluded: notGo }, "host")).toEqual([]);
  });
});

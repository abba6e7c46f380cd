import { describe, expect, it } from "vitest";
import type { Claim } from "../../../src/manifest/claim.ts";
import type { FindingDraft } from "../../../src/rules/draft.ts";
import { manifestConflict } from "../../../src/rules/manifest/manifest-conflict/rule.ts";
import { exampleClaim } from "../../support/example-artifact.ts";
import { exampleManifest } from "../../support/example-manifest.ts";

const machines = ["x86_64", "aarch64", "arm64e"];

function evaluate(...claims: readonly Claim[]): readonly FindingDraft[] {
  const slices = claims.map((claim, at) => ({ arch: machines[at] ?? "", claim }));
  return manifestConflict.evaluate({ role: "plugin", universal: claims.length > 1, slices });
}

function twice(one: string, other: string): Claim {
  return exampleClaim({ ".otel_manifest": one, otel_plugin_manifest: other });
}

const text = JSON.stringify(exampleManifest());
const debug = JSON.stringify(exampleManifest({ build_profile: "debug" }));

describe("two manifests in one slice", () => {
  it("are named as the subject, with the one to remove", () => {
    expect(evaluate(twice(text, debug))).toEqual([
      {
        subject: ".otel_manifest otel_plugin_manifest",
        message: "the manifests in .otel_manifest and otel_plugin_manifest differ in build_profile",
        plugin: { value: text, from: ".otel_manifest" },
        other: { value: debug, from: "otel_plugin_manifest" },
        fix: [{ kind: "advice", text: expect.stringContaining("the one in otel_plugin_manifest") as string }],
      },
    ]);
  });

  it("are each compared with the first", () => {
    const claim = exampleClaim({ ".a": text, ".b": debug, ".c": text, ".d": debug });
    expect(evaluate(claim).map(({ subject }) => subject)).toEqual([".a .b", ".a .d"]);
  });

  it("do not conflict with what is not JSON", () => {
    expect(evaluate(twice("", debug))).toEqual([]);
    expect(evaluate(twice(text, "nonsense"))).toEqual([]);
    expect(
      evaluate(exampleClaim({ ".a": "nonsense", ".b": text, ".c": debug })).map(({ subject }) => subject),
    ).toEqual([".b .c"]);
  });

  it("may order the keys of each object differently", () => {
    const hashes = { a: "h1:a=", b: "h1:b=", c: "h1:c=" };
    const turned = { c: "h1:c=", a: "h1:a=", b: "h1:b=" };
    const [one, other] = [hashes, turned].map((dependency_hashes) =>
      JSON.stringify(exampleManifest({ dependency_hashes })),
    );
    expect(evaluate(twice(one ?? "", other ?? ""))).toEqual([]);
  });

  it("may not order a list differently", () => {
    const [one, other] = [
      ["-race", "-trimpath"],
      ["-trimpath", "-race"],
    ].map((build_flags) => JSON.stringify(exampleManifest({ build_flags })));
    expect(evaluate(twice(one ?? "", other ?? ""))).toMatchObject([
      { message: expect.stringMatching(/differ in build_flags$/) as string },
    ]);
  });

  it.each([
    ["a field that only the first has", JSON.stringify(exampleManifest({ team: "edge" })), text, "team"],
    ["a field that only the second has", text, JSON.stringify(exampleManifest({ team: "edge" })), "team"],
    ["a field that every object inherits", text, text.replace("{", '{"toString":"x",'), "toString"],
    ["the target, in one slice", text, text.replace("x86_64-unknown", "aarch64-unknown"), "target"],
    ["an array", text, `[${text}]`, "the whole document"],
    ["null", "null", text, "the whole document"],
    ["two texts", '"one"', '"other"', "the whole document"],
  ])("differ in %s", (_, one, other, fields) => {
    expect(evaluate(twice(one, other))).toMatchObject([
      { message: expect.stringMatching(new RegExp(` differ in ${fields}$`)) as string },
    ]);
  });

  it.each(["null", '"text"', "[1, 2]"])("are equal if both are %s", (same) => {
    expect(evaluate(twice(same, same))).toEqual([]);
  });

  it("name the slice of a universal file", () => {
    const other = exampleClaim({ ".otel_manifest": text });
    expect(evaluate(other, twice(text, debug))).toMatchObject([{ arch: "aarch64" }]);
    expect(evaluate(twice(text, debug))[0]).not.toHaveProperty("arch");
  });
});

describe("the manifests of two slices", () => {
  const none = exampleClaim({});
  const at = (value: string): Claim => exampleClaim({ __otel: value });

  it("are each compared with the first", () => {
    expect(evaluate(at(text), at(debug), at(debug))).toMatchObject([
      {
        subject: "__otel (x86_64) __otel (aarch64)",
        plugin: { value: text, from: "__otel (x86_64)" },
        other: { value: debug, from: "__otel (aarch64)" },
      },
      { subject: "__otel (x86_64) __otel (arm64e)" },
    ]);
  });

  it("belong to no single slice", () => {
    expect(evaluate(at(text), at(debug))[0]).not.toHaveProperty("arch");
  });

  it("do not conflict with a slice that has none", () => {
    expect(evaluate(at(text), none, at(text))).toEqual([]);
    expect(evaluate(none, at(text))).toEqual([]);
    expect(evaluate(none, none)).toEqual([]);
  });

  it("conflict also if the first slice has none", () => {
    expect(evaluate(none, at(text), at(debug))).toMatchObject([
      { subject: "__otel (aarch64) __otel (arm64e)" },
    ]);
  });
});

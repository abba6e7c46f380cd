import { describe, expect, it } from "vitest";
import type { FindingDraft } from "../../../src/rules/draft.ts";
import { manifestUnknownField } from "../../../src/rules/manifest/manifest-unknown-field/rule.ts";
import { exampleClaim } from "../../support/example-artifact.ts";
import { exampleManifest } from "../../support/example-manifest.ts";

function evaluate(text: string, universal = false): readonly FindingDraft[] {
  const claim = exampleClaim({ ".otel_manifest": text }, true);
  return manifestUnknownField.evaluate({ role: "host", universal, slices: [{ arch: "arm64", claim }] });
}

const withField = (field: string): string => JSON.stringify({ ...exampleManifest(), [field]: "x" });

describe("manifest-unknown-field", () => {
  it.each([
    ["toolchainVersion", "toolchain_version"],
    ["toolchain-version", "toolchain_version"],
    ["toolchain-versn", "toolchain_version"],
    ["toolchain.version", "toolchain_version"],
    ["toolchain version", "toolchain_version"],
    ["TOOLCHAIN_VERSION", "toolchain_version"],
    ["schemaVersion", "schema_version"],
    ["build_flag", "build_flags"],
    ["build-time", "build_time"],
    ["Name", "name"],
  ])("takes %s for %s", (field, meant) => {
    expect(evaluate(withField(field))).toEqual([
      {
        subject: `/${field}`,
        message: `manifest in .otel_manifest has a field "${field}", which is ignored; did you mean ${meant}?`,
      },
    ]);
  });

  it.each(["team", "buildFlagsOfTheHost"])("lets %j alone, which is nobody's misspelling", (field) => {
    expect(evaluate(withField(field))).toEqual([]);
  });

  it("names each of them, in every manifest of an array", () => {
    const misspelt = { ...exampleManifest(), Target: "x", build_flag: [] };
    expect(evaluate(JSON.stringify([exampleManifest(), misspelt])).map(({ subject }) => subject)).toEqual([
      "/1/Target",
      "/1/build_flag",
    ]);
  });

  it.each(["null", "12", '"Target"', '[null, "Target", ["Target"]]', "", "nonsense"])(
    "finds no field in %j",
    (text) => {
      expect(evaluate(text)).toEqual([]);
    },
  );

  it("names the slice of a universal file only", () => {
    expect(evaluate(withField("Target"), true)).toMatchObject([{ arch: "arm64" }]);
    expect(evaluate(withField("Target"))[0]).not.toHaveProperty("arch");
  });
});

import { describe, expect, it } from "vitest";
import { known } from "../../src/evidence/fact.ts";
import type { Proof } from "../../src/evidence/proof.ts";
import type { PredictedLoad } from "../../src/loader/predict-load.ts";
import type { Manifest } from "../../src/manifest/generated/manifest.ts";
import { finding, judgeManifests, judgePair, judgeSet, loaderRemarks } from "../../src/rules/evaluation.ts";
import type { Finding, RuleId } from "../../src/rules/finding.ts";
import { duplicateComponent } from "../../src/rules/set/duplicate-component/rule.ts";
import { exampleClaim, examplePair, noProof } from "../support/example-artifact.ts";
import { exampleManifest } from "../support/example-manifest.ts";

const loads: PredictedLoad["prediction"] = { outcome: "loads", needs: [] };
const unsure: PredictedLoad["prediction"] = { outcome: "unknown", why: "It depends.", needs: [] };
const refused: PredictedLoad["prediction"] = {
  outcome: "refused",
  first: { outcome: "refused", check: "package-hash", message: null, cause: "It differs." },
  further: [],
  needs: [],
};

function predicted(
  prediction: PredictedLoad["prediction"],
  opener: PredictedLoad["opener"] = "plugin.Open",
): PredictedLoad {
  return { prediction, opener, plugin: undefined, causes: [] };
}

function compare(
  plugin: Partial<Manifest>,
  loader: PredictedLoad | undefined,
  arch?: string,
): ReturnType<typeof judgePair> {
  return judgePair({ ...examplePair(exampleManifest(plugin), exampleManifest()), loader }, arch);
}

function causeOf({ findings }: ReturnType<typeof judgePair>, rule: RuleId): string | undefined {
  return findings.find((each) => each.rule === rule)?.cause;
}

describe("an error that the loader does not raise", () => {
  const otherFlags = { build_flags: ["-race"] };
  const otherRelease = { toolchain_version: "1.26.5" };

  it.each(["plugin.Open", "dlopen"] as const)("says that %s would load the plugin", (opener) => {
    const outcome = compare(otherFlags, predicted(loads, opener));
    expect(causeOf(outcome, "build-flags-mismatch")).toBe(loaderRemarks[opener]);
  });

  it("says so behind its own cause", () => {
    const outcome = compare(otherRelease, predicted(loads));
    const own = causeOf(compare(otherRelease, undefined), "toolchain-mismatch") ?? "";
    expect(own).not.toBe("");
    expect(causeOf(outcome, "toolchain-mismatch")).toBe(`${own} ${loaderRemarks["plugin.Open"]}`);
  });

  it.each([
    ["rejects it", predicted(refused)],
    ["gives an unknown answer", predicted(unsure)],
    ["is not known", undefined],
  ])("says nothing of a loader that %s", (_, loader) => {
    expect(causeOf(compare(otherFlags, loader), "build-flags-mismatch")).toBeUndefined();
  });

  it("is an error: a note says nothing of the loader", () => {
    const outcome = compare({ dependency_hashes: { "example.com/only": "h1:o=" } }, predicted(loads));
    expect(outcome.findings).toMatchObject([{ rule: "dependency-not-in-host", severity: "note" }]);
    expect(causeOf(outcome, "dependency-not-in-host")).toBeUndefined();
  });
});

describe("the slice", () => {
  const wrong = { build_flags: ["-race"], toolchain_version: "1.26.5" };

  it("is named in each finding and check of a comparison, if there are several", () => {
    const { findings, checks } = compare(wrong, predicted(refused), "arm64");
    expect(findings.map(({ rule, arch }) => [rule, arch])).toEqual([
      ["toolchain-mismatch", "arm64"],
      ["build-flags-mismatch", "arm64"],
      ["loader-refuses", "arm64"],
    ]);
    expect(new Set(checks.map(({ arch }) => arch))).toEqual(new Set(["arm64"]));
  });

  it("is named nowhere if it is the only one", () => {
    const { findings, checks } = compare(wrong, predicted(refused));
    expect(findings).toHaveLength(3);
    for (const each of [...findings, ...checks]) expect(each).not.toHaveProperty("arch");
  });

  it.each([
    [true, "aarch64"],
    [false, undefined],
  ])("is named in what a claim is refuted by, if the file is universal: %s", (universal, arch) => {
    const { slice } = examplePair(exampleManifest(), exampleManifest()).plugin;
    const claim = exampleClaim({ __otel: JSON.stringify(exampleManifest({ toolchain_version: "1.0" })) });
    const proof: Proof = {
      ...noProof,
      language: known("go", "__go_buildinfo"),
      toolchain: known("go1.26.8", "__go_buildinfo"),
    };
    const slices = [{ ...slice, arch: "aarch64", claim, proof }];
    const found = judgeManifests({ role: "plugin", universal, slices });
    expect(found.map((each) => [each.rule, each.arch])).toEqual([["claim-toolchain", arch]]);
  });
});

describe("the order of findings", () => {
  const severitiesOf = (findings: readonly Finding[]): readonly string[] =>
    findings.map(({ severity, rule }) => `${severity} ${rule}`);

  it("about one file is by severity, whichever rule is first", () => {
    const { language, ...rest } = exampleManifest();
    const claim = exampleClaim({
      ".otel_manifest": JSON.stringify({ ...rest, Language: language, schema_version: 1 }),
      otel_plugin_manifest: "{",
    });
    const found = judgeManifests({ role: "plugin", universal: false, slices: [{ arch: "x86_64", claim }] });
    expect(severitiesOf(found)).toEqual([
      "error manifest-unreadable",
      "error manifest-invalid",
      "note manifest-unknown-field",
    ]);
  });

  it("about a set is by severity, too", () => {
    const components = [{ kind: "exporter", type: "kafka", symbol: "NewFactory" }];
    const plugins = ["a.so", "b.so"].map((path) => ({ path, manifest: exampleManifest({ components }) }));
    expect(severitiesOf(judgeSet({ plugins, expected: ["c"] }))).toEqual([
      "error expected-plugin-missing",
      "warning duplicate-component",
    ]);
  });
});

describe("a finding", () => {
  it("has its rule's id and severity, and no fix, unless the draft says otherwise", () => {
    expect(finding(duplicateComponent, { message: "x" })).toEqual({
      rule: "duplicate-component",
      severity: "warning",
      message: "x",
      fix: [],
    });
    const draft = { message: "x", severity: "note", fix: [{ kind: "advice", text: "y" }] } as const;
    expect(finding(duplicateComponent, draft)).toEqual({ rule: "duplicate-component", ...draft });
  });
});

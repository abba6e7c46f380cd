import { describe, expect, it } from "vitest";
import { unknown } from "../../../src/evidence/fact.ts";
import type { MismatchCause } from "../../../src/loader/go/mismatch-cause.ts";
import { buildFlagsMismatch } from "../../../src/rules/host/build-flags-mismatch/rule.ts";
import type { Comparison, Pair } from "../../../src/rules/rule.ts";
import { examplePair, withBuilds } from "../../support/example-artifact.ts";
import { exampleManifest } from "../../support/example-manifest.ts";

function pairOf(plugin: readonly string[], host: readonly string[]): Pair {
  return examplePair(
    exampleManifest({ build_flags: [...plugin] }),
    exampleManifest({ build_flags: [...host] }),
  );
}

function evaluate(pair: Pair): Comparison {
  return buildFlagsMismatch.evaluate(pair);
}

const from = ".otel_manifest#/build_flags";

describe("build-flags-mismatch", () => {
  it.each([
    ["both", ["-race"], ["-trimpath"], "-race", "-trimpath"],
    ["the plugin only", ["-race"], [], "-race", "none"],
    ["the host only", ["-buildmode=plugin"], ["-trimpath"], "none", "-trimpath"],
    ["one more", ["-race", "-trimpath"], ["-trimpath"], "-race -trimpath", "-trimpath"],
  ] as const)("shows the flags of both sides if they are given to %s", (_, plugin, host, ours, theirs) => {
    const sides = { plugin: { value: ours, from }, host: { value: theirs, from } };
    expect(evaluate(pairOf(plugin, host))).toMatchObject({
      findings: [sides],
      check: { ...sides, status: "mismatch", decisive: false },
    });
  });

  it.each([
    [["-race"], [], "was built with -race, the host was not"],
    [[], ["-race", "-trimpath"], "was built without the host's -race -trimpath"],
    [
      ["-tags=a"],
      ["-tags=b"],
      "was built without the host's -tags=b; was built with -tags=a, the host was not",
    ],
  ] as const)("names only what differs: %j, %j", (plugin, host, message) => {
    expect(evaluate(pairOf(plugin, host)).findings).toMatchObject([{ message }]);
  });

  it("finds nothing if they are equal, and shows both", () => {
    const sides = { plugin: { value: "-race", from }, host: { value: "-race", from } };
    expect(evaluate(pairOf(["-race"], ["-race"]))).toEqual({
      findings: [],
      check: { ...sides, status: "match", decisive: false },
    });
  });

  it.each([
    ["plugin", { flags: unknown("no stamp") }, {}, "no stamp"],
    ["host", {}, { flags: unknown("stripped") }, "stripped"],
    ["plugin and host", { flags: unknown("no stamp") }, { flags: unknown("stripped") }, "no stamp"],
  ] as const)("is unknown, with the reason, if the flags of the %s are", (_, plugin, host, reason) => {
    const { findings, check } = evaluate(withBuilds(pairOf(["-race"], []), plugin, host));
    expect(findings).toEqual([]);
    expect(check).toMatchObject({ status: "unknown", decisive: false, reason });
  });

  it("compares nothing without build information", () => {
    const pair = pairOf(["-race"], []);
    expect(evaluate({ ...pair, plugin: { ...pair.plugin, build: undefined } })).toEqual({ findings: [] });
    expect(evaluate({ ...pair, host: { ...pair.host, build: undefined } })).toEqual({ findings: [] });
  });

  it("counts the package hashes that differ for this reason, each once", () => {
    const cause = (kind: MismatchCause["kind"], packages: readonly string[]): MismatchCause => ({
      kind,
      subject: "-race",
      packages,
      text: "Why.",
    });
    const because = (...causes: readonly MismatchCause[]): string | undefined => {
      const prediction = { outcome: "loads", needs: [] } as const;
      const loader = { prediction, opener: "plugin.Open", plugin: undefined, causes } as const;
      return evaluate({ ...pairOf(["-race"], []), loader }).findings[0]?.cause;
    };
    const settings = [cause("setting", ["fmt", "runtime"]), cause("setting", ["fmt", "sync"])];
    expect(because(...settings, cause("release", ["os", "io"]))).toMatch(/^3 package hashes differ/);
    expect(because(cause("release", ["os"]))).toBeUndefined();
    expect(because()).toBeUndefined();
  });
});

import { describe, expect, it } from "vitest";
import type { Build } from "../../../src/artifact/build.ts";
import { known, unknown } from "../../../src/evidence/fact.ts";
import type { MismatchCause } from "../../../src/loader/go/mismatch-cause.ts";
import { toolchainMismatch } from "../../../src/rules/host/toolchain-mismatch/rule.ts";
import type { Comparison, Pair } from "../../../src/rules/rule.ts";
import { examplePair, withBuilds } from "../../support/example-artifact.ts";
import { exampleManifest } from "../../support/example-manifest.ts";

/** A pair of builds with what is given in place of the manifest's release. */
function pairOf(plugin: Partial<Build>, host: Partial<Build>): Pair {
  return withBuilds(examplePair(exampleManifest(), exampleManifest()), plugin, host);
}

function evaluate(plugin: Partial<Build>, host: Partial<Build>): Comparison {
  return toolchainMismatch.evaluate(pairOf(plugin, host));
}

const stamp = (release: string): Partial<Build> => ({ toolchain: known(release, ".go.buildinfo") });
const lines = (from: string, to: string): Partial<Build> => ({
  toolchain: unknown("stripped"),
  releases: known({ from, to }, "moduledata"),
});
const silent: Partial<Build> = { toolchain: unknown("no stamp") };

describe("toolchain-mismatch", () => {
  it("shows both compilers, where each was read, why it matters, and the command", () => {
    const sides = {
      plugin: { value: "go1.26.5", from: ".go.buildinfo" },
      host: { value: "go1.26.8", from: ".go.buildinfo" },
    };
    expect(evaluate(stamp("go1.26.5"), stamp("go1.26.8"))).toEqual({
      findings: [
        {
          ...sides,
          message: "was built with go1.26.5, the host with go1.26.8",
          cause: "Plugin and host must be built with the same compiler release.",
          fix: [expect.objectContaining({ run: expect.stringContaining("GOTOOLCHAIN=go1.26.8 ") as string })],
        },
      ],
      check: { ...sides, status: "mismatch", decisive: true },
    });
  });

  it("finds nothing if the releases are equal, however they are written", () => {
    expect(evaluate(stamp("1.26.8"), stamp("go version go1.26.8 linux/amd64"))).toEqual({
      findings: [],
      check: {
        plugin: { value: "1.26.8", from: ".go.buildinfo" },
        host: { value: "go version go1.26.8 linux/amd64", from: ".go.buildinfo" },
        status: "match",
        decisive: true,
      },
    });
  });

  it.each([
    ["the plugin", lines("go1.18", "go1.19"), stamp("go1.26.8"), "go1.18 to go1.19", "go1.26.8", "command"],
    ["the host", stamp("go1.26.8"), lines("go1.18", "go1.18"), "go1.26.8", "go1.18", "advice"],
  ] as const)(
    "finds that only the shape of the data of %s rules it out",
    (_, plugin, host, ours, theirs, kind) => {
      const [finding] = evaluate(plugin, host).findings;
      expect(finding?.message).toBe(`was built with ${ours}, the host with ${theirs}`);
      expect(finding?.fix?.at(-1)?.kind).toBe(kind);
    },
  );

  it("advises the host's compiler if its very release is unknown", () => {
    expect(evaluate(stamp("go1.26.8"), lines("go1.18", "go1.19")).findings[0]?.fix).toEqual([
      { kind: "advice", text: "Build the plugin with the host's compiler, go1.18 to go1.19." },
    ]);
  });

  it.each([
    ["the plugin's", lines("go1.26", "go1.27"), stamp("go1.26.8"), "compiler is unknown: stripped"],
    ["the host's", stamp("go1.26.8"), lines("go1.26", "go1.27"), "compiler is unknown: stripped"],
    ["the plugin's", lines("go1.18", "go1.19"), lines("go1.20", "go1.21"), "compiler is unknown: stripped"],
    ["the plugin's", silent, stamp("go1.26.8"), "compiler is unknown: no stamp"],
    ["the host's", stamp("go1.26.8"), silent, "compiler is unknown: no stamp"],
    ["the host's", stamp("go1.26.8"), stamp("newest"), 'compiler, "newest", is not in a recognized format'],
    ["the plugin's", stamp("newest"), silent, 'compiler, "newest", is not in a recognized format'],
    ["the plugin's", stamp("devel go1.27-x"), stamp("devel go1.27-x"), "commit is unknown"],
  ] as const)("is unknown if %s release is: %#", (whose, plugin, host, why) => {
    const { findings, check } = evaluate(plugin, host);
    expect(findings).toEqual([]);
    expect(check).toMatchObject({ status: "unknown", decisive: true });
    expect(check?.reason).toContain(`${whose} ${why}`);
  });

  it.each([
    ["plugin", "no usable manifest and no Go or rustc stamp"],
    ["host", "a Go manifest in the host would provide it"],
  ] as const)("is unknown without build information of the %s", (side, why) => {
    const pair = pairOf({}, {});
    const { findings, check } = toolchainMismatch.evaluate({
      ...pair,
      [side]: { ...pair[side], build: undefined },
    });
    expect(findings).toEqual([]);
    const reason = expect.stringMatching(`^the ${side} has no build information.*${why}$`) as string;
    expect(check).toMatchObject({ status: "unknown", decisive: true, reason });
  });

  it("shows an unknown release as unknown, with the reason", () => {
    expect(evaluate(silent, stamp("go1.26.8")).check?.plugin).toEqual({ value: "unknown", from: "no stamp" });
  });

  it("counts the package hashes that differ for this reason", () => {
    const cause = (kind: MismatchCause["kind"], packages: readonly string[]): MismatchCause => ({
      kind,
      subject: "go",
      packages,
      text: "Why.",
    });
    const because = (...causes: readonly MismatchCause[]): string | undefined => {
      const prediction = { outcome: "loads", needs: [] } as const;
      const loader = { prediction, opener: "plugin.Open", plugin: undefined, causes } as const;
      const pair = pairOf(stamp("go1.26.5"), stamp("go1.26.8"));
      return toolchainMismatch.evaluate({ ...pair, loader }).findings[0]?.cause;
    };
    const [own, other] = [cause("release", ["fmt", "os"]), cause("setting", ["fmt", "os", "io"])];
    expect(because(other, own)).toMatch(/ release\. 2 package hashes differ because of this/);
    expect(because(other)).toMatch(/ release\.$/);
    expect(because(cause("release", []))).toMatch(/ release\.$/);
  });
});

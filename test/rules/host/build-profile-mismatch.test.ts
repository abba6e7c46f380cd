import { describe, expect, it } from "vitest";
import { unknown } from "../../../src/evidence/fact.ts";
import type { Manifest } from "../../../src/manifest/generated/manifest.ts";
import { buildProfileMismatch } from "../../../src/rules/host/build-profile-mismatch/rule.ts";
import type { Pair } from "../../../src/rules/rule.ts";
import { examplePair, withBuilds } from "../../support/example-artifact.ts";
import { exampleManifest } from "../../support/example-manifest.ts";

const rust: Partial<Manifest> = { language: "rust", toolchain_version: "1.95.0", build_flags: [] };
const from = ".otel_manifest#/build_profile";

function pairOf(language: "go" | "rust", plugin: string, host: string): Pair {
  const [ours, theirs] = [plugin, host].map((build_profile) =>
    exampleManifest({ ...(language === "rust" ? rust : {}), build_profile }),
  );
  return examplePair(ours ?? exampleManifest(), theirs ?? exampleManifest());
}

describe("build-profile-mismatch", () => {
  it.each([
    ["rust", [{ kind: "command", run: "cargo +1.95.0 build --release" }]],
    [
      "go",
      [
        {
          kind: "advice",
          text: expect.stringMatching(/same -gcflags.* build_profile "release"\.$/) as string,
        },
      ],
    ],
  ] as const)("shows both profiles, where each was read, and what fixes it in %s", (language, fix) => {
    const sides = { plugin: { value: "debug", from }, host: { value: "release", from } };
    expect(buildProfileMismatch.evaluate(pairOf(language, "debug", "release"))).toMatchObject({
      findings: [{ ...sides, message: "was built with the debug profile; the host with release", fix }],
      check: { ...sides, status: "mismatch", decisive: false },
    });
  });

  it("finds nothing if they are equal, and shows them as they are written", () => {
    expect(buildProfileMismatch.evaluate(pairOf("rust", "dev", "Debug"))).toEqual({
      findings: [],
      check: {
        plugin: { value: "dev", from },
        host: { value: "Debug", from },
        status: "match",
        decisive: false,
      },
    });
  });

  it.each([
    ["plugin", { profile: unknown("no claim") }, {}, "no claim"],
    ["host", {}, { profile: unknown("stripped") }, "stripped"],
    ["plugin and host", { profile: unknown("no claim") }, { profile: unknown("stripped") }, "no claim"],
  ] as const)("is unknown, with the reason, if the profile of the %s is", (_, plugin, host, reason) => {
    const { findings, check } = buildProfileMismatch.evaluate(
      withBuilds(pairOf("rust", "debug", "release"), plugin, host),
    );
    expect(findings).toEqual([]);
    expect(check).toMatchObject({ status: "unknown", decisive: false, reason });
    const go = withBuilds(pairOf("go", "debug", "release"), plugin, host);
    expect(buildProfileMismatch.evaluate(go), "Go has no profiles").toEqual({ findings: [] });
  });

  it("compares nothing without build information", () => {
    const pair = pairOf("rust", "debug", "release");
    const [plugin, host] = [
      { ...pair.plugin, build: undefined },
      { ...pair.host, build: undefined },
    ];
    expect(buildProfileMismatch.evaluate({ ...pair, plugin })).toEqual({ findings: [] });
    expect(buildProfileMismatch.evaluate({ ...pair, host })).toEqual({ findings: [] });
  });
});

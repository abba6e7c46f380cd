import { describe, expect, it } from "vitest";
import type { LocatedCarrier } from "../../src/manifest/carrier/locate.ts";
import { manifestsAt, readClaim, type Claim } from "../../src/manifest/claim.ts";
import { exampleClaim } from "../support/example-artifact.ts";
import { exampleManifest } from "../support/example-manifest.ts";

const go = exampleManifest();
const rust = exampleManifest({ language: "rust", toolchain_version: "1.95.0" });
const text = JSON.stringify(go);

function located(value: string, over: Partial<LocatedCarrier> = {}): LocatedCarrier {
  return {
    source: "section",
    location: ".otel_manifest",
    offset: 0x1000,
    payload: { kind: "bytes", bytes: Buffer.from(value) },
    ...over,
  };
}

function places({ carriers }: Claim): readonly (readonly [string, number | undefined, string])[] {
  return carriers.map(({ location, offset, content }) => [location, offset, content.kind] as const);
}

describe("what a file claims", () => {
  it("is its first valid manifest", () => {
    const claim = exampleClaim({ ".a": "nonsense", ".b": "{}", ".c": text, ".d": JSON.stringify(rust) });
    expect(claim.chosen?.location).toBe(".c");
    expect(claim.manifests).toEqual([go]);
    expect(claim.carriers).toHaveLength(4);
  });

  it("is nothing if none is valid", () => {
    for (const claim of [exampleClaim({}), exampleClaim({ ".a": "nonsense", ".b": "{}" })]) {
      expect([claim.chosen, claim.manifests, manifestsAt(claim)]).toEqual([undefined, [], []]);
    }
  });

  it("has the place of each manifest", () => {
    expect(manifestsAt(exampleClaim({ ".a": text }))).toEqual([{ manifest: go, at: ".a#" }]);
    expect(manifestsAt(exampleClaim({ ".a": JSON.stringify([go, rust]) }, true))).toEqual([
      { manifest: go, at: ".a#/0" },
      { manifest: rust, at: ".a#/1" },
    ]);
  });

  it("says why a carrier could not be read", () => {
    const payload = { kind: "refused", reason: "is a function" } as const;
    const source = "dynamic-symbol";
    expect(readClaim([located("", { payload, source, offset: undefined })], false)).toEqual({
      carriers: [
        {
          source,
          location: ".otel_manifest",
          offset: undefined,
          content: { kind: "unreadable", reason: "is a function", offset: 0 },
        },
      ],
      chosen: undefined,
      manifests: [],
    });
  });
});

describe("several values in one carrier", () => {
  it("are each read, with a number and an offset", () => {
    const claim = readClaim([located(`${text}\0 {}[`)], false);
    expect(places(claim)).toEqual([
      [".otel_manifest", 0x1000, "json"],
      [".otel_manifest[1]", 0x1000 + text.length + 2, "json"],
      [".otel_manifest[2]", 0x1000 + text.length + 4, "unreadable"],
    ]);
  });

  it("have no offset if the carrier has none", () => {
    const claim = readClaim([located("{}{}", { offset: undefined })], false);
    expect(places(claim).map(([, offset]) => offset)).toEqual([undefined, undefined]);
  });

  it.each([
    [15, 15, "json"],
    [16, 16, "json"],
    [17, 17, "unreadable"],
    [100, 17, "unreadable"],
  ])("are read up to a limit: %i", (count, read, last) => {
    const claim = readClaim([located("{}".repeat(count))], false);
    expect(claim.carriers).toHaveLength(read);
    expect(claim.carriers.at(-1)?.content.kind).toBe(last);
  });

  it("are said to be too many", () => {
    expect(readClaim([located("{}".repeat(17))], false).carriers.at(-1)).toMatchObject({
      location: ".otel_manifest[16]",
      content: { reason: "contains more than 16 JSON values" },
    });
  });
});

import { expect, it } from "vitest";
import type { Manifest } from "../../../src/manifest/generated/manifest.ts";
import { manifestStale } from "../../../src/rules/manifest/manifest-stale/rule.ts";
import { exampleClaim } from "../../support/example-artifact.ts";
import { exampleManifest } from "../../support/example-manifest.ts";

type Hashes = Readonly<Record<string, string>>;

function subjects(embedded: Hashes, now: Hashes): readonly (string | undefined)[] {
  const claim = exampleClaim({
    ".otel_manifest": JSON.stringify(exampleManifest({ dependency_hashes: embedded })),
  });
  const sources = [{ manifest: exampleManifest({ dependency_hashes: now }), at: "sources in .#" }];
  const slices = [{ arch: "x86_64", claim }];
  return manifestStale
    .evaluate({ role: "plugin", universal: false, slices, sources })
    .map(({ subject }) => subject);
}

it.each<[what: string, embedded: Hashes, now: Hashes, wrong: readonly string[]]>([
  ["the same", { "a@v1.0.0": "h1:a" }, { "a@v1.0.0": "h1:a" }, []],
  ["the same, without its version", { a: "h1:a" }, { "a@v1.0.0": "h1:a" }, []],
  ["a different content", { "a@v1.0.0": "h1:a" }, { "a@v1.0.0": "h1:b" }, ["a"]],
  ["a main module that is not listed", {}, { main: "" }, []],
  ["a main module that was listed", { main: "" }, {}, []],
  ["one that is not listed", {}, { "a@v1.0.0": "h1:a" }, ["a"]],
  ["one that is not listed, whose content is unknown", {}, { "a@v1.0.0": "" }, ["a"]],
  ["one that is no longer linked, whose content was unknown", { "a@v1.0.0": "" }, {}, ["a"]],
])("dependencies, %s", (_what, embedded, now, wrong) => {
  expect(subjects(embedded, now)).toEqual(wrong);
});

type Fields = Readonly<Record<string, unknown>>;

function messages(embedded: readonly Fields[], now: Fields): readonly string[] {
  const manifests = embedded.map((fields) => exampleManifest(fields));
  const text = JSON.stringify(manifests.length === 1 ? manifests[0] : manifests);
  const sources = [{ manifest: exampleManifest(now), at: "sources in .#" }];
  const slices = [{ arch: "x86_64", claim: exampleClaim({ ".otel_manifest": text }, true) }];
  return manifestStale
    .evaluate({ role: "host", universal: false, slices, sources })
    .map(({ message }) => message);
}

it("a manifest of a language whose sources were not given does not pass", () => {
  const both = [{ language: "go" }, { language: "rust", toolchain_version: "1.95.0" }];
  expect(messages(both, { language: "go" })).toEqual([
    "carries a manifest for Rust too, which was compared with no sources",
  ]);
});

it("each setting of the build is compared for itself", () => {
  const [embedded, now] = [
    { lto: "true", panic: "unwind" },
    { "codegen-units": "1", lto: "true", panic: "abort" },
  ];
  expect(messages([{ build_settings: embedded }], { build_settings: now })).toEqual([
    "says nothing of build_settings/codegen-units, but the sources say 1",
    "says build_settings/panic unwind, but the sources say abort",
  ]);
  expect(messages([{}], { build_settings: now })).toEqual([]);
});

it("a field of one's own is compared if both have it", () => {
  expect(messages([{ vendor: "a" }], { vendor: "b" })).toEqual(["says vendor a, but the sources say b"]);
  expect(messages([{ vendor: "a" }], {})).toEqual([]);
  expect(messages([{ build_time: "2026-01-01T00:00:00Z" }], { build_time: "2026-01-02T00:00:00Z" })).toEqual(
    [],
  );
});

it("a field of one's own is compared, whatever it is called", () => {
  const claim = exampleClaim({
    ".otel_manifest": JSON.stringify({ ...exampleManifest(), toString: "old", constructor: "same" }),
  });
  const now = { ...exampleManifest(), toString: "new", constructor: "same" } as unknown as Manifest;
  const slices = [{ arch: "x86_64", claim }];
  const sources = [{ manifest: now, at: "sources in .#" }];
  const found = manifestStale.evaluate({ role: "plugin", universal: false, slices, sources });
  expect(found).toMatchObject([{ subject: "toString" }]);
});

import { expect, it } from "vitest";
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

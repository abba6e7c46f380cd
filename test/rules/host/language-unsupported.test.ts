import { describe, expect, it } from "vitest";
import type { PredictedLoad } from "../../../src/loader/predict-load.ts";
import type { Manifest } from "../../../src/manifest/generated/manifest.ts";
import { languageUnsupported } from "../../../src/rules/host/language-unsupported/rule.ts";
import { examplePair } from "../../support/example-artifact.ts";
import { exampleManifest } from "../../support/example-manifest.ts";

const go = exampleManifest();
const rust = exampleManifest({ language: "rust", toolchain_version: "1.95.0", build_flags: [] });

const loads = { outcome: "loads", needs: [] } as const;
const unsure = { outcome: "unknown", why: "It depends.", needs: [] } as const;

function loader(
  prediction: PredictedLoad["prediction"],
  opener: PredictedLoad["opener"] = "dlopen",
): PredictedLoad {
  return { prediction, opener, plugin: undefined, causes: [] };
}

function adviceFor(plugin: Manifest, host: Manifest, load: PredictedLoad | undefined) {
  const [finding] = languageUnsupported.evaluate({ ...examplePair(plugin, host), loader: load }).findings;
  return finding;
}

describe("language-unsupported", () => {
  it("shows the plugin's language and the host's, and where each was read", () => {
    const sides = {
      plugin: { value: "rust", from: ".otel_manifest#/language" },
      host: { value: "go", from: ".otel_manifest#/language" },
    };
    expect(languageUnsupported.evaluate(examplePair(rust, go))).toMatchObject({
      findings: [{ ...sides, message: "is written in rust, but the host only declares go" }],
      check: { ...sides, status: "mismatch", decisive: false },
    });
  });

  it("shows every language that the host declares, and finds nothing if the plugin's is one", () => {
    const host = { value: "go, rust", from: ".otel_manifest#/0/language, .otel_manifest#/1/language" };
    const { findings, check } = languageUnsupported.evaluate(examplePair(rust, [go, rust]));
    expect(findings).toEqual([]);
    expect(check).toMatchObject({ status: "match", decisive: false, host });
  });

  it("compares nothing if the plugin's language is unknown", () => {
    const pair = examplePair(rust, go);
    const silent = { ...pair, plugin: { ...pair.plugin, build: undefined } };
    expect(languageUnsupported.evaluate(silent)).toEqual({ findings: [] });
  });

  it("compares nothing if the host declares none, though its own language is proven", () => {
    const { plugin, host } = examplePair(rust, go);
    const builds = host.builds.map((build) => ({ ...build, manifest: undefined }));
    const proven = { plugin, host: { ...host, builds, build: undefined }, loader: undefined };
    expect(languageUnsupported.evaluate(proven)).toEqual({ findings: [] });
  });

  it("shows of a host with a proven language only those that it declares", () => {
    const { plugin, host } = examplePair(rust, go);
    const [build] = host.builds;
    const builds = build === undefined ? [] : [build, { ...build, manifest: undefined }];
    const { check } = languageUnsupported.evaluate({ plugin, host: { ...host, builds }, loader: undefined });
    expect(check?.host.value).toBe("go");
  });

  it.each([
    ["there is no host file", undefined],
    ["the loader's answer is unknown", loader(unsure)],
  ])("leaves both remedies open if %s", (_, load) => {
    expect(adviceFor(rust, go, load)).toMatchObject({
      cause: expect.stringMatching(
        /^The files do not tell whether the host can open a Rust plugin/,
      ) as string,
      fix: [
        {
          text: expect.stringMatching(
            /^If the host loads Rust plugins: add a manifest for Rust to .* If not: use the plugin with a host that opens libraries with dlopen\.$/,
          ) as string,
        },
      ],
    });
  });

  it.each([
    ["Rust", "plugin.Open", "dlopen", rust, go],
    ["Go", "dlopen", "plugin.Open", go, rust],
  ] as const)(
    "sends a plugin in %s elsewhere if the host only has %s",
    (language, has, needs, plugin, host) => {
      expect(adviceFor(plugin, host, loader(loads, has))).toMatchObject({
        cause: `The host cannot load ${language} plugins at all: it opens libraries only with ${has}, which does not load them.`,
        fix: [{ text: `Use the plugin with a host that opens libraries with ${needs}.` }],
      });
    },
  );

  it.each([
    ["Rust", "dlopen", rust, go],
    ["Go", "plugin.Open", go, rust],
  ] as const)("has the host declare %s if its code calls %s", (language, opener, plugin, host) => {
    expect(adviceFor(plugin, host, loader(loads, opener))).toMatchObject({
      cause: `The host can open a ${language} plugin, since its code calls ${opener}, but it has no manifest for ${language}.`,
      fix: [{ text: expect.stringMatching(`^Add a manifest for ${language} to `) as string }],
    });
  });
});

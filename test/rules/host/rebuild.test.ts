import { describe, expect, it } from "vitest";
import { known, unknown } from "../../../src/evidence/fact.ts";
import type { Dependency } from "../../../src/language/dependency.ts";
import type { Fix } from "../../../src/language/fix.ts";
import type { Manifest } from "../../../src/manifest/generated/manifest.ts";
import { sharedDependencyFixes } from "../../../src/rules/host/dependency-fixes.ts";
import { missingBuild } from "../../../src/rules/host/missing-build.ts";
import { rebuildHost, rebuildLikeHost } from "../../../src/rules/host/rebuild.ts";
import type { Pair } from "../../../src/rules/rule.ts";
import { examplePair, withBuilds } from "../../support/example-artifact.ts";
import { exampleManifest } from "../../support/example-manifest.ts";

const rust: Partial<Manifest> = { language: "rust", toolchain_version: "1.95.0", build_flags: [] };
const goPair = examplePair(exampleManifest(), exampleManifest());
const rustPair = examplePair(exampleManifest(rust), exampleManifest(rust));

function commands(fixes: readonly Fix[]): readonly string[] {
  return fixes.map((fix) => (fix.kind === "command" ? fix.run : fix.kind));
}

function bare(pair: Pair, side: "plugin" | "host"): Pair {
  return { ...pair, [side]: { ...pair[side], build: undefined } };
}

describe("the command that builds a plugin like its host", () => {
  it.each([
    [
      "the release",
      goPair,
      { toolchain: known("go1.27.1", "x") },
      "GOTOOLCHAIN=go1.27.1 go build -buildmode=plugin -trimpath .",
    ],
    [
      "no release that has no known form",
      goPair,
      { toolchain: known("newest", "x") },
      "go build -buildmode=plugin -trimpath .",
    ],
    [
      "no release that is unknown",
      goPair,
      { toolchain: unknown("x") },
      "go build -buildmode=plugin -trimpath .",
    ],
    [
      "the flags",
      goPair,
      { flags: known(["-race"], "x") },
      "GOTOOLCHAIN=go1.26.8 go build -buildmode=plugin -race -trimpath=false .",
    ],
    [
      "no flags that are unknown",
      goPair,
      { flags: unknown("x") },
      "GOTOOLCHAIN=go1.26.8 go build -buildmode=plugin .",
    ],
    [
      "the variables that the compiler wrote down",
      goPair,
      { environment: { GOEXPERIMENT: "arenas" } },
      "GOTOOLCHAIN=go1.26.8 GOEXPERIMENT=arenas go build -buildmode=plugin -trimpath .",
    ],
    ["the profile", rustPair, { profile: known("dist", "x") }, "cargo +1.95.0 build --profile dist"],
    ["the profile in Cargo's spelling", rustPair, { profile: known("DEV", "x") }, "cargo +1.95.0 build"],
    [
      "the plugin's profile if the host's is unknown",
      rustPair,
      { profile: unknown("x") },
      "cargo +1.95.0 build --release",
    ],
  ] as const)("has %s", (_, pair, host, command) => {
    expect(commands(rebuildLikeHost(withBuilds(pair, {}, host))).at(-1)).toBe(command);
  });

  it("builds the plugin's own package", () => {
    const pair = withBuilds(goPair, { mainPackage: "./cmd/plugin" }, { mainPackage: "./cmd/host" });
    expect(commands(rebuildLikeHost(pair))).toEqual([
      "GOTOOLCHAIN=go1.26.8 go build -buildmode=plugin -trimpath ./cmd/plugin",
    ]);
  });

  it("builds for the host's target", () => {
    const pair = examplePair(exampleManifest(), exampleManifest(), { plugin: { arch: "aarch64" } });
    expect(commands(rebuildLikeHost(pair)).at(-1)).toContain("GOARCH=amd64 ");
  });

  it("is none if it is unknown how either was built", () => {
    expect(rebuildLikeHost(bare(goPair, "plugin"))).toEqual([]);
    expect(rebuildLikeHost(bare(goPair, "host"))).toEqual([]);
    expect(rebuildLikeHost({})).toEqual([]);
    expect(rebuildLikeHost({ plugin: goPair.plugin })).toEqual([]);
  });
});

describe("the command that builds the host again", () => {
  it("is that of a language whose hosts may lack the way to load plugins", () => {
    const command = "CGO_ENABLED=1 GOTOOLCHAIN=go1.26.8 go build -trimpath .";
    expect(commands(rebuildHost(goPair))).toEqual([command]);
    const both = examplePair(exampleManifest(rust), [exampleManifest(rust), exampleManifest()]);
    expect(commands(rebuildHost(both))).toEqual([command]);
  });

  it("is none for a different language, or without a host", () => {
    expect(rebuildHost(rustPair)).toEqual([]);
    expect(rebuildHost({ plugin: goPair.plugin })).toEqual([]);
    expect(rebuildHost({ host: { ...goPair.host, builds: [] } })).toEqual([]);
    expect(rebuildHost({})).toEqual([]);
  });
});

describe("what makes a plugin link what its host links", () => {
  const module = (name: string, version: string): Dependency => ({
    name,
    version,
    hash: `h1:${version}=`,
    from: ".go.buildinfo",
  });
  const [a, b] = [module("example.com/a", "v1.0.0"), module("example.com/b", "v1.0.0")];
  const newer = module("example.com/a", "v1.2.0");
  const linking = (plugin: readonly Dependency[], host: readonly Dependency[]): Pair =>
    withBuilds(goPair, { dependencies: known(plugin, "x") }, { dependencies: known(host, "x") });

  it("is a command for each that differs, and none for the others", () => {
    const only = module("example.com/c", "v1.0.0");
    expect(commands(sharedDependencyFixes(linking([a, b, only], [newer, b])))).toEqual([
      "go get example.com/a@v1.2.0 && go mod tidy",
    ]);
    expect(sharedDependencyFixes(linking([a, b], [a, b]))).toEqual([]);
  });

  it("is nothing if either side is unknown", () => {
    const pair = linking([a], [newer]);
    const silent = { dependencies: unknown("x") };
    expect(sharedDependencyFixes(withBuilds(pair, silent, {}))).toEqual([]);
    expect(sharedDependencyFixes(withBuilds(pair, {}, silent))).toEqual([]);
    expect(sharedDependencyFixes(bare(pair, "plugin"))).toEqual([]);
    expect(sharedDependencyFixes(bare(pair, "host"))).toEqual([]);
    expect(sharedDependencyFixes({})).toEqual([]);
  });
});

describe("a comparison without build information", () => {
  it.each([
    [
      "the plugin",
      bare(goPair, "plugin"),
      "the plugin has no build information: no usable manifest and no Go or rustc stamp",
    ],
    [
      "the host",
      { ...goPair, host: { ...goPair.host, builds: [], build: undefined } },
      "the host has no build information: no usable manifest and no Go or rustc stamp",
    ],
    [
      "the host's Go code",
      bare(goPair, "host"),
      "the host has no build information for its Go code; a Go manifest in the host would provide it",
    ],
    [
      "the host's Rust code",
      bare(rustPair, "host"),
      "the host has no build information for its Rust code; a Rust manifest in the host would provide it",
    ],
  ])("of %s is unknown, and says so", (_, pair, reason) => {
    expect(missingBuild(pair)).toEqual({ status: "unknown", decisive: true, reason });
  });
});

import type { ArtifactSlice } from "../../src/artifact/artifact.ts";
import { buildsOf, type Build } from "../../src/artifact/build.ts";
import { known, unknown } from "../../src/evidence/fact.ts";
import { readClaim, type Claim } from "../../src/manifest/claim.ts";
import type { Manifest } from "../../src/manifest/generated/manifest.ts";
import type { Pair, Provable } from "../../src/rules/rule.ts";
import { exampleManifest } from "./example-manifest.ts";

/** A claim made of the given carriers: location to text. */
export function exampleClaim(carriers: Readonly<Record<string, string>>, manyAllowed = false): Claim {
  return readClaim(
    Object.entries(carriers).map(([location, text]) => ({
      source: location.startsWith(".") ? "section" : "dynamic-symbol",
      location,
      offset: 0x1000,
      payload: { kind: "bytes", bytes: Buffer.from(text) },
    })),
    manyAllowed,
  );
}

/** An x86-64 Linux shared library with the given claim, or what is given instead. */
function exampleSlice(claim: Claim, fields: Partial<ArtifactSlice> = {}): ArtifactSlice {
  return {
    format: "elf",
    arch: "x86_64",
    bits: 64,
    endian: "little",
    kind: "shared-library",
    offset: 0,
    size: 16384,
    claim,
    target: {
      arch: known(fields.arch ?? "x86_64", "e_machine"),
      os: known("linux", "DT_NEEDED libc.so.6"),
      libc: known("gnu", "DT_NEEDED libc.so.6"),
    },
    proof: noProof,
    ...fields,
  };
}

/** What a binary without any stamp proves. */
export const noProof: ArtifactSlice["proof"] = {
  language: unknown("no stamp"),
  excluded: {},
  toolchain: unknown("no stamp"),
  flags: unknown("no stamp"),
  releases: unknown("no stamp"),
  dependencies: unknown("no stamp"),
  panic: unknown("no stamp"),
  profile: [],
};

/** What a binary without any library says of its target. */
export const silentTarget: ArtifactSlice["target"] = {
  arch: known("x86_64", "e_machine"),
  os: unknown("no C library is linked"),
  libc: unknown("no C library is linked"),
};

/** A plugin and a host with these manifests in a section each. */
export function examplePair(
  plugin: Manifest,
  host: Manifest | readonly Manifest[],
  slices: { readonly plugin?: Partial<ArtifactSlice>; readonly host?: Partial<ArtifactSlice> } = {},
): Pair {
  const ours = exampleSlice(exampleClaim({ ".otel_manifest": JSON.stringify(plugin) }), slices.plugin);
  const theirs = exampleSlice(exampleClaim({ ".otel_manifest": JSON.stringify(host) }, true), {
    kind: "executable",
    ...slices.host,
  });
  const [build] = buildsOf(ours.claim, ours.proof, "plugin");
  const builds = buildsOf(theirs.claim, theirs.proof, "host");
  return {
    plugin: { slice: ours, build },
    host: { slice: theirs, builds, build: builds.find(({ language }) => language === build?.language) },
    loader: undefined,
  };
}

/** A plugin's claim beside what its slice proves: its language, if nothing else is given. */
export function exampleProvable(
  manifest: Partial<Manifest>,
  proof: Partial<Provable["proof"]> = {},
  target: Provable["target"] = exampleSlice(exampleClaim({})).target,
): Provable {
  const claimed = exampleManifest(manifest);
  return {
    role: "plugin",
    arch: "x86_64",
    manifest: { manifest: claimed, at: ".otel_manifest#" },
    proof: { ...noProof, language: known(claimed.language, "the compiler's stamp"), ...proof },
    target,
  };
}

/** The pair with what is given in place of what its builds say. */
export function withBuilds(pair: Pair, plugin: Partial<Build>, host: Partial<Build>): Pair {
  const [ours, theirs] = [pair.plugin.build, pair.host.build];
  return {
    ...pair,
    plugin: { ...pair.plugin, build: ours && { ...ours, ...plugin } },
    host: { ...pair.host, build: theirs && { ...theirs, ...host } },
  };
}

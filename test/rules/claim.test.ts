import { describe, expect, it } from "vitest";
import { provenManifests } from "../../src/artifact/proven-manifest.ts";
import { known, unknown } from "../../src/evidence/fact.ts";
import type { Proof } from "../../src/evidence/proof.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import type { Finding } from "../../src/rules/finding.ts";
import { judgeManifests } from "../../src/rules/registry.ts";
import { exampleClaim, examplePair } from "../support/example-artifact.ts";
import { exampleManifest } from "../support/example-manifest.ts";

const goProof: Proof = {
  language: known("go", ".go.buildinfo"),
  isGo: known(true, ".go.buildinfo"),
  toolchain: known("go1.26.8", ".go.buildinfo"),
  flags: known(["-buildmode=plugin", "-compiler=gc", "-trimpath=true"], ".go.buildinfo"),
  modules: known(new Map([["example.com/a", { version: "v1.0.0", sum: "h1:a=" }]]), ".go.buildinfo"),
};

const silent: Proof = {
  language: unknown("no stamp"),
  isGo: unknown("no section headers"),
  toolchain: unknown("no stamp"),
  flags: unknown("no stamp"),
  modules: unknown("no stamp"),
};

function judge(
  manifest: Partial<Manifest>,
  proof: Proof = goProof,
  role: "plugin" | "host" = "plugin",
): readonly Finding[] {
  const { slice } = examplePair(exampleManifest(), exampleManifest()).plugin;
  const claim = exampleClaim({ ".otel_manifest": JSON.stringify(exampleManifest(manifest)) });
  return judgeManifests({ role, universal: false, slices: [{ ...slice, claim, proof }] });
}

function proven(manifest: Partial<Manifest>, proof: Proof, role: "plugin" | "host" = "plugin") {
  const claim = exampleClaim({ ".otel_manifest": JSON.stringify(exampleManifest(manifest)) });
  return provenManifests({ claim, proof }, role)[0];
}

describe("an honest manifest", () => {
  it("has no findings", () => {
    expect(judge({ dependency_hashes: { "example.com/a": "h1:a=" } })).toEqual([]);
  });

  it("is believed where the binary proves nothing", () => {
    expect(judge({ toolchain_version: "go1.0", build_flags: ["-race"] }, silent)).toEqual([]);
  });
});

describe("claim-language", () => {
  it("shows the claim and the stamp", () => {
    expect(judge({ language: "rust", toolchain_version: "1.95.0" })).toMatchObject([
      {
        rule: "claim-language",
        severity: "error",
        plugin: { value: "rust", from: ".otel_manifest#/language" },
        other: { value: "go", from: ".go.buildinfo" },
      },
    ]);
  });

  it("finds a file that claims to be Go's and has none of its sections", () => {
    const notGo: Proof = { ...silent, isGo: known(false, "section headers") };
    expect(judge({}, notGo)).toMatchObject([{ rule: "claim-language", other: { value: "not go" } }]);
    expect(judge({}, silent)).toEqual([]);
  });

  it("lets a host link two languages", () => {
    expect(judge({ language: "rust", toolchain_version: "1.95.0" }, goProof, "host")).toEqual([]);
  });
});

describe("claim-toolchain", () => {
  it("shows the claim and the stamp, of plugins and hosts", () => {
    for (const role of ["plugin", "host"] as const) {
      expect(judge({ toolchain_version: "1.26.5" }, goProof, role)).toMatchObject([
        {
          rule: "claim-toolchain",
          plugin: { value: "1.26.5" },
          other: { value: "go1.26.8", from: ".go.buildinfo" },
        },
      ]);
    }
  });
});

describe("claim-target", () => {
  it("names the part that differs", () => {
    expect(judge({ target: "aarch64-unknown-linux-gnu" })).toMatchObject([
      { rule: "claim-target", other: { value: "x86_64", from: "e_machine" } },
    ]);
    expect(judge({ target: "x86_64-unknown-linux-musl" })).toMatchObject([
      { rule: "claim-target", other: { value: "gnu" } },
    ]);
  });
});

describe("claim-flags", () => {
  it("finds what was claimed and not given, and what was given and not claimed", () => {
    expect(judge({ build_flags: ["-race"] })).toMatchObject([
      {
        rule: "claim-flags",
        message: "claims -race, which was not given; does not say -trimpath, which was given",
      },
    ]);
  });

  it("says nothing of flags that Go does not record", () => {
    expect(judge({ build_flags: ["-trimpath", "-mod=vendor", "-ldflags=-s"] })).toEqual([]);
  });
});

describe("claim-dependency", () => {
  it("names the version that was linked", () => {
    expect(judge({ dependency_hashes: { "example.com/a": "h1:other=" } })).toMatchObject([
      {
        rule: "claim-dependency",
        subject: "example.com/a",
        message: "claims another example.com/a than was linked, which is v1.0.0",
        other: { value: "h1:a=" },
      },
    ]);
  });
});

describe("what is compared with the host", () => {
  it("is what the binary proves, with where that was read", () => {
    const at = proven(
      { toolchain_version: "1.0", dependency_hashes: { "example.com/a": "h1:other=", b: "h1:b=" } },
      goProof,
    );
    expect(at?.manifest).toMatchObject({
      toolchain_version: "go1.26.8",
      build_flags: ["-trimpath"],
      dependency_hashes: { "example.com/a@v1.0.0": "h1:a=", b: "h1:b=" },
    });
    expect(at?.proven).toEqual({
      toolchain_version: ".go.buildinfo",
      build_flags: ".go.buildinfo",
      dependency_hashes: ".go.buildinfo",
    });
  });

  it("is of the language that made a plugin, whatever it claims", () => {
    const rust = {
      language: "rust",
      toolchain_version: "1.95.0",
      build_flags: ["-C", "panic=abort"],
    } as const;
    const claim: Partial<Manifest> = { ...rust, build_flags: [...rust.build_flags] };
    expect(proven(claim, goProof)?.manifest).toMatchObject({ language: "go", toolchain_version: "go1.26.8" });
    expect(proven(claim, goProof, "host")?.manifest).toMatchObject({
      language: "rust",
      toolchain_version: "1.95.0",
    });
  });
});

import { describe, expect, it } from "vitest";
import { buildsOf, type Build } from "../../src/artifact/build.ts";
import { known, unknown } from "../../src/evidence/fact.ts";
import type { Proof } from "../../src/evidence/proof.ts";
import type { Manifest } from "../../src/manifest/generated/manifest.ts";
import type { Finding } from "../../src/rules/finding.ts";
import { judgeManifests } from "../../src/rules/evaluation.ts";
import { exampleClaim, examplePair, noProof } from "../support/example-artifact.ts";
import { exampleManifest } from "../support/example-manifest.ts";

const goProof: Proof = {
  language: known("go", ".go.buildinfo"),
  excluded: {},
  toolchain: known("go1.26.8", ".go.buildinfo"),
  flags: known(["-buildmode=plugin", "-compiler=gc", "-trimpath=true"], ".go.buildinfo"),
  releases: unknown("not needed"),
  dependencies: known(
    [{ name: "example.com/a", version: "v1.0.0", sum: "h1:a=", isMain: false }],
    ".go.buildinfo",
  ),
  panic: unknown("Go"),
  profile: [],
};

const silent: Proof = noProof;

function judge(
  manifest: Partial<Manifest>,
  proof: Proof = goProof,
  role: "plugin" | "host" = "plugin",
): readonly Finding[] {
  const { slice } = examplePair(exampleManifest(), exampleManifest()).plugin;
  const claim = exampleClaim({ ".otel_manifest": JSON.stringify(exampleManifest(manifest)) });
  return judgeManifests({ role, universal: false, slices: [{ ...slice, claim, proof }] });
}

function build(
  manifest: Partial<Manifest> | undefined,
  proof: Proof,
  role: "plugin" | "host" = "plugin",
): Build | undefined {
  const carriers = manifest && { ".otel_manifest": JSON.stringify(exampleManifest(manifest)) };
  return buildsOf(exampleClaim(carriers ?? {}), proof, role)[0];
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
    const notGo: Proof = {
      ...silent,
      excluded: { go: { why: "was not linked by Go's linker", from: "section headers" } },
    };
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
        message: "claims -race, which was not used; does not mention -trimpath, which was used",
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
        message: "claims a different build of example.com/a than the one linked: v1.0.0",
        other: { value: "v1.0.0 h1:a=" },
      },
    ]);
  });
});

describe("claim-toolchain of an old plugin", () => {
  const old: Proof = {
    ...goProof,
    toolchain: unknown("between go1.18 and go1.19"),
    releases: known({ from: "go1.18", to: "go1.19" }, "moduledata of 552 bytes"),
  };

  it("finds a release that the shape of its data rules out", () => {
    expect(judge({ toolchain_version: "1.20.3", dependency_hashes: {} }, old)).toMatchObject([
      { rule: "claim-toolchain", other: { value: "go1.18 to go1.19", from: "moduledata of 552 bytes" } },
    ]);
  });

  it("believes one that it allows", () => {
    expect(judge({ toolchain_version: "1.19.8", dependency_hashes: {} }, old)).toEqual([]);
    expect(build({ toolchain_version: "1.19.8" }, old)?.toolchain).toMatchObject({ value: "1.19.8" });
  });
});

describe("claim-profile", () => {
  const rust: Proof = { ...silent, language: known("rust", ".comment") };
  const claim: Partial<Manifest> = { language: "rust", toolchain_version: "1.95.0", build_flags: [] };
  const hint = {
    profile: "debug",
    reason: "it was linked in Cargo's folder debug/deps",
    from: "LC_ID_DYLIB",
  };

  it.each([
    ["strong", "error"],
    ["moderate", "warning"],
    ["weak", "note"],
  ] as const)("takes a %s hint for an %s", (strength, severity) => {
    const proof: Proof = { ...rust, profile: [{ ...hint, strength }] };
    expect(judge({ ...claim, build_profile: "release" }, proof)).toMatchObject([
      { rule: "claim-profile", severity, other: { value: "debug", from: "LC_ID_DYLIB" } },
    ]);
    expect(judge({ ...claim, build_profile: "dev" }, proof)).toEqual([]);
  });

  it("takes what looks like a debug build for no proof against a profile of another name", () => {
    const proof: Proof = { ...rust, profile: [{ ...hint, strength: "moderate" }] };
    expect(judge({ ...claim, build_profile: "dist" }, proof)).toEqual([]);
  });
});

describe("claim-flags of Rust", () => {
  const proof: Proof = {
    ...silent,
    language: known("rust", ".comment"),
    panic: known("abort", "no import of _Unwind_RaiseException"),
  };
  const claim: Partial<Manifest> = { language: "rust", toolchain_version: "1.95.0" };

  it("finds another panic strategy than the binary shows", () => {
    expect(judge({ ...claim, build_flags: ["-Cpanic=unwind"] }, proof)).toMatchObject([
      { rule: "claim-flags", plugin: { value: "-C panic=unwind" }, other: { value: "-C panic=abort" } },
    ]);
    expect(judge({ ...claim, build_flags: ["-C", "panic=abort"] }, proof)).toEqual([]);
    expect(judge({ ...claim, build_flags: [] }, proof)).toEqual([]);
  });
});

describe("claim-dependency of Rust", () => {
  const proof: Proof = {
    ...silent,
    language: known("rust", ".comment"),
    dependencies: known(
      [{ name: "syn", version: "2.0.9", sum: undefined, registry: "crates.io", isMain: false }],
      ".dep-v0",
    ),
  };
  const claim: Partial<Manifest> = { language: "rust", toolchain_version: "1.95.0", build_flags: [] };

  it("finds another version than cargo-auditable wrote down", () => {
    expect(judge({ ...claim, dependency_hashes: { "syn@2.0.1": "1".repeat(64) } }, proof)).toMatchObject([
      { rule: "claim-dependency", subject: "syn", other: { value: "2.0.9", from: ".dep-v0" } },
    ]);
    expect(judge({ ...claim, dependency_hashes: { syn: "1".repeat(64) } }, proof)).toEqual([]);
  });
});

describe("what is compared with the host", () => {
  const linked = { name: "example.com/a", version: "v1.0.0", hash: "h1:a=", from: ".go.buildinfo" };

  it("is what the binary proves, with where that was read, and of the claim what it does not prove", () => {
    const lie = { toolchain_version: "1.0", dependency_hashes: { "example.com/a": "h1:other=", b: "h1:b=" } };
    expect(build(lie, goProof)).toMatchObject({
      toolchain: known("go1.26.8", ".go.buildinfo"),
      flags: known(["-trimpath"], ".go.buildinfo"),
      dependencies: { value: [linked, { name: "b", hash: "h1:b=" }] },
    });
  });

  it("is all that was linked, not only what a manifest names", () => {
    expect(build({ dependency_hashes: {} }, goProof)?.dependencies).toMatchObject({ value: [linked] });
  });

  it("is derived where there is no manifest, the unknown left unknown", () => {
    expect(build(undefined, goProof)).toMatchObject({
      language: "go",
      manifest: undefined,
      toolchain: { value: "go1.26.8" },
      profile: { known: false },
      dependencies: { value: [linked] },
    });
    expect(build(undefined, silent)).toBeUndefined();
  });

  it("takes no hash without a version for two versions of one package", () => {
    const syn = (version: string) => ({ name: "syn", version, sum: undefined, isMain: false });
    const proof: Proof = {
      ...silent,
      language: known("rust", ".comment"),
      dependencies: known([syn("1.0.109"), syn("2.0.9")], ".dep-v0"),
    };
    const claim: Partial<Manifest> = { language: "rust", dependency_hashes: { syn: "1".repeat(64) } };
    expect(build(claim, proof)?.dependencies).toMatchObject({ value: [{ hash: "" }, { hash: "" }] });
  });

  it("never is a claimed hash where something else was linked in its place", () => {
    const fork = {
      name: "example.com/a",
      version: undefined,
      sum: undefined,
      replacedBy: "./a",
      isMain: false,
    };
    const proof: Proof = { ...goProof, dependencies: known([fork], ".go.buildinfo") };
    expect(build({ dependency_hashes: { "example.com/a": "h1:a=" } }, proof)?.dependencies).toMatchObject({
      value: [{ name: "example.com/a", hash: "", replacedBy: "./a" }],
    });
  });

  it("is of the language that made a plugin, whatever it claims", () => {
    const claim: Partial<Manifest> = {
      language: "rust",
      toolchain_version: "1.95.0",
      build_flags: ["-C", "panic=abort"],
    };
    expect(build(claim, goProof)).toMatchObject({ language: "go", toolchain: { value: "go1.26.8" } });
    expect(build(claim, goProof, "host")).toMatchObject({ language: "rust", toolchain: { value: "1.95.0" } });
  });
});

import { describe, expect, it } from "vitest";
import type { Manifest } from "../../src/manifest/generated/manifest.ts";
import type { Check, Finding, RuleId } from "../../src/rules/finding.ts";
import { judgePair } from "../../src/rules/evaluation.ts";
import { judge } from "../../src/rules/verdict.ts";
import { examplePair, silentTarget } from "../support/example-artifact.ts";
import { exampleManifest } from "../support/example-manifest.ts";

type Slices = Parameters<typeof examplePair>[2];

function compare(plugin: Partial<Manifest>, host: Partial<Manifest> = {}, slices: Slices = {}) {
  const outcome = judgePair(examplePair(exampleManifest(plugin), exampleManifest(host), slices), undefined);
  return { ...outcome, ...judge(outcome.findings, outcome.checks) };
}

function ids(findings: readonly Finding[]): readonly RuleId[] {
  return findings.map(({ rule }) => rule);
}

function check(checks: readonly Check[], rule: RuleId): Check | undefined {
  return checks.find((each) => each.rule === rule);
}

const rust: Partial<Manifest> = {
  language: "rust",
  toolchain_version: "rustc 1.95.0 (59807616e 2026-04-14)",
  build_flags: [],
};

describe("two equal manifests", () => {
  it("make a plugin compatible, with every comparison shown", () => {
    const { verdict, findings, checks } = compare({});
    expect(verdict).toBe("compatible");
    expect(findings).toEqual([]);
    expect(checks.map(({ rule, status }) => [rule, status])).toEqual([
      ["target-mismatch", "match"],
      ["language-unsupported", "match"],
      ["toolchain-mismatch", "match"],
      ["dependency-mismatch", "match"],
      ["build-flags-mismatch", "match"],
      ["build-profile-mismatch", "match"],
    ]);
  });

  it("may differ in what is never compared", () => {
    const own = { build_time: "2020-01-01T00:00:00Z", name: "other", version: "9", build_environment: "x" };
    expect(compare(own).verdict).toBe("compatible");
  });
});

describe("language-unsupported", () => {
  it("names both languages and leaves the rest unknown", () => {
    const { verdict, findings, unknowns } = compare(rust);
    expect(verdict).toBe("incompatible");
    expect(findings).toMatchObject([
      { rule: "language-unsupported", plugin: { value: "rust" }, host: { value: "go" } },
    ]);
    expect(unknowns).toEqual([
      "the host has no build information for its Rust code; a Rust manifest in the host would provide it",
    ]);
  });

  it("finds the plugin's language in a host with several manifests, and says where it stands", () => {
    const pair = examplePair(exampleManifest(rust), [exampleManifest(), exampleManifest(rust)]);
    const { findings, checks } = judgePair(pair, undefined);
    expect(findings).toEqual([]);
    expect(check(checks, "toolchain-mismatch")?.host?.from).toBe(".otel_manifest#/1/toolchain_version");
  });
});

describe("toolchain-mismatch", () => {
  it("gives both values, where they stand, and the command for Go", () => {
    const { verdict, findings } = compare({ toolchain_version: "1.26.5" }, { toolchain_version: "go1.26.8" });
    expect(verdict).toBe("incompatible");
    expect(findings).toMatchObject([
      {
        rule: "toolchain-mismatch",
        severity: "error",
        plugin: { value: "1.26.5", from: ".otel_manifest#/toolchain_version" },
        host: { value: "go1.26.8", from: ".otel_manifest#/toolchain_version" },
        fix: [{ kind: "command", run: "GOTOOLCHAIN=go1.26.8 go build -buildmode=plugin -trimpath ." }],
      },
    ]);
  });

  it("gives the command for Rust, with the profile it was built with", () => {
    const { findings } = compare({ ...rust, toolchain_version: "1.94.0" }, rust);
    expect(findings[0]?.fix).toEqual([
      { kind: "command", run: "cargo +1.95.0 build --release", change: { kind: "build" } },
    ]);
  });

  it("is unknown, never a pass, where a version is not in a recognized format, even if both are equal", () => {
    const { verdict, findings, unknowns } = compare(
      { toolchain_version: "latest" },
      { toolchain_version: "latest" },
    );
    expect([verdict, findings]).toEqual(["unknown", []]);
    expect(unknowns).toEqual(['the plugin\'s compiler, "latest", is not in a recognized format']);
  });
});

describe("dependency-mismatch", () => {
  const hashes = { "example.com/a": "h1:a=", "example.com/b": "h1:b=", "example.com/c": "h1:c=" };

  it("names every dependency that differs, not only the first", () => {
    const { verdict, findings, checks } = compare(
      { dependency_hashes: { ...hashes, "example.com/a": "h1:x=", "example.com/c": "h1:y=" } },
      { dependency_hashes: hashes },
    );
    expect(verdict).toBe("incompatible");
    expect(findings.map(({ rule, subject }) => [rule, subject])).toEqual([
      ["dependency-mismatch", "example.com/a"],
      ["dependency-mismatch", "example.com/c"],
    ]);
    expect(findings[0]).toMatchObject({
      plugin: { value: "h1:x=", from: ".otel_manifest#/dependency_hashes/example.com~1a" },
      host: { value: "h1:a=" },
    });
    expect(check(checks, "dependency-mismatch")?.reason).toBe("2 of 3 shared dependencies differ");
  });

  it.each([
    [{ "example.com/a": "h1:a=" }, "1 shared dependency, equal"],
    [hashes, "3 shared dependencies, all equal"],
  ])("counts those that are equal: %j", (dependency_hashes, reason) => {
    const { checks } = compare({ dependency_hashes }, { dependency_hashes: hashes });
    expect(check(checks, "dependency-mismatch")?.reason).toBe(reason);
  });

  it("gives the command where the host's version is known", () => {
    const go = compare(
      { dependency_hashes: { "example.com/a@v1.0.0": "h1:x=" } },
      { dependency_hashes: { "example.com/a@v1.2.0": "h1:a=" } },
    );
    expect(go.findings[0]?.fix).toMatchObject([
      { kind: "command", run: "go get example.com/a@v1.2.0 && go mod tidy" },
      { kind: "command", run: "GOTOOLCHAIN=go1.26.8 go build -buildmode=plugin -trimpath ." },
    ]);
    const cargo = compare(
      { ...rust, dependency_hashes: { "syn@2.0.1": "1".repeat(64) } },
      { ...rust, dependency_hashes: { "syn@2.0.9": "2".repeat(64) } },
    );
    expect(cargo.findings[0]?.fix).toMatchObject([
      {
        kind: "command",
        run: "cargo update -p syn@2.0.1 --precise 2.0.9",
        note: "recorded in Cargo.lock; commit that file",
      },
      { kind: "command", run: "cargo +1.95.0 build --release" },
    ]);
  });

  it("does not send anybody to the version that is linked already", () => {
    const { findings } = compare(
      { ...rust, dependency_hashes: { "syn@2.0.1": "1".repeat(64) } },
      { ...rust, dependency_hashes: { "syn@2.0.1": "2".repeat(64) } },
    );
    expect(findings[0]?.fix).toMatchObject([
      { kind: "advice", text: expect.stringContaining("replaced, patched or vendored") as string },
    ]);
  });

  it("is unknown where the hashes are of different kinds", () => {
    const { verdict, unknowns } = compare(
      { dependency_hashes: { "example.com/a": "h1:x=" } },
      { dependency_hashes: { "example.com/a": "1".repeat(64) } },
    );
    expect(verdict).toBe("unknown");
    expect(unknowns).toEqual(["example.com/a: the hashes are of different kinds (h1 and sha256)"]);
  });
});

describe("dependency-not-in-host", () => {
  it("is a note that leaves the plugin compatible", () => {
    const { verdict, findings } = compare({ dependency_hashes: { "example.com/only": "h1:o=" } });
    expect(verdict).toBe("compatible");
    expect(findings).toMatchObject([
      { rule: "dependency-not-in-host", severity: "note", subject: "example.com/only" },
    ]);
  });
});

describe("build-flags-mismatch", () => {
  it("says which flag to add and which to drop", () => {
    const { verdict, findings } = compare(
      { build_flags: ["-buildmode=plugin", "-race"] },
      { build_flags: ["-trimpath"] },
    );
    expect(verdict).toBe("incompatible");
    expect(findings).toMatchObject([
      {
        rule: "build-flags-mismatch",
        message: "was built without the host's -trimpath; was built with -race, the host was not",
        fix: [{ run: "GOTOOLCHAIN=go1.26.8 go build -buildmode=plugin -trimpath -race=false ." }],
      },
    ]);
  });

  it("minds neither order nor flags that give a binary its role", () => {
    const { findings } = compare(
      { build_flags: ["-buildmode=plugin", "-tags=b,a", "-trimpath"] },
      { build_flags: ["-trimpath", "-o", "otelcol", "-tags", "a b"] },
    );
    expect(findings).toEqual([]);
  });
});

describe("build-profile-mismatch", () => {
  it("says how Cargo builds the host's profile", () => {
    const { findings } = compare({ ...rust, build_profile: "debug" }, rust);
    expect(findings).toMatchObject([
      { rule: "build-profile-mismatch", fix: [{ kind: "command", run: "cargo +1.95.0 build --release" }] },
    ]);
  });

  it("quotes what a shell would act on, since people paste the command", () => {
    const { findings } = compare(
      { ...rust, build_profile: "debug" },
      { ...rust, build_profile: "x; reboot" },
    );
    expect(findings[0]?.fix).toMatchObject([{ run: "cargo +1.95.0 build --profile 'x; reboot'" }]);
  });

  it("knows that dev and debug are one profile", () => {
    expect(compare({ ...rust, build_profile: "dev" }, { ...rust, build_profile: "debug" }).findings).toEqual(
      [],
    );
  });
});

describe("target-mismatch", () => {
  it("takes the linker's word above the manifest's", () => {
    const { findings } = compare({}, {}, { plugin: { arch: "aarch64" } });
    expect(findings).toMatchObject([
      {
        rule: "target-mismatch",
        plugin: { value: "linux/aarch64 (gnu)", from: "e_machine" },
        host: { value: "linux/x86_64 (gnu)", from: "e_machine" },
      },
    ]);
  });

  it("takes the manifest's word where the linker is silent", () => {
    const musl = compare({ target: "x86_64-unknown-linux-musl" }, {}, { plugin: { target: silentTarget } });
    expect(musl.findings).toMatchObject([
      { rule: "target-mismatch", plugin: { value: "linux/x86_64 (musl)", from: ".otel_manifest#/target" } },
    ]);
  });

  it("is unknown, never a pass, where the C library of a side is", () => {
    const { verdict, findings, unknowns } = compare(
      { target: "linux/amd64" },
      {},
      { plugin: { target: silentTarget } },
    );
    expect([verdict, findings]).toEqual(["unknown", []]);
    expect(unknowns).toEqual([
      "the plugin's C library is unknown; a target triple in the manifest would tell",
    ]);
  });

  it("tells an ELF plugin from a Mach-O host whatever the manifests say", () => {
    const { findings } = compare({}, {}, { host: { format: "macho" } });
    expect(ids(findings)).toEqual(["target-mismatch"]);
  });
});

describe("loader-refuses", () => {
  it.each(["executable", "relocatable", "core", "other"] as const)(
    "no plugin is a file of kind %s",
    (kind) => {
      const { verdict, findings } = compare({}, {}, { plugin: { kind } });
      expect(verdict).toBe("incompatible");
      expect(ids(findings)).toEqual(["loader-refuses"]);
    },
  );
});

describe("a host without a manifest", () => {
  it("leaves the plugin unknown, not compatible and not incompatible", () => {
    const pair = examplePair(exampleManifest(), []);
    const { findings, checks } = judgePair(
      { ...pair, host: { ...pair.host, builds: [], build: undefined } },
      undefined,
    );
    expect(judge(findings, checks)).toEqual({
      verdict: "unknown",
      unknowns: ["the host has no build information: no usable manifest and no Go or rustc stamp"],
    });
  });
});

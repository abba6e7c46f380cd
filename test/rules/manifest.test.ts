import { describe, expect, it } from "vitest";
import type { Claim } from "../../src/manifest/claim.ts";
import type { Finding } from "../../src/rules/finding.ts";
import { judgeManifests } from "../../src/rules/evaluation.ts";
import { exampleClaim } from "../support/example-artifact.ts";
import { exampleManifest } from "../support/example-manifest.ts";

function judge(...claims: readonly Claim[]): readonly Finding[] {
  const slices = claims.map((claim, index) => ({ arch: index === 0 ? "x86_64" : "aarch64", claim }));
  return judgeManifests({ role: "plugin", universal: claims.length > 1, slices });
}

function brief(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ severity, rule, message }) => `${severity} ${rule}: ${message}`);
}

const text = JSON.stringify(exampleManifest());

describe("one valid manifest", () => {
  it("has no findings", () => {
    expect(judge(exampleClaim({ ".otel_manifest": text }))).toEqual([]);
  });

  it("may stand in two carriers, whatever the order of its keys", () => {
    const turned = JSON.stringify(Object.fromEntries(Object.entries(exampleManifest()).reverse()));
    expect(judge(exampleClaim({ ".otel_manifest": text, otel_plugin_manifest: turned }))).toEqual([]);
  });
});

describe("manifest-missing", () => {
  it("names the slice that has none", () => {
    const [finding, ...others] = judge(exampleClaim({ ".otel_manifest": text }), exampleClaim({}));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: "manifest-missing", severity: "error", arch: "aarch64" });
  });
});

describe("manifest-unreadable", () => {
  it("names carrier, reason and offset", () => {
    expect(brief(judge(exampleClaim({ ".otel_manifest": '{"language": go}' })))).toEqual([
      'error manifest-unreadable: manifest in .otel_manifest is not JSON: "go}" was not expected (offset 0x100d)',
    ]);
  });

  it("is a warning if another carrier is used", () => {
    expect(brief(judge(exampleClaim({ ".otel_manifest": text, otel_plugin_manifest: "" })))).toEqual([
      "warning manifest-unreadable: manifest in otel_plugin_manifest is empty (offset 0x1000)",
    ]);
  });
});

describe("manifest-invalid", () => {
  it("names field, expectation and what was found, one finding a field", () => {
    const broken = JSON.stringify({ ...exampleManifest(), language: "zig", build_flags: "-race" });
    expect(brief(judge(exampleClaim({ ".otel_manifest": broken })))).toEqual([
      'error manifest-invalid: manifest in .otel_manifest: /language is "zig", expected "go" or "rust"',
      'error manifest-invalid: manifest in .otel_manifest: /build_flags is "-race", expected a JSON array',
    ]);
  });
});

describe("a manifest that lacks several fields", () => {
  it("has one finding that lists them, and one for each other fault", () => {
    const { language, target, build_time, build_flags, ...rest } = exampleManifest();
    const found = judge(
      exampleClaim({ ".otel_manifest": JSON.stringify({ ...rest, build_flags: "-race" }) }),
    );
    expect([language, target, build_time, build_flags]).not.toContain(undefined);
    expect(brief(found)).toEqual([
      "error manifest-invalid: manifest in .otel_manifest lacks 3 required fields: language, target, build_time",
      'error manifest-invalid: manifest in .otel_manifest: /build_flags is "-race", expected a JSON array',
    ]);
    for (const { fix } of found) expect(fix).toHaveLength(1);
  });
});

describe("manifest-conflict", () => {
  it("shows both manifests and names the fields that differ", () => {
    const other = JSON.stringify(exampleManifest({ toolchain_version: "1.25.0", name: "x" }));
    const [finding] = judge(exampleClaim({ ".otel_manifest": text, otel_plugin_manifest: other }));
    expect(finding).toMatchObject({
      rule: "manifest-conflict",
      severity: "error",
      message: "the manifests in .otel_manifest and otel_plugin_manifest differ in toolchain_version, name",
      plugin: { value: text, from: ".otel_manifest" },
      other: { value: other, from: "otel_plugin_manifest" },
    });
  });

  it("finds two values that a linker joined in one section", () => {
    const other = JSON.stringify(exampleManifest({ build_profile: "debug" }));
    expect(brief(judge(exampleClaim({ ".otel_manifest": text + other })))).toEqual([
      "error manifest-conflict: the manifests in .otel_manifest and .otel_manifest[1] differ in build_profile",
    ]);
  });

  it("lets slices differ in target and build time, and in nothing else", () => {
    const arm = exampleManifest({ target: "aarch64-apple-darwin", build_time: "2026-10-02T11:21:00Z" });
    expect(judge(exampleClaim({ __otel: text }), exampleClaim({ __otel: JSON.stringify(arm) }))).toEqual([]);
    const stale = JSON.stringify({ ...arm, toolchain_version: "1.25.0" });
    expect(brief(judge(exampleClaim({ __otel: text }), exampleClaim({ __otel: stale })))).toEqual([
      "error manifest-conflict: the manifests in __otel (x86_64) and __otel (aarch64) differ in toolchain_version",
    ]);
  });
});

describe("manifest-unknown-field", () => {
  it.each(["toolchainVersion", "toolchain-version", "build_flag", "Target"])(
    "%s is almost a known field",
    (field) => {
      const misspelt = JSON.stringify({ ...exampleManifest(), [field]: "x" });
      expect(judge(exampleClaim({ ".otel_manifest": misspelt }))).toMatchObject([
        { rule: "manifest-unknown-field", severity: "note", subject: `/${field}` },
      ]);
    },
  );

  it("lets alone what is nobody's misspelling", () => {
    const own = JSON.stringify({ ...exampleManifest(), team: "edge", commit: "abc" });
    expect(judge(exampleClaim({ ".otel_manifest": own }))).toEqual([]);
  });
});

describe("manifest-newer-schema", () => {
  it("is a warning, and no field is called broken", () => {
    const newer = JSON.stringify({
      ...exampleManifest(),
      schema_version: 3,
      build_flags: { trimpath: true },
    });
    expect(brief(judge(exampleClaim({ ".otel_manifest": newer })))).toEqual([
      "warning manifest-newer-schema: manifest in .otel_manifest uses schema 3; this program reads 1 and cannot use it: /build_flags",
    ]);
  });
});

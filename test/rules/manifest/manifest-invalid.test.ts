import { describe, expect, it } from "vitest";
import type { FindingDraft } from "../../../src/rules/draft.ts";
import { manifestInvalid } from "../../../src/rules/manifest/manifest-invalid/rule.ts";
import { manifestNewerSchema } from "../../../src/rules/manifest/manifest-newer-schema/rule.ts";
import { manifestUnreadable } from "../../../src/rules/manifest/manifest-unreadable/rule.ts";
import type { ManifestRule } from "../../../src/rules/rule.ts";
import { exampleClaim } from "../../support/example-artifact.ts";
import { exampleManifest } from "../../support/example-manifest.ts";

function evaluate(
  rule: ManifestRule,
  carriers: Readonly<Record<string, string>>,
  universal = false,
): readonly FindingDraft[] {
  const slices = [{ arch: "arm64", claim: exampleClaim(carriers) }];
  return rule.evaluate({ role: "plugin", universal, slices });
}

const text = JSON.stringify(exampleManifest());
const carrier = ".otel_manifest";

describe("manifest-invalid", () => {
  it("shows what was found, where, and what was expected", () => {
    expect(evaluate(manifestInvalid, { [carrier]: text.replace('"go"', '"zig"') })).toEqual([
      {
        subject: "/language",
        message: 'manifest in .otel_manifest: /language is "zig", expected "go" or "rust"',
        plugin: { value: '"zig"', from: ".otel_manifest#/language" },
        fix: [{ kind: "advice", text: expect.stringContaining("docs/manifest.md") as string }],
      },
    ]);
  });

  it("is about the document itself if it is no object", () => {
    expect(evaluate(manifestInvalid, { [carrier]: "12" })).toMatchObject([
      {
        subject: "/",
        message: "manifest in .otel_manifest: the document itself is 12, expected a JSON object",
        plugin: { value: "12", from: ".otel_manifest#" },
      },
    ]);
  });

  it("names one missing field like any other fault", () => {
    const { language, ...rest } = exampleManifest();
    expect(language).toBe("go");
    expect(evaluate(manifestInvalid, { [carrier]: JSON.stringify(rest) })).toMatchObject([
      { subject: "/language", plugin: { value: "nothing", from: ".otel_manifest#/language" } },
    ]);
  });

  it("names all missing fields together, and what to write", () => {
    const { language, target, ...rest } = exampleManifest();
    expect([language, target]).not.toContain(undefined);
    expect(evaluate(manifestInvalid, { [carrier]: JSON.stringify({ ...rest, build_flags: 1 }) })).toEqual([
      {
        subject: "/",
        message: "manifest in .otel_manifest lacks 2 required fields: language, target",
        plugin: { value: "nothing", from: ".otel_manifest#" },
        fix: [
          { kind: "advice", text: expect.stringContaining(": language, target. docs/manifest.md") as string },
        ],
      },
      expect.objectContaining({ subject: "/build_flags" }),
    ]);
  });

  it.each([
    ["a valid manifest", text],
    ["what is not JSON", "nonsense"],
    ["a manifest of a later schema", JSON.stringify({ ...exampleManifest(), schema_version: 2, target: 1 })],
  ])("says nothing of %s", (_, value) => {
    expect(evaluate(manifestInvalid, { [carrier]: value })).toEqual([]);
  });

  it("holds a manifest of the present schema against it", () => {
    const present = JSON.stringify({ ...exampleManifest(), schema_version: 1, target: 1 });
    expect(evaluate(manifestInvalid, { [carrier]: present })).toMatchObject([{ subject: "/target" }]);
  });
});

describe("manifest-unreadable", () => {
  it("is an error that names the carrier, the reason, and where it is", () => {
    expect(evaluate(manifestUnreadable, { [carrier]: "{\n}x", otel_plugin_manifest: "" })).toEqual([
      {
        subject: carrier,
        message: expect.stringMatching(/^manifest in \.otel_manifest is .* \(offset 0x1003\)$/) as string,
        fix: [{ kind: "advice", text: expect.stringContaining("`plugins inspect`") as string }],
      },
      expect.objectContaining({ subject: "otel_plugin_manifest" }),
    ]);
  });

  it("is a warning if another carrier is used, before it or behind it", () => {
    expect(evaluate(manifestUnreadable, { [carrier]: "", other: text })).toMatchObject([
      { subject: carrier, severity: "warning" },
    ]);
    expect(evaluate(manifestUnreadable, { [carrier]: text, other: "" })).toMatchObject([
      { subject: "other", severity: "warning" },
    ]);
  });

  it("says of a section that was reserved what fills it, and of a variable what to do instead", () => {
    const blank = "\0".repeat(64);
    expect(evaluate(manifestUnreadable, { [carrier]: blank, otel_plugin_manifest: blank })).toMatchObject([
      {
        message: expect.stringContaining("nothing but NULs and white space, 64 bytes") as string,
        fix: [{ text: expect.stringContaining("plugins embed FILE --manifest") as string }],
      },
      { fix: [{ text: expect.stringContaining("build the file again") as string }] },
    ]);
  });

  it("has no offset if the carrier is not stored plainly", () => {
    const content = { kind: "unreadable", reason: "is empty", offset: 0 } as const;
    const one = { source: "section", location: carrier, offset: undefined, content } as const;
    const claim = { carriers: [one], chosen: undefined, manifests: [] };
    const slices = [{ arch: "arm64", claim }];
    expect(manifestUnreadable.evaluate({ role: "plugin", universal: false, slices })).toMatchObject([
      { message: "manifest in .otel_manifest is empty" },
    ]);
  });
});

describe("manifest-newer-schema", () => {
  it.each([
    ["that is otherwise valid", {}, "uses schema 7; this program reads 1"],
    [
      "with fields that are not",
      { target: 1, language: "zig" },
      "uses schema 7; this program reads 1 and cannot use it: /language, /target",
    ],
  ])("names the schema of a manifest %s", (_, fields, says) => {
    const newer = JSON.stringify({ ...exampleManifest(), ...fields, schema_version: 7 });
    expect(evaluate(manifestNewerSchema, { [carrier]: newer })).toEqual([
      {
        subject: "/schema_version",
        message: `manifest in .otel_manifest ${says}`,
        fix: [{ kind: "advice", text: "Use a newer release of this program." }],
      },
    ]);
  });

  it.each([text, JSON.stringify({ ...exampleManifest(), schema_version: 1 }), "nonsense"])(
    "says nothing of %j",
    (value) => {
      expect(evaluate(manifestNewerSchema, { [carrier]: value })).toEqual([]);
    },
  );
});

describe("the slice", () => {
  it.each([
    [manifestInvalid, "{}"],
    [manifestUnreadable, "nonsense"],
    [manifestNewerSchema, JSON.stringify({ ...exampleManifest(), schema_version: 7 })],
  ] as const)("is named in a universal file only: $id", (rule, value) => {
    expect(evaluate(rule, { [carrier]: value }, true)).toMatchObject([{ arch: "arm64" }]);
    const [finding] = evaluate(rule, { [carrier]: value });
    expect(finding).toBeDefined();
    expect(finding).not.toHaveProperty("arch");
  });
});

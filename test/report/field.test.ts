import { describe, expect, it } from "vitest";
import { inspectDocument } from "../../src/report/model/document.ts";
import { fieldOf } from "../../src/report/model/field.ts";
import { goManifest, inspected, kafka, legacy, manifest, plugin } from "../support/example-results.ts";

const tool = { name: "otelcol-plugins", version: "0.0.0" };
const document = inspectDocument(inspected(kafka), 0, tool);

describe("a field", () => {
  it.each([
    ["path", "plugins/kafkaexporter.so"],
    ["manifest.value.toolchain_version", "go1.26.5"],
    ["toolchain_version", "go1.26.5"],
    ["slices.0.arch", "x86_64"],
    ["evidence.arch.value", "x86_64"],
    ["dependency_hashes.github.com/IBM/sarama", goManifest.dependency_hashes["github.com/IBM/sarama"]],
    ["components.0.symbol", "NewFactory"],
    ["unreadable", null],
  ])("is found by the path %s", (path, value) => {
    expect(fieldOf(document, path)).toEqual({ kind: "value", value });
  });

  it("of the manifest that this one lacks is absent, with the reason", () => {
    expect(fieldOf(document, "build_environment")).toEqual({
      kind: "absent",
      reason: "its manifest has no build_environment",
    });
  });

  it.each(["toolchain_version", "manifest.value.toolchain_version"])(
    "%s of a file without a manifest is absent",
    (path) => {
      const bare = inspectDocument(inspected(legacy), 0, tool);
      expect(fieldOf(bare, path)).toEqual({ kind: "absent", reason: "it has no manifest" });
    },
  );

  it("that no plugin has is unknown, with what there is", () => {
    expect(fieldOf(document, "slices.0.arhc")).toMatchObject({
      kind: "unknown",
      known: expect.arrayContaining(["slices.0.arch"]) as unknown,
    });
    expect(fieldOf(document, "langauge")).toMatchObject({
      kind: "unknown",
      known: expect.arrayContaining(["language"]) as unknown,
    });
  });

  it.each(["constructor", "__proto__", "manifest.value.toString", "slices.length", "path.length"])(
    "is never one of JavaScript's own: %s",
    (path) => {
      expect(fieldOf(document, path).kind).toBe("unknown");
    },
  );

  it("of a manifest's own making is found", () => {
    const odd = plugin("x.so", { manifest: manifest({ ...goManifest, "x.y": { z: 1 } }) });
    expect(fieldOf(inspectDocument(inspected(odd), 0, tool), "x.y.z")).toEqual({ kind: "value", value: 1 });
  });
});

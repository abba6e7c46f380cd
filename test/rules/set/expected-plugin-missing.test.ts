import { describe, expect, it } from "vitest";
import type { FindingDraft } from "../../../src/rules/draft.ts";
import { expectedPluginMissing } from "../../../src/rules/set/expected-plugin-missing/rule.ts";
import { exampleManifest } from "../../support/example-manifest.ts";

function missing(paths: readonly string[], expected: readonly string[]): readonly FindingDraft[] {
  const plugins = paths.map((path) => ({ path, manifest: undefined }));
  return expectedPluginMissing.evaluate({ plugins, expected });
}

describe("the names of a plugin", () => {
  it.each([
    ["plugins/libkafka.so.1.10.2", "libkafka"],
    ["plugins/libkafka.so.1.10.2", "kafka"],
    ["plugins/libkafka.1.dylib", "kafka.1"],
    ["plugins/kafka.plugin", "kafka.plugin"],
    ["plugins/zlib.so", "zlib"],
  ])("of %s are also %s", (path, name) => {
    expect(missing([path], [name])).toEqual([]);
  });

  it.each([
    ["plugins/kafka.solo", "kafka"],
    ["plugins/kafka.solo", "kafkalo"],
    ["plugins/a.so.backup", "a"],
    ["plugins/zlib.so", "z"],
    ["plugins/kafka.so", "plugins/kafka"],
  ])("of %s are not %s", (path, name) => {
    expect(missing([path], [name])).toMatchObject([{ subject: name }]);
  });

  it("have no name of a manifest that has none", () => {
    const plugins = [{ path: "x.so", manifest: exampleManifest() }];
    expect(expectedPluginMissing.evaluate({ plugins, expected: ["undefined"] })).toHaveLength(1);
  });
});

describe("expected-plugin-missing", () => {
  it.each([
    [[], "none of the 0 plugins has that name"],
    [["libkafka.so"], "no plugin has that name"],
    [["libkafka.so", "redact.so"], "none of the 2 plugins has that name"],
  ])("counts the plugins that are there: %j", (paths, says) => {
    expect(missing(paths, ["batcher"])).toEqual([
      {
        subject: "batcher",
        message: `batcher is expected, but ${says}`,
        fix: [{ kind: "advice", text: expect.stringMatching(/^Put batcher into the folder/) as string }],
      },
    ]);
  });

  it("tells to expect what was meant", () => {
    expect(missing(["libkafka.so"], ["kafak"])).toMatchObject([
      {
        message: "kafak is expected, but no plugin has that name; did you mean kafka?",
        fix: [{ text: "Expect kafka instead, or put kafak into the folder." }],
      },
    ]);
  });

  it("names each that is missing, in the order in which they were expected", () => {
    const found = missing(["libkafka.so"], ["zipkin", "kafka", "batcher", "zipkin"]);
    expect(found.map(({ subject }) => subject)).toEqual(["zipkin", "batcher"]);
  });
});

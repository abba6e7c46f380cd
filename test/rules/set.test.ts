import { describe, expect, it } from "vitest";
import { judgeSet } from "../../src/rules/evaluation.ts";
import type { SetMember } from "../../src/rules/rule.ts";
import { exampleManifest } from "../support/example-manifest.ts";

const kafka = { kind: "exporter", type: "kafka", symbol: "NewFactory" };

function member(path: string, fields: Parameters<typeof exampleManifest>[0] = {}): SetMember {
  return { path, manifest: exampleManifest(fields) };
}

describe("duplicate-component", () => {
  it("names the component and every plugin that offers it", () => {
    const plugins = [member("a.so", { components: [kafka] }), member("b.so", { components: [kafka, kafka] })];
    expect(judgeSet({ plugins, expected: [] })).toMatchObject([
      {
        rule: "duplicate-component",
        severity: "warning",
        plugins: ["a.so", "b.so"],
        message: "exporter/kafka is provided by 2 plugins",
      },
    ]);
  });

  it("tells a receiver from an exporter of one type", () => {
    const plugins = [
      member("a.so", { components: [kafka] }),
      member("b.so", { components: [{ ...kafka, kind: "receiver" }] }),
    ];
    expect(judgeSet({ plugins, expected: [] })).toEqual([]);
  });
});

describe("expected-plugin-missing", () => {
  const plugins = [
    member("plugins/libredact.so"),
    member("plugins/kafka.so.2"),
    member("x.so", { name: "batcher" }),
  ];

  it.each(["libredact.so", "libredact", "redact", "plugins/libredact.so", "kafka", "batcher"])(
    "finds %s",
    (name) => {
      expect(judgeSet({ plugins, expected: [name] })).toEqual([]);
    },
  );

  it("names what is missing once, with what may have been meant", () => {
    expect(judgeSet({ plugins, expected: ["batchr", "batchr"] })).toMatchObject([
      {
        rule: "expected-plugin-missing",
        severity: "error",
        subject: "batchr",
        message: "batchr is expected, but none of the 3 plugins has that name; did you mean batcher?",
      },
    ]);
  });
});

describe("duplicate-plugin-path", () => {
  it.each([
    [[true, true, true], "only the first one opened loads; the rest fail"],
    [[true, undefined, false], "of the 2 that may load, only the first one opened loads; the rest fail"],
    [[true, false, false], "only one of them may load in this host; once the others do, they fail"],
    [[false, false, false], "none of them loads in this host anyway; once they do, the second fails"],
  ])("says what the loader does with them: %j", (loads, answer) => {
    const plugins = loads.map((each, at) => ({
      ...member(`${at}.so`),
      pluginPath: "example.com/p",
      loads: each,
    }));
    expect(judgeSet({ plugins, expected: [] })[0]?.message).toContain(answer);
  });

  it("names every plugin with that path, once", () => {
    const plugins = ["a.so", "b.so", "c.so"].map((path) => ({
      ...member(path),
      pluginPath: path === "c.so" ? "example.com/c" : "example.com/p",
    }));
    expect(judgeSet({ plugins, expected: [] })).toMatchObject([
      {
        rule: "duplicate-plugin-path",
        severity: "error",
        subject: "example.com/p",
        plugins: ["a.so", "b.so"],
        message: expect.stringMatching(/^2 plugins share the plugin path example.com\/p: only/) as string,
      },
    ]);
  });
});

describe("plugins-disagree", () => {
  it("names both plugins and the packages", () => {
    const disagreements = [{ plugins: ["a.so", "b.so"], packages: ["example.com/api"] }] as const;
    expect(judgeSet({ plugins: [], expected: [], disagreements })).toMatchObject([
      {
        rule: "plugins-disagree",
        severity: "error",
        message: expect.stringContaining("different code of the package example.com/api") as string,
      },
    ]);
  });
});

import { describe, expect, it } from "vitest";
import type { SetMember } from "../../../src/rules/rule.ts";
import { duplicateComponent } from "../../../src/rules/set/duplicate-component/rule.ts";
import { duplicatePluginPath } from "../../../src/rules/set/duplicate-plugin-path/rule.ts";
import { exampleManifest } from "../../support/example-manifest.ts";

const kafka = { kind: "exporter", type: "kafka", symbol: "NewFactory" };
const redact = { kind: "processor", type: "redact", symbol: "NewFactory" };

function offering(path: string, ...components: readonly (typeof kafka)[]): SetMember {
  return { path, manifest: exampleManifest({ components: [...components] }) };
}

describe("duplicate-component", () => {
  const evaluate = (...plugins: readonly SetMember[]) =>
    duplicateComponent.evaluate({ plugins, expected: [] });

  it("names each component with the plugins that offer it, and what fixes it", () => {
    const all = [offering("a.so", kafka, redact), offering("b.so", redact), offering("c.so", kafka, redact)];
    const fix = [{ kind: "advice", text: expect.stringContaining("a different type") as string }];
    expect(evaluate(...all)).toEqual([
      {
        subject: "exporter/kafka",
        plugins: ["a.so", "c.so"],
        message: "exporter/kafka is provided by 2 plugins",
        fix,
      },
      {
        subject: "processor/redact",
        plugins: ["a.so", "b.so", "c.so"],
        message: "processor/redact is provided by 3 plugins",
        fix,
      },
    ]);
  });

  it.each([
    ["one offers it twice", [offering("a.so", kafka, kafka)]],
    ["one offers it", [offering("a.so", kafka), offering("b.so", redact)]],
    ["the types differ", [offering("a.so", kafka), offering("b.so", { ...kafka, type: "zipkin" })]],
    [
      "nobody says what they offer",
      [
        { path: "a.so", manifest: undefined },
        { path: "b.so", manifest: undefined },
        { path: "c.so", manifest: exampleManifest() },
        { path: "d.so", manifest: exampleManifest() },
      ],
    ],
  ] as const)("finds nothing if only %s", (_, plugins) => {
    expect(evaluate(...plugins)).toEqual([]);
  });
});

describe("duplicate-plugin-path", () => {
  const member = (path: string, pluginPath: string | undefined, loads?: boolean): SetMember => ({
    path,
    manifest: undefined,
    pluginPath,
    loads,
  });
  const evaluate = (...plugins: readonly SetMember[]) =>
    duplicatePluginPath.evaluate({ plugins, expected: [] });

  it("names each path with the plugins that share it, and what fixes it", () => {
    const all = [member("a.so", "p"), member("b.so", "q"), member("c.so", "p"), member("d.so", "q")];
    const fix = [{ kind: "advice", text: expect.stringContaining("a unique import path") as string }];
    const message = expect.stringMatching(
      /^2 plugins share the plugin path [pq]: only the first one opened/,
    ) as string;
    expect(evaluate(...all)).toEqual([
      { subject: "p", plugins: ["a.so", "c.so"], message, fix },
      { subject: "q", plugins: ["b.so", "d.so"], message, fix },
    ]);
  });

  it.each([
    [[true, true], /: only the first one opened loads; the rest/],
    [[true, undefined], /: only the first one opened loads; the rest/],
    [[true, true, false], /: of the 2 that may load, only the first one opened loads; the rest/],
    [[true, false], /: only one of them may load in this host/],
    [[undefined, false], /: only one of them may load in this host/],
    [[false, false], /: none of them loads in this host anyway/],
  ])("says what happens: %j", (loads, says) => {
    const members = loads.map((each, at) => member(`${at}.so`, "p", each));
    expect(evaluate(...members)[0]?.message).toMatch(says);
    expect(evaluate(...members)[0]?.message).toContain('"plugin already loaded"');
  });

  it("finds nothing in plugins without one, or with different ones", () => {
    expect(evaluate(member("a.so", undefined), member("b.so", undefined))).toEqual([]);
    expect(evaluate(member("a.so", "p"), member("b.so", "q"))).toEqual([]);
  });
});

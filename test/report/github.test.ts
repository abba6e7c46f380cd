import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { annotationLimit, githubReport } from "../../src/report/format/github.ts";
import { ruleIds } from "../../src/rules/registry.ts";
import { visible } from "../../src/report/model/visible.ts";
import { checked, everyVerdict, kafka, plugin } from "../support/example-results.ts";
import { anyName, hostileNames, pluginNamed } from "../support/hostile-names.ts";
import { exampleContext } from "../support/report-context.ts";

interface Annotation {
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** As the runner reads a line (actions/runner, src/Runner.Common/ActionCommand.cs): `%25` is decoded last. */
function read(line: string): Annotation {
  const [, command = "", list = "", message = ""] = /^::(\w+) ([^]*?)::([^]*)$/.exec(line) ?? [];
  const data = (text: string): string =>
    text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
  const property = (text: string): string => data(text.replaceAll("%3A", ":").replaceAll("%2C", ","));
  const properties = list.split(",").map((each) => {
    const at = each.indexOf("=");
    return [each.slice(0, at), property(each.slice(at + 1))] as const;
  });
  return { command, properties: Object.fromEntries(properties), message: data(message) };
}

const annotationsOf = (result: typeof everyVerdict): readonly Annotation[] =>
  githubReport(result, exampleContext()).split("\n").slice(0, -1).map(read);

describe("annotations", () => {
  it("have the level of their finding", () => {
    const commands = annotationsOf(everyVerdict).map(({ command }) => command);
    expect([...new Set(commands)]).toEqual(["error", "warning", "notice"]);
  });

  it("name the file and the rule", () => {
    const properties = annotationsOf(checked([kafka]))[0]?.properties;
    expect(properties).toEqual({ file: "plugins/kafkaexporter.so", line: "1", title: "toolchain-mismatch" });
  });

  it("are one for a cause, with its plugins, values, loader's answer and fixes", () => {
    const plugins = Array.from({ length: 12 }, (_, at) => ({ ...kafka, path: `plugins/p${at}.so` }));
    const errors = annotationsOf(checked(plugins)).filter(({ command }) => command === "error");
    const [annotation] = errors;
    expect(errors.map(({ properties }) => properties["title"])).toEqual([
      "toolchain-mismatch",
      "dependency-mismatch",
    ]);
    expect(annotation?.properties["file"]).toBe("plugins/p0.so");
    expect(annotation?.message).toMatch(/^plugins: plugins\/p0\.so, plugins\/p1\.so, .* and 2 more$/m);
    expect(annotation?.message).toMatch(/^plugin: .*\nhost: /m);
    expect(annotation?.message).toMatch(/^fix: /m);
  });

  it.each([
    [annotationLimit, annotationLimit, false],
    [annotationLimit + 1, annotationLimit, true],
    [60, annotationLimit, true],
  ])("of %i errors are %i", (there, shown, isCut) => {
    const [error] = kafka.findings;
    if (error === undefined) throw new Error("the example has no finding");
    // More than six causes of one rule are one.
    const rules = ruleIds.slice(0, Math.ceil(there / 6));
    const findings = Array.from({ length: there }, (_, at) => ({
      ...error,
      identity: String(at),
      rule: rules[Math.floor(at / 6)] ?? error.rule,
    }));
    const annotations = annotationsOf(checked([plugin("a.so", { verdict: "incompatible", findings })]));
    expect(annotations.length).toBe(shown);
    const left = there - annotationLimit + 1;
    expect(annotations.at(-1)?.message.startsWith(`${left} more errors not shown: `)).toBe(isCut);
  });

  it("leave out what is suppressed", () => {
    const findings = kafka.findings.map((one) => ({
      ...one,
      suppressed: { reason: "known", expires: null },
    }));
    expect(githubReport(checked([{ ...kafka, findings }]), exampleContext())).toBe("");
  });
});

describe("hostile names in annotations", () => {
  const holds = (name: string): void => {
    const lines = githubReport(checked([pluginNamed(name)]), exampleContext()).split("\n");
    expect(lines.length).toBe(2);
    expect(lines[0]).toMatch(/^::error file=/);
    const { properties, message } = read(lines[0] ?? "");
    if (!name.includes("/")) expect(properties["file"]).toBe(visible(`plugins/${name}`));
    expect(Object.keys(properties)).toEqual(["file", "line", "title"]);
    expect(message.split("\n")[0]).toBe(visible(name));
  };
  it.each(hostileNames)("%j comes back", holds);
  it("of any kind come back", () => {
    fc.assert(fc.property(anyName, holds), { numRuns: 200 });
  });
});

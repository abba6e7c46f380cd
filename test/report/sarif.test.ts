import fc from "fast-check";
import type { Result } from "sarif";
import { describe, expect, it } from "vitest";
import { resultLimit, sarifReport } from "../../src/report/format/sarif.ts";
import { visible } from "../../src/report/model/visible.ts";
import { ruleIds } from "../../src/rules/registry.ts";
import { checked, everyVerdict, green, kafka, legacy, plugin, twoHosts } from "../support/example-results.ts";
import { anyName, hostileNames, pluginNamed } from "../support/hostile-names.ts";
import { exampleContext } from "../support/report-context.ts";
import { sarifLog } from "../support/sarif-schema.ts";

const context = exampleContext();
const resultsOf = (text: string): readonly Result[] => sarifLog(text).runs[0]?.results ?? [];
const uriOf = (result: Result | undefined): string | undefined =>
  result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri;
const fingerprintsOf = (result = everyVerdict): readonly unknown[] =>
  resultsOf(sarifReport(result, context)).map(({ partialFingerprints }) => partialFingerprints);

describe("a SARIF log", () => {
  it("describes every rule, and the verdicts that are none", () => {
    const rules = sarifLog(sarifReport(green, context)).runs[0]?.tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id)).toEqual([...ruleIds, "plugin-unreadable", "plugin-unknown"]);
    for (const rule of rules) {
      expect(rule.shortDescription?.text).not.toBe("");
      expect(rule.help?.markdown).toContain(rule.id);
      expect(rule.defaultConfiguration?.level).toMatch(/^(error|warning|note)$/);
    }
  });

  it("names with several hosts the one that a result is of, also in the fingerprint", () => {
    const results = resultsOf(sarifReport(twoHosts, context));
    const about = results.filter((result) => result.ruleId === "plugin-unknown");
    expect(about.map(({ properties }) => properties?.["host"] as unknown)).toEqual([
      "release/1.2/otelcol",
      "release/1.3/otelcol",
    ]);
    const prints = results.map(({ partialFingerprints }) => partialFingerprints?.["otelcolPlugins/v1"]);
    expect(new Set(prints).size).toBe(results.length);
    expect(about[1]?.message.text).toContain("checked with: release/1.3/otelcol");
  });

  it("has in each result that counts the id of its cause, of a verdict too", () => {
    const results = resultsOf(sarifReport(everyVerdict, context));
    for (const { properties, ruleId } of results)
      expect(properties?.["causeId"], ruleId).toMatch(/^[0-9a-f]{12}$/);
  });

  it("names in each result the rule at its index", () => {
    const log = sarifLog(sarifReport(everyVerdict, context));
    const rules = log.runs[0]?.tool.driver.rules ?? [];
    const results = log.runs[0]?.results ?? [];
    expect(results.length).toBeGreaterThan(5);
    for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex ?? -1]?.id).toBe(ruleId);
  });

  it("has unreadable and unknown plugins as results", () => {
    const results = resultsOf(sarifReport(everyVerdict, context));
    const about = (rule: string) => results.filter(({ ruleId }) => ruleId === rule).map(uriOf);
    expect(about("plugin-unreadable")).toEqual(["plugins/notes.so"]);
    expect(about("plugin-unknown")).toEqual(["plugins/legacy.so"]);
  });

  it("lowers an unknown plugin to a note where it may pass", () => {
    const [first] = resultsOf(
      sarifReport(checked([legacy]), exampleContext({ gate: { allowUnknown: true } })),
    );
    expect([first?.ruleId, first?.level]).toEqual(["plugin-unknown", "note"]);
  });

  it("says how the run ended", () => {
    const [invocation] = sarifLog(sarifReport(everyVerdict, context)).runs[0]?.invocations ?? [];
    expect(invocation).toMatchObject({ executionSuccessful: true, exitCode: 1 });
  });

  it("keeps a suppressed finding, with the reason", () => {
    const [toolchain] = kafka.findings;
    const findings =
      toolchain === undefined ? [] : [{ ...toolchain, suppressed: { reason: "known", expires: null } }];
    const [first] = resultsOf(sarifReport(checked([{ ...kafka, findings }]), context));
    expect(first?.suppressions).toMatchObject([{ kind: "external", justification: "known" }]);
  });

  it("names files from the repository's root, and others by a file URI", () => {
    const place = { folder: "/repository/build", root: "/repository" };
    const paths = ["p/a b.so", "../c#d.so", "/elsewhere/e.so", "../../f.so", "/repository/g.so"];
    const result = checked(paths.map((path) => ({ ...kafka, path, findings: kafka.findings.slice(0, 1) })));
    expect(resultsOf(sarifReport(result, exampleContext({ place }))).map(uriOf)).toEqual([
      "build/p/a%20b.so",
      "c%23d.so",
      "file:///elsewhere/e.so",
      "file:///f.so",
      "g.so",
    ]);
  });

  it(`has no more than ${resultLimit} results, the most severe, and says how many it omits`, () => {
    const [error] = kafka.findings;
    if (error === undefined) throw new Error("no finding");
    // Short ones: it is their number that counts.
    const notes = Array.from({ length: resultLimit }, (_, at) => ({
      rule: error.rule,
      severity: "note" as const,
      message: "note",
      subject: String(at),
      fix: [],
    }));
    const result = checked([plugin("a.so", { verdict: "incompatible", findings: [...notes, error, error] })]);
    const log = sarifLog(sarifReport(result, context));
    const results = log.runs[0]?.results ?? [];
    expect(results.length).toBe(resultLimit);
    expect(results.filter(({ level }) => level === "error").length).toBe(2);
    const [notification] = log.runs[0]?.invocations?.[0]?.toolExecutionNotifications ?? [];
    expect(notification?.message.text).toMatch(/^2 results of lower severity omitted/);
  });
});

describe("fingerprints", () => {
  it("are all different", () => {
    const all = fingerprintsOf(checked([kafka, kafka, legacy]));
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(all.length);
  });

  it("stay when values, messages and severities change", () => {
    const changed = everyVerdict.plugins.map((one) => ({
      ...one,
      findings: one.findings.map((finding) => ({
        ...finding,
        message: "otherwise",
        severity: "note" as const,
        plugin: { value: "9.9.9", from: "elsewhere" },
      })),
    }));
    expect(fingerprintsOf({ ...everyVerdict, plugins: changed })).toEqual(fingerprintsOf());
  });

  it("stay when other plugins come and go", () => {
    const alone = fingerprintsOf(checked([legacy]));
    expect(fingerprintsOf(checked([kafka, legacy])).slice(-alone.length)).toEqual(alone);
  });
});

describe("hostile names in a SARIF log", () => {
  /** As a viewer reads a message (3.11.5, 3.11.6). */
  const shown = (text: string | undefined): string | undefined =>
    text?.replaceAll("{{", "{").replaceAll("}}", "}").replaceAll("\\](", "](");
  const holds = (name: string): void => {
    const [first, second] = resultsOf(sarifReport(checked([pluginNamed(name)]), context));
    const whole = name.replace(/\p{Cs}/gu, "\ufffd");
    if (!name.includes("/")) expect(decodeURIComponent(uriOf(first) ?? "")).toBe(`plugins/${whole}`);
    expect(uriOf(first)).toMatch(/^(file:\/\/\/)?[\w.~%/:@!$&'()*+,;=-]*$/);
    expect(shown(first?.message.text)?.split("\n")[0]).toBe(visible(name));
    expect(first?.message.text).not.toMatch(/(?<!\\)\]\(/);
    expect(first?.properties?.["subject"]).toBe(name);
    expect(second?.suppressions?.[0]?.justification).toBe(name);
  };
  it.each(hostileNames)("%j comes back", holds);
  it("of any kind come back", () => {
    fc.assert(fc.property(anyName, holds), { numRuns: 200 });
  });
});

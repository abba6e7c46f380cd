import { describe, expect, it } from "vitest";
import { junitReport } from "../../src/report/format/junit.ts";
import { visible } from "../../src/report/model/visible.ts";
import type { Finding } from "../../src/rules/finding.ts";
import {
  checked,
  debug,
  everyVerdict,
  green,
  kafka,
  legacy,
  notes,
  twoHosts,
} from "../support/example-results.ts";
import { hostileNames, pluginNamed } from "../support/hostile-names.ts";
import { exampleContext } from "../support/report-context.ts";
import { junitBreaches, xpath, xpaths } from "../support/xml-reader.ts";

const context = exampleContext();
const [toolchain] = kafka.findings;
const withFinding = (over: Partial<Finding>) =>
  checked([{ ...debug, checks: [], findings: toolchain === undefined ? [] : [{ ...toolchain, ...over }] }]);
const count = async (xml: string, expression: string): Promise<number> =>
  Number(await xpath(xml, `count(${expression})`));

describe("a JUnit report", () => {
  it.each([
    ["every verdict", everyVerdict],
    ["two hosts", twoHosts],
    ["a green check", green],
    ["no plugin", checked([])],
  ])("of %s follows Jenkins' schema", async (_, result) => {
    expect(await junitBreaches(junitReport(result, context))).toEqual([]);
  });

  it("has a suite for each plugin, and one for host and set", async () => {
    const xml = junitReport(everyVerdict, context);
    expect(await count(xml, "//testsuite")).toBe(everyVerdict.plugins.length + 1);
  });

  it("counts in its attributes what is in it", async () => {
    const xml = junitReport(everyVerdict, context);
    const counted = [
      ["tests", "testcase"],
      ["failures", "failure"],
      ["errors", "error"],
    ] as const;
    for (const [attribute, element] of counted) {
      const [said, all, differing] = await xpaths(
        xml,
        `string(/testsuites/@${attribute})`,
        `count(//${element})`,
        `count(//testsuite[@${attribute} != count(.//${element})])`,
      );
      expect(said).toBe(all);
      expect(differing).toBe("0");
    }
    expect(await count(xml, "//@*[name()='time'][not(number(.) = number(.))]")).toBe(0);
  });

  it("has the checks that passed, too", async () => {
    const xml = junitReport(checked([debug]), context);
    expect(await count(xml, "//testcase[starts-with(@name, 'language')][not(failure)]")).toBe(1);
  });

  it("has an unreadable file as an error, not a failure", async () => {
    const xml = junitReport(checked([notes]), context);
    expect(await xpaths(xml, "count(//error)", "count(//failure)")).toEqual(["1", "0"]);
  });

  it("fails for an unknown plugin, and skips it where it may pass", async () => {
    const strict = junitReport(checked([legacy]), context);
    expect(await count(strict, "//testcase[@name='verdict']/failure")).toBe(1);
    const lenient = junitReport(checked([legacy]), exampleContext({ gate: { allowUnknown: true } }));
    expect(await count(lenient, "//testcase[@name='verdict']/skipped[contains(@message, 'unknown')]")).toBe(
      1,
    );
  });

  it("passes a warning, unless warnings fail the check", async () => {
    const result = withFinding({ severity: "warning" });
    expect(await count(junitReport(result, context), "//failure")).toBe(0);
    const strict = exampleContext({ gate: { allowUnknown: false, failOn: "warning" } });
    expect(await count(junitReport(result, strict), "//failure")).toBe(1);
  });

  it("skips a suppressed finding, with the reason", async () => {
    const xml = junitReport(withFinding({ suppressed: { reason: "known", expires: null } }), context);
    expect(await xpath(xml, "string(//skipped/@message)")).toBe("suppressed: known");
  });
});

describe("hostile names in a JUnit report", () => {
  it("leave it a JUnit report", async () => {
    expect(await junitBreaches(junitReport(checked(hostileNames.map(pluginNamed)), context))).toEqual([]);
  });

  it.each(hostileNames)("%j comes back", async (name) => {
    const xml = junitReport(checked([pluginNamed(name)]), context);
    // What XML cannot hold is spelled out, and so is what a terminal would act on.
    const shown = visible(name).replace(/[\ufffe\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16)}`);
    const [message, suite, text] = await xpaths(
      xml,
      "string(//failure/@message)",
      "string(//testsuite/@name)",
      "string(//failure)",
    );
    expect(message).toBe(shown);
    expect(suite).toBe(`plugins/${shown}`);
    expect(text).toContain(`  fix: ${shown}`);
  });
});

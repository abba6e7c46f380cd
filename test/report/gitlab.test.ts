import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CheckResult } from "../../src/check/model/result.ts";
import { gitlabReport } from "../../src/report/format/gitlab.ts";
import { visible } from "../../src/report/model/visible.ts";
import { checked, everyVerdict, green, kafka, legacy } from "../support/example-results.ts";
import { anyName, hostileNames, pluginNamed } from "../support/hostile-names.ts";
import { exampleContext } from "../support/report-context.ts";

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string };
}

const schema = JSON.parse(
  readFileSync(new URL("../support/schemas/gitlab-code-quality.schema.json", import.meta.url), "utf8"),
) as object;
const validate = new Ajv2020({ allErrors: true }).compile(schema);

function issuesOf(result: CheckResult): readonly Issue[] {
  const issues: unknown = JSON.parse(gitlabReport(result, exampleContext()));
  if (!validate(issues)) throw new Error(JSON.stringify(validate.errors));
  return issues as readonly Issue[];
}

describe("a Code Quality report", () => {
  it("of a green check is an empty list", () => {
    expect(issuesOf({ ...green, plugins: green.plugins.map((one) => ({ ...one, findings: [] })) })).toEqual(
      [],
    );
  });

  it("has every problem, unreadable and unknown plugins among them", () => {
    const names = issuesOf(everyVerdict).map(({ check_name }) => check_name);
    expect(names).toContain("plugin-unreadable");
    expect(names).toContain("plugin-unknown");
    expect(names.filter((name) => name === "dependency-mismatch").length).toBe(1);
  });

  it("gives no fingerprint twice", () => {
    const prints = issuesOf(checked([kafka, kafka, legacy])).map(({ fingerprint }) => fingerprint);
    expect(new Set(prints).size).toBe(prints.length);
  });

  it("leaves out what is suppressed", () => {
    const findings = kafka.findings.map((one) => ({
      ...one,
      suppressed: { reason: "known", expires: null },
    }));
    expect(issuesOf(checked([{ ...kafka, findings }]))).toEqual([]);
  });
});

describe("hostile names in a Code Quality report", () => {
  const holds = (name: string): void => {
    const [first] = issuesOf(checked([pluginNamed(name)]));
    expect(first?.description.split("\n")[0]).toBe(visible(name));
    if (!/[/]/.test(name)) expect(first?.location.path).toBe(`plugins/${name}`);
  };
  it.each(hostileNames)("%j comes back", holds);
  it("of any kind come back", () => {
    fc.assert(fc.property(anyName, holds), { numRuns: 200 });
  });
});

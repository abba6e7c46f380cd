import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ruleIds } from "../../src/rules/finding.ts";
import { rulePages } from "../../src/rules/pages.ts";
import { rules } from "../../src/rules/registry.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

interface SchemaWithRules {
  readonly $defs: Readonly<Record<string, { readonly examples?: readonly string[] }>>;
}

function schema(name: string): SchemaWithRules {
  return JSON.parse(readFileSync(`${root}schemas/${name}.schema.json`, "utf8")) as SchemaWithRules;
}

const inReport = schema("report").$defs["rule"]?.examples;
const inExplain = schema("explain").$defs["ruleId"]?.examples;

/** The sources of all tests beside this one, of which one must show what a rule finds. */
const tests = readdirSync(`${root}test`, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".test.ts") && !/^(rules\/(page|registry)|docs\/rules)/.test(name))
  .filter((name) => !name.startsWith(".cache"))
  .map((name) => readFileSync(`${root}test/${name}`, "utf8"))
  .join("\n");

describe("every rule", () => {
  it.each(ruleIds)("%s has a page, a document, a test and its place in the schemas", (id) => {
    expect(rulePages).toHaveProperty(id);
    expect(existsSync(`${root}docs/rules/${id}.md`)).toBe(true);
    expect(tests.includes(`"${id}"`), `a test that names "${id}"`).toBe(true);
    expect(inReport).toContain(id);
    expect(inExplain).toContain(id);
  });
});

describe("the page of", () => {
  it.each(ruleIds)("%s says why, how it is found, what fixes it and when it may pass", (id) => {
    const { says, severity, why, found, fix, accept } = rulePages[id];
    for (const text of [says, accept, ...why, ...found]) expect(text.trim()).not.toBe("");
    expect(why.length).toBeGreaterThan(0);
    expect(found.length).toBeGreaterThan(0);
    expect(fix.length).toBeGreaterThan(0);
    for (const { steps } of fix) expect(steps.length).toBeGreaterThan(0);
    expect(severity.split(";")[0]).toBe(rules[id].severity);
  });

  it.each(ruleIds)("%s leads to others only, each once", (id) => {
    const { related } = rulePages[id];
    expect(related.length).toBeGreaterThan(0);
    expect(related).not.toContain(id);
    expect(new Set(related).size).toBe(related.length);
  });

  it.each(ruleIds)("%s tells each language once, those that are for all first", (id) => {
    const languages = rulePages[id].fix.map(({ language }) => language);
    expect(new Set(languages).size).toBe(languages.length);
    if (languages.includes("any")) expect(languages[0]).toBe("any");
  });
});

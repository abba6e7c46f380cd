import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { rulePages } from "../../src/rules/generated/pages.ts";
import { ruleIds, rules } from "../../src/rules/registry.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

function textOf(file: string): string {
  return readFileSync(`${root}${file}`, "utf8");
}

interface Generator {
  readonly ruleFolders: () => readonly { readonly group: string; readonly id: string }[];
  readonly rulePages: () => Promise<string>;
  readonly schemaWithRules: (name: string) => Promise<string>;
}

/** A JavaScript file without types. */
function generator(): Promise<Generator> {
  return import(new URL("../../scripts/generate.js", import.meta.url).href) as Promise<Generator>;
}

/** The sources of all tests beside this one, of which one must show what a rule finds. */
const tests = readdirSync(`${root}test`, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".test.ts") && !/^(rules\/page|docs\/rules)/.test(name))
  .filter((name) => !name.startsWith(".cache"))
  .map((name) => textOf(`test/${name}`))
  .join("\n");

describe("the registry", () => {
  it("has the rule of every folder under its group, once, and no other", async () => {
    const { ruleFolders } = await generator();
    const registered = ruleIds.map((id) => ({ group: rules[id].group, id }));
    expect(registered.sort((one, other) => (one.id < other.id ? -1 : 1))).toEqual(ruleFolders());
  });

  it.each(ruleIds)("%s has a title, a name for its check, and a test", (id) => {
    expect(rules[id].title).not.toBe("");
    expect(rules[id].checkTitle).not.toBe("");
    expect(tests.includes(`"${id}"`), `a test that names "${id}"`).toBe(true);
  });

  it.each(ruleIds.filter((id) => rules[id].many !== undefined))(
    "%s says how many of its findings go together",
    (id) => {
      expect(rules[id].many?.(345)).toContain("345");
    },
  );
});

describe("what `npm run generate` makes of the rules is up to date:", () => {
  it("the list of pages", async () => {
    expect(await (await generator()).rulePages()).toBe(textOf("src/rules/generated/pages.ts"));
  });

  it.each(["report", "explain"])("the examples in schemas/%s.schema.json", async (name) => {
    expect(await (await generator()).schemaWithRules(name)).toBe(textOf(`schemas/${name}.schema.json`));
  });
});

describe("the page of", () => {
  it.each(ruleIds)("%s says why, how it is found, what fixes it and when it may be accepted", (id) => {
    const { rule, why, found, fix, accept } = rulePages[id];
    expect(rule).toBe(id);
    for (const text of [accept, ...why, ...found]) expect(text.trim()).not.toBe("");
    expect(why.length).toBeGreaterThan(0);
    expect(found.length).toBeGreaterThan(0);
    expect(fix.length).toBeGreaterThan(0);
    for (const { steps } of fix) expect(steps.length).toBeGreaterThan(0);
  });

  it.each(ruleIds)("%s points to other rules only, each once", (id) => {
    const { related } = rulePages[id];
    expect(related.length).toBeGreaterThan(0);
    expect(related).not.toContain(id);
    expect(new Set(related).size).toBe(related.length);
  });

  it.each(ruleIds)("%s names each language once, steps for all languages first", (id) => {
    const languages = rulePages[id].fix.map(({ language }) => language);
    expect(new Set(languages).size).toBe(languages.length);
    if (languages.includes("any")) expect(languages[0]).toBe("any");
  });
});

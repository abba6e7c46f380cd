import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ruleIds } from "../../src/rules/registry.ts";
import { builtFixtures } from "../support/built-fixtures.ts";
import { describeWith } from "../support/need.ts";
import { exampleOf, missingFixtures } from "./rules-examples.ts";
import { allRules, ruleIndex, rulePage } from "./rules-markdown.ts";

const folder = fileURLToPath(new URL("../../docs/rules/", import.meta.url));

/** The toolchains that the examples name: others give other screens. */
const madeWith: Readonly<Record<string, string>> = { go: "1.26.8", rustc: "1.95.0" };

function whyNot(): string | undefined {
  const { toolchains } = builtFixtures();
  const other = Object.entries(madeWith)
    .filter(([name, version]) => toolchains[name]?.version !== version)
    .map(([name, version]) => `${name} ${version}`);
  const missing = missingFixtures();
  if (missing.length > 0) return builtFixtures().missing(missing[0] ?? "");
  return other.length === 0 ? undefined : `no ${other.join(", no ")}`;
}

describeWith(whyNot(), "the pages of rules", () => {
  it.each(allRules().map((rule) => [rule.id, rule] as const))(
    "docs/rules/%s.md is what its source and a check of real files say",
    async (id, rule) => {
      const text = await rulePage(rule, await exampleOf(id));
      await expect(text).toMatchFileSnapshot(`../../docs/rules/${id}.md`);
      expect(text).toContain("## Example");
    },
  );
});

describe("the documentation of rules", () => {
  it("has an index that is made from the pages", async () => {
    await expect(await ruleIndex(allRules())).toMatchFileSnapshot("../../docs/rules.md");
  });

  it("has a page for every rule, and no other", () => {
    expect(readdirSync(folder).sort()).toEqual(ruleIds.map((id) => `${id}.md`).sort());
  });
});

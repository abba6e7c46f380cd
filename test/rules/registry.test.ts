import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ruleIds } from "../../src/rules/finding.ts";
import { rules } from "../../src/rules/registry.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const documentation = readFileSync(`${root}docs/rules.md`, "utf8");
const tests = readdirSync(`${root}test/rules`)
  .filter((name) => name.endsWith(".test.ts") && name !== "registry.test.ts")
  .map((name) => readFileSync(`${root}test/rules/${name}`, "utf8"))
  .join("\n");

describe("every rule", () => {
  it.each(ruleIds)("%s has its id, a title, a line in docs/rules.md and a test", (id) => {
    expect(rules[id].id).toBe(id);
    expect(rules[id].title).not.toBe("");
    expect(documentation).toMatch(new RegExp(`\\| \`${id}\` +\\|.*\\| ${rules[id].severity}`));
    expect(tests).toContain(`"${id}"`);
  });
});

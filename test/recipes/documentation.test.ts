import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { recipe } from "./recipe.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const pages = readdirSync(join(root, "docs/recipes"));
const { version } = JSON.parse(recipe("package.json")) as { readonly version: string };

/** Every file that is a recipe. */
const files = [
  "action.yml",
  ".pre-commit-hooks.yaml",
  "recipes/Dockerfile",
  "recipes/git-hooks/pre-commit",
  "recipes/gitlab-ci.yml",
  "recipes/kubernetes.yaml",
];

describe.each(pages)("docs/recipes/%s", (page) => {
  const text = recipe(`docs/recipes/${page}`);

  it("shows the recipes as they are", async () => {
    const shown = text.replace(
      /(<!-- file: (\S+) -->\n\n```\w+\n).*?(?=```)/gs,
      (_, head: string, file: string) => `${head}${recipe(file)}`,
    );
    await expect(shown).toMatchFileSnapshot(`../../docs/recipes/${page}`);
  });

  it("links to files that are there", () => {
    for (const [, link = ""] of text.matchAll(/\]\((?!https:)([^)#]+)/g)) {
      expect(existsSync(join(root, "docs/recipes", dirname(page), link)), link).toBe(true);
    }
  });

  it("is in the table of recipes", () => {
    if (page !== "README.md") expect(recipe("docs/recipes/README.md")).toContain(`(${page})`);
  });
});

it("every recipe is named in the documentation", () => {
  const all = pages.map((page) => recipe(`docs/recipes/${page}`)).join("\n");
  for (const file of files.filter((each) => each.startsWith("recipes/")))
    expect(all).toContain(`file: ${file} -->`);
});

it("every recipe installs this version", () => {
  const texts = [...files, ...pages.map((page) => `docs/recipes/${page}`)].map(recipe);
  const versions = texts.flatMap((text) => [
    ...text.matchAll(
      /(?:plugins@|rev: |--branch |download\/|otelcol-plugins-)v?(\d+\.\d+\.\d+(?:-[a-z]+\.\d+)?)/g,
    ),
  ]);
  expect(versions.length).toBeGreaterThan(4);
  for (const [, named] of versions) expect(named).toBe(version);
});

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const pages = [
  "CONTRIBUTING.md",
  "docs/architecture.md",
  "docs/dependencies.md",
  ...readdirMarkdown("docs/decisions"),
];
const folders = "src|test|docs|schemas|scripts|fixtures|bench|recipes|bin|\\.ci|\\.github";

function readdirMarkdown(folder: string): readonly string[] {
  return readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
}

/** The paths of this repository that a page names as code. Those of Go's own sources are said to be Go's. */
function named(page: string): readonly string[] {
  const paths = readFileSync(join(root, page), "utf8").matchAll(
    new RegExp(`\`((?:${folders})/[\\w./<>-]+|[\\w.-]+\\.(?:json|c?js|md))\``, "g"),
  );
  return [...new Set([...paths].map(([, path = ""]) => path))];
}

describe.each(pages)("%s", (page) => {
  it("names only files and folders that exist", () => {
    const missing = named(page).filter((path) => !isThere(path));
    expect(missing).toEqual([]);
  });
});

/** A placeholder such as `<id>` stands for any name. */
function isThere(path: string): boolean {
  let found = [root];
  for (const part of path.split("/").filter((each) => each !== "")) {
    const form = new RegExp(`^${part.replace(/[.]/g, "\\.").replace(/<[\w-]+>/g, "[\\w-]+")}$`);
    found = found.flatMap((folder) =>
      childrenOf(folder)
        .filter((name) => form.test(name))
        .map((name) => join(folder, name)),
    );
  }
  return found.length > 0;
}

function childrenOf(path: string): readonly string[] {
  return statSync(path).isDirectory() ? readdirSync(path) : [];
}

it("paths are found at all", () => {
  expect(named("CONTRIBUTING.md").length).toBeGreaterThan(40);
});

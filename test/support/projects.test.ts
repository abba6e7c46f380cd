import { describe, expect, it } from "vitest";
import { partsOf, projectOf, testFiles, textOf } from "./projects.ts";

const files = testFiles();

/** Every file whose text, or that of a file that it imports, shows this, and that is in one of these projects. */
function showing(sign: RegExp, ...projects: readonly string[]): readonly string[] {
  return files.filter(
    (path) => projects.includes(projectOf(path)) && partsOf(path).some((part) => sign.test(textOf(part))),
  );
}

describe("a test file", () => {
  it.each([
    ["test/object/elf/header.test.ts", "unit"],
    ["test/rules/page.test.ts", "unit"],
    ["test/object/elf/linked.test.ts", "tools"],
    ["test/docs/architecture.test.ts", "tools"],
    ["test/cli/lock.test.ts", "cli"],
    ["test/cli/terminal.test.ts", "cli"],
    ["test/manifest/matrix.test.ts", "built"],
  ])("%s is in the project %s, by what it needs", (path, project) => {
    expect(projectOf(path)).toBe(project);
  });

  it("that uses a script needs what the script needs", () => {
    expect(partsOf("test/rules/page.test.ts")).toContain("scripts/generate.js");
  });

  it("that is imported by another is seen through any number of steps", () => {
    expect(partsOf("test/loader/dlopen/further.test.ts")).toContain("test/fixtures/oracle.ts");
  });

  it("of `unit` starts no program, by whatever name", () => {
    const starting = /child_process|worker_threads|\bexec(?:File)?Sync\b|\bspawn(?:Sync)?\(/;
    expect(showing(starting, "unit").filter((path) => !path.startsWith("test/support/"))).toEqual([]);
  });

  it("that is skipped says why, and is counted: by test/support/need.ts", () => {
    const skipping = /\b(?:it|test|describe)(?:\.\w+)*\.(?:skip|skipIf|runIf|todo)\b|\(\{\s*skip\b/;
    expect(showing(skipping, "unit", "cli", "tools", "built")).toEqual([]);
  });

  it("takes built fixtures from test/support/built-fixtures.ts alone", () => {
    expect(showing(/["'`/](?:fixtures\/)?\.build\//, "unit", "tools", "cli")).toEqual([]);
  });

  it("that reads dist is in a project that builds it", () => {
    expect(showing(/(?:\.\.\/)+dist\/|join\(root, "dist/, "unit", "tools")).toEqual([]);
  });
});

it("most tests need nothing", () => {
  expect(files.filter((path) => projectOf(path) === "unit").length).toBeGreaterThan(files.length / 3);
});

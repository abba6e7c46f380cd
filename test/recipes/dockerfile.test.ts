import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { testWith } from "../support/need.ts";
import { gateOf, restsOf, stages } from "./dockerfile.ts";
import { buildFolder, runIn, type BuildFolder, type RecipeRun } from "./recipe.ts";

let folder: BuildFolder;

afterEach(() => {
  folder.remove();
});

/** The gate's commands but the installing one, with the image's root moved to the folder. */
function build(): readonly RecipeRun[] {
  // The runtime's files are this machine's.
  symlinkSync("/", join(folder.path, "runtime"));
  const { env, commands } = gateOf((text) =>
    text.replace(/(?<=^|[ =])\/(?=dist|runtime)/g, `${folder.path}/`),
  );
  const checks = commands.filter((command) => !command.startsWith("npm "));
  expect(checks.length).toBeGreaterThan(0);
  return checks.map((command) => runIn(folder, ["sh", "-c", command], env));
}

testWith(
  process.arch === "x64" ? undefined : "not x86-64",
  "the image is built where all plugins fit the host and the system",
  () => {
    folder = buildFolder("fitting");
    expect(build().map(({ code, stderr }) => [code, stderr.split(" ")[0]])).toEqual([[0, "1"]]);
  },
  { optional: true },
);

it("the image is not built where one does not", () => {
  folder = buildFolder("all");
  const [run] = build();
  expect(run?.code).toBe(1);
  expect(run?.stdout).toContain("dependency-mismatch");
});

it("the image is made of what passed the gate, so that the gate cannot be left out", () => {
  folder = buildFolder("fitting");
  const last = stages.at(-1);
  expect(last?.from).toBe("runtime");
  for (const copy of restsOf(last, "COPY")) expect(copy).toMatch(/^--from=gate \/dist\//);
  expect(restsOf(gateOf((text) => text).stage, "COPY")).toContain("--from=runtime / /runtime");
});

it("every stage that is named is there", () => {
  folder = buildFolder("fitting");
  const names = stages.map(({ name }) => name);
  for (const { instructions } of stages) {
    for (const { rest } of instructions) {
      const [, from] = /^--from=(\S+)/.exec(rest) ?? [];
      if (from !== undefined) expect(names).toContain(from);
    }
  }
});

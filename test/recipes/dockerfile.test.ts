import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { testWith } from "../support/need.ts";
import { buildFolder, recipe, runIn, type BuildFolder, type RecipeRun } from "./recipe.ts";

interface Instruction {
  readonly word: string;
  readonly rest: string;
}

interface Stage {
  readonly from: string;
  readonly name: string | undefined;
  readonly instructions: readonly Instruction[];
}

/** The stages as docs.docker.com, "Dockerfile reference", has them. */
function stagesOf(text: string): readonly Stage[] {
  const lines = text
    .replace(/^#.*\n/gm, "")
    .replace(/\\\n\s*/g, "")
    .split("\n");
  const stages: { from: string; name: string | undefined; instructions: Instruction[] }[] = [];
  for (const line of lines) {
    const [, word, rest = ""] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (word === undefined) continue;
    const [, from = "", name] = /^(\S+)(?: AS (\S+))?$/.exec(rest) ?? [];
    if (word === "FROM") stages.push({ from, name, instructions: [] });
    else stages.at(-1)?.instructions.push({ word, rest });
  }
  return stages;
}

const stages = stagesOf(recipe("recipes/Dockerfile"));
const gate = stages.find(({ name }) => name === "gate");
let folder: BuildFolder;

afterEach(() => {
  folder.remove();
});

const restsOf = (stage: Stage | undefined, word: string): readonly string[] =>
  stage?.instructions.filter((each) => each.word === word).map(({ rest }) => rest) ?? [];

/** The gate's commands but the installing one, with the image's root moved to the folder. */
function build(): readonly RecipeRun[] {
  const moved = (text: string): string => text.replace(/(?<=^|[ =])\/(?=dist|runtime)/g, `${folder.path}/`);
  // The runtime's files are this machine's.
  symlinkSync("/", join(folder.path, "runtime"));
  const env = Object.fromEntries(
    restsOf(gate, "ENV").flatMap((rest) => rest.split(" ").map((pair) => moved(pair).split("="))),
  ) as Record<string, string>;
  const commands = restsOf(gate, "RUN").filter((rest) => !rest.startsWith("npm "));
  expect(commands.length).toBeGreaterThan(0);
  return commands.map((command) => runIn(folder, ["sh", "-c", moved(command)], env));
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
  expect(restsOf(gate, "COPY")).toContain("--from=runtime / /runtime");
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

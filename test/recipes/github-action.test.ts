import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { sarifLog } from "../support/sarif-schema.ts";
import { action, filledEnv, stepWith, type Step } from "./action.ts";
import { addProgram, buildFolder, recipe, runIn, type BuildFolder, type RecipeRun } from "./recipe.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
let folder: BuildFolder;

/** Runs a step as the runner does (docs.github.com, "Workflow syntax", jobs.<job_id>.steps[*].shell). */
function runStep(step: Step, inputs: Readonly<Record<string, string>>): RecipeRun {
  writeFileSync(join(folder.path, "step.sh"), step.run ?? "");
  return runIn(folder, ["bash", "--noprofile", "--norc", "-eo", "pipefail", "step.sh"], {
    ...filledEnv(step, inputs, root),
    GITHUB_OUTPUT: join(folder.path, "output"),
    GITHUB_STEP_SUMMARY: join(folder.path, "summary"),
  });
}

const written = (name: string): string => readFileSync(join(folder.path, name), "utf8");
const inputs = { folder: "dist/plugins", host: "dist/otelcol" };

describe("the step of the GitHub action that checks", () => {
  afterEach(() => {
    folder.remove();
  });

  it("passes where all plugins fit, and says where its report is", () => {
    folder = buildFolder("fitting");
    const { code, stdout } = runStep(stepWith("check-all"), inputs);
    expect([code, stdout]).toEqual([0, ""]);
    expect(written("output")).toBe("exit-code=0\nsarif=plugins.sarif\n");
    expect(sarifLog(written("plugins.sarif")).runs).toHaveLength(1);
  });

  it("fails with annotations, a summary and a SARIF report where one does not", () => {
    folder = buildFolder("all");
    const { code, stdout } = runStep(stepWith("check-all"), inputs);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^::error file=dist\/plugins\/kafkaexporter\.so,line=1,title=dependency-mismatch::/m,
    );
    expect(written("summary")).toContain("kafkaexporter.so");
    expect(written("output")).toBe("exit-code=1\nsarif=plugins.sarif\n");
    // An annotation is a cause; each of its findings is a result.
    const results = sarifLog(written("plugins.sarif")).runs[0]?.results ?? [];
    const errors = results.filter(({ level }) => level === "error");
    const causes = errors.map(({ properties }) => properties?.["causeId"] as unknown);
    expect(causes).not.toContain(undefined);
    expect(new Set(causes).size).toBe(stdout.match(/^::error/gm)?.length);
  });

  it("ends with 2 and names no report where the check could not be done, also where an old report lies there", () => {
    folder = buildFolder("fitting");
    writeFileSync(join(folder.path, "plugins.sarif"), "old");
    const { code, stderr } = runStep(stepWith("check-all"), { ...inputs, host: "dist/nowhere" });
    expect(code).toBe(2);
    expect(stderr).toContain("dist/nowhere");
    expect(written("output")).toBe("exit-code=2\n");
    expect(existsSync(join(folder.path, "plugins.sarif"))).toBe(false);
  });

  it("takes more arguments, with spaces and line breaks between", () => {
    folder = buildFolder("fitting");
    const args = "--expect kafkaexporter\n--no-config -o\njunit=plugins.xml\n";
    const { code, stdout } = runStep(stepWith("check-all"), { ...inputs, args });
    expect(code).toBe(1);
    expect(stdout).toContain("title=expected-plugin-missing");
    expect(written("plugins.xml")).toContain("<testsuites");
  });

  it("takes inputs as words, whatever is in them", () => {
    folder = buildFolder("fitting");
    const { code, stderr } = runStep(stepWith("check-all"), {
      ...inputs,
      folder: "$(touch owned); *",
      args: "`touch owned` *",
    });
    expect(code).toBe(2);
    expect(stderr).not.toBe("");
    expect(existsSync(join(folder.path, "owned"))).toBe(false);
  });
});

describe("the step of the GitHub action that installs", () => {
  afterEach(() => {
    folder.remove();
  });

  it.each([
    [
      "packs its own checkout, and installs that",
      {},
      /^pack --pack-destination (\S+)\ninstall .* -- \1\/\*\.tgz\n$/,
    ],
    [
      "installs the file that it is given",
      { package: "a b.tgz" },
      /^install --global --no-fund --no-audit -- a b\.tgz\n$/,
    ],
  ])("%s", (_, given, wanted) => {
    folder = buildFolder("fitting");
    addProgram(folder, "npm", '#!/bin/sh\necho "$@"\n');
    const { code, stdout } = runStep(stepWith("npm install"), { ...inputs, ...given });
    expect([code, stdout]).toEqual([0, expect.stringMatching(wanted)]);
  });
});

describe("action.yml", () => {
  it("has what a composite action needs", () => {
    expect(action.name).not.toBe("");
    expect(action.description).not.toBe("");
    expect(action.runs.using).toBe("composite");
    for (const { description } of [...Object.values(action.inputs), ...Object.values(action.outputs)])
      expect(description).toMatch(/\S/);
    for (const { uses, run, shell } of action.runs.steps) {
      expect((uses === undefined) !== (run === undefined)).toBe(true);
      // GitHub takes no composite step without: "Required property is missing: shell".
      if (run !== undefined) expect(shell).toBe("bash");
    }
  });

  it("puts no input into the text of a script, where it would be run", () => {
    for (const { run = "" } of action.runs.steps) expect(run).not.toContain("${{");
  });

  it("uses every input, and only inputs that it declares", () => {
    const used = [...recipe("action.yml").matchAll(/\$\{\{ inputs\.([\w-]+) \}\}/g)].map(([, name]) => name);
    expect([...new Set(used)].sort()).toEqual(Object.keys(action.inputs).sort());
  });

  it("is called in its documentation with inputs that it has", () => {
    const text = recipe("docs/recipes/github-actions.md");
    const blocks = [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, block = ""]) => parse(block) as unknown);
    const calls = blocks.flatMap(stepsIn).filter(({ uses = "" }) => uses.startsWith(`${repository()}@`));
    expect(calls.length).toBeGreaterThan(0);
    for (const { with: given = {} } of calls) {
      expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
      expect(given).toHaveProperty("host");
    }
  });
});

interface CallingStep {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
}

/** The steps of a workflow, or a list of steps. */
function stepsIn(block: unknown): readonly CallingStep[] {
  if (Array.isArray(block)) return block as readonly CallingStep[];
  const { jobs = {} } = block as { jobs?: Readonly<Record<string, { steps: readonly CallingStep[] }>> };
  return Object.values(jobs).flatMap(({ steps }) => steps);
}

/** OWNER/NAME, as package.json names the repository. */
function repository(): string {
  const description = JSON.parse(recipe("package.json")) as { readonly repository: { readonly url: string } };
  return /github\.com\/(.+?)\.git$/.exec(description.repository.url)?.[1] ?? "";
}

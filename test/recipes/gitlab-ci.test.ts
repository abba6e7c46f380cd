import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { junitBreaches } from "../support/xml-reader.ts";
import { buildFolder, runIn, yamlRecipe, type BuildFolder, type RecipeRun } from "./recipe.ts";

/** A job as docs.gitlab.com/ci/yaml has it. */
interface Job {
  readonly stage: string;
  readonly image: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly before_script: readonly string[];
  readonly script: readonly string[];
  readonly artifacts: {
    readonly when: string;
    readonly reports: { readonly codequality: string; readonly junit: string };
  };
}

const { "check-plugins": job, ...others } = yamlRecipe("recipes/gitlab-ci.yml") as {
  readonly "check-plugins": Job;
};
let folder: BuildFolder;

afterEach(() => {
  folder.remove();
});

/** As GitLab's runner runs it: one script of all lines, in bash, with the job's variables. */
function runJob(variables: Readonly<Record<string, string>> = {}): RecipeRun {
  const script = ["set -eo pipefail", ...job.script].join("\n");
  return runIn(folder, ["bash", "-c", script], { ...job.variables, ...variables });
}

const written = (name: string): string => readFileSync(join(folder.path, name), "utf8");
const issues = (): readonly unknown[] => JSON.parse(written(job.artifacts.reports.codequality)) as unknown[];

it("passes where all plugins fit, with both reports that it declares", async () => {
  folder = buildFolder("fitting");
  const { code, stdout } = runJob();
  expect(code).toBe(0);
  expect(stdout).toContain("debugexporter.so");
  expect(issues()).toEqual([]);
  expect(await junitBreaches(written(job.artifacts.reports.junit))).toEqual([]);
});

it("fails with the findings in both reports where one does not", () => {
  folder = buildFolder("all");
  expect(runJob().code).toBe(1);
  expect(issues()).toContainEqual(
    expect.objectContaining({
      check_name: "dependency-mismatch",
      location: expect.objectContaining({ path: "dist/plugins/kafkaexporter.so" }) as unknown,
    }),
  );
  expect(written(job.artifacts.reports.junit)).toMatch(/<failure\b/);
});

it("ends with 2 where there is no host", () => {
  folder = buildFolder("fitting");
  expect(runJob({ PLUGINS_HOST: "dist/nowhere" }).code).toBe(2);
});

it("keeps the reports of a job that failed, and has no job beside", () => {
  folder = buildFolder("fitting");
  expect(job.artifacts.when).toBe("always");
  expect(job.image).toMatch(/^node:\d\d/);
  expect(others).toEqual({});
});

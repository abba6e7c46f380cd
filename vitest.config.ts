import { defineConfig } from "vitest/config";
import { ClosingLine } from "./test/support/closing-line.ts";
import { projectNames, projectOf, testFiles, type ProjectName } from "./test/support/projects.ts";

/** What is built before the tests of a project, if it is missing or old. */
const builds: Readonly<Record<ProjectName, readonly string[]>> = {
  unit: [],
  tools: [],
  cli: ["test/support/build-cli.setup.ts"],
  built: ["test/support/build-cli.setup.ts", "test/support/build-fixtures.setup.ts"],
};

/** A test that starts a program is no unit test: none is found. */
const noProgram = { PATH: "/nonexistent" };

/** What compilers and readelf say is compared as they say it without a translation. */
const plainEnglish = { LC_ALL: "C.UTF-8", LANGUAGE: "" };

const files = testFiles().map((path) => ({ path, project: projectOf(path) }));

export default defineConfig({
  test: {
    reporters: ["default", new ClosingLine()],
    projects: projectNames.map((name) => ({
      test: {
        name,
        include: files.filter(({ project }) => project === name).map(({ path }) => path),
        globalSetup: [...builds[name]],
        runner: "test/support/lack-runner.ts",
        testTimeout: 60_000,
        hookTimeout: 600_000,
        pool: name === "unit" ? "threads" : "forks",
        isolate: name !== "unit",
        env: name === "unit" ? noProgram : plainEnglish,
      },
    })),
  },
});

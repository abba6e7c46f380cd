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
        // A test that starts a program is no unit test: none is found.
        env: name === "unit" ? { PATH: "/nonexistent" } : {},
      },
    })),
  },
});

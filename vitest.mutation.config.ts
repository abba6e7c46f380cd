import { defineConfig } from "vitest/config";
import { projectOf, testFiles } from "./test/support/projects.ts";

/**
 * For `npm run test:mutation`: the tests of `unit` that are about what it changes. Those about files, documents and scripts take long, and
 * the fuzzer's notice a crash only.
 */
const wanted = /^test\/(?:rules|manifest|loader|check|language)\//;

export default defineConfig({
  test: {
    include: testFiles().filter((path) => projectOf(path) === "unit" && wanted.test(path)),
    runner: "test/support/lack-runner.ts",
    testTimeout: 60_000,
    pool: "threads",
    env: { PATH: "/nonexistent" },
  },
});

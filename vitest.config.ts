import { defineConfig } from "vitest/config";
import { ClosingLine } from "./test/support/closing-line.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/build-cli.setup.ts", "test/support/build-fixtures.setup.ts"],
    runner: "test/support/lack-runner.ts",
    testTimeout: 60_000,
    hookTimeout: 600_000,
    pool: "forks",
    reporters: ["default", new ClosingLine()],
  },
});

import { beforeAll, TestRunner, type RunnerTestCase, type RunnerTestSuite } from "vitest";
import { isComplete, lackOf, standIn, type Lack } from "./need.ts";

/**
 * Runs tests as vitest does, but a `Lack` is no failure, nor is a program that is not there to be started: thrown by a test it
 * skips that test, by a hook the suite, by the file itself the whole file. With CI=true it is a failure like any other error.
 */
export default class LackRunner extends TestRunner {
  override async importFile(path: string, source: Parameters<TestRunner["importFile"]>[1]): Promise<unknown> {
    try {
      return await super.importFile(path, source);
    } catch (error) {
      const lack = lackIn(error);
      if (lack === undefined || source !== "collect") throw error;
      standIn(lack, "the whole file");
      // What was listed before may need what was to come.
      beforeAll(() => {
        throw error;
      });
      return undefined;
    }
  }

  async runTask(test: RunnerTestCase): Promise<void> {
    try {
      await TestRunner.getTestFn(test)();
    } catch (error) {
      const lack = lackIn(error);
      if (lack === undefined) throw error;
      test.meta.lack = lack;
      test.context.skip(lack);
    }
  }

  override async onAfterRunSuite(suite: RunnerTestSuite): Promise<void> {
    const { result } = suite;
    // A hook that comes later fails of what the first one could not make.
    const lack = lackIn(result?.errors?.[0]);
    if (result !== undefined && lack !== undefined) {
      result.state = "pass";
      delete result.errors;
      suite.meta.lack = lack;
    }
    await super.onAfterRunSuite(suite);
  }
}

type Thrown = Partial<NodeJS.ErrnoException & Lack>;

/** Why nothing can be tested; undefined for other errors, and with CI=true for all but what a machine may lack then too. */
function lackIn(error: unknown): string | undefined {
  const { name, message, code, syscall = "", path = "", isOptional = false } = (error ?? {}) as Thrown;
  if (isComplete && !isOptional) return undefined;
  // By its name: what a suite has failed of are copies of its errors.
  if (name === "Lack") return message;
  const isUnfound = code === "ENOENT" && syscall.startsWith("spawn") && !path.includes("/");
  return isUnfound ? lackOf(path) : undefined;
}

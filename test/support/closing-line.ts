import { readFileSync } from "node:fs";
import type { Reporter, TestCase, TestModule } from "vitest/node";

const installer = ".ci/install-tools";

/**
 * Ends a run with what could not be tested, one line for each missing tool, and then with one line that says how many tests there
 * were, for whatever reads the log.
 */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0 };
    const lacks = new Map<string, number>();
    for (const module of modules) {
      if (module.errors().length > 0) count.failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        count[state === "pending" ? "skipped" : state] += 1;
        // What a server or npm had to say comes after the reason.
        const [lack] = (state === "skipped" ? lackOf(test) : undefined)?.split(": ") ?? [];
        if (lack !== undefined) lacks.set(lack, (lacks.get(lack) ?? 0) + 1);
      }
    }
    for (const line of lackLines(lacks)) console.log(line);
    console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  }
}

/** The reason that the test has of its own or by a suite around it; undefined if it is skipped for something else. */
function lackOf(test: TestCase): string | undefined {
  for (let task: TestCase | TestCase["parent"] = test; ; task = task.parent) {
    const { lack } = task.meta();
    if (lack !== undefined || task.type === "module") return lack;
  }
}

/** The longest first. @param lacks how many tests were skipped for each reason. */
export function lackLines(lacks: ReadonlyMap<string, number>): readonly string[] {
  const brought = readFileSync(new URL(`../../${installer}`, import.meta.url), "utf8").split(
    /[^\w+.-]+|\.\s/,
  );
  return [...lacks]
    .sort(([, one], [, other]) => other - one)
    .map(([lack, count]) => {
      const tool = /^no (?:\/usr\/bin\/)?(\S+)$/.exec(lack)?.[1];
      const hint =
        tool !== undefined && brought.includes(tool) ? ` (${installer} installs it on Debian)` : "";
      return `${count.toLocaleString("en-US")} ${count === 1 ? "test" : "tests"} skipped: ${lack}${hint}`;
    });
}

import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { disagreeing, disagreement, matching, namedCases } from "./cases.ts";
import { buildHost, buildPlugin } from "./collector-builds.ts";
import { describeCollector, patience } from "./collector-group.ts";
import { openInHost, runCollector, type HostAnswer } from "./host-answer.ts";
import { predictAnswer } from "./predicted.ts";

/** The message with NAME for the path, which is another one on each machine. */
function named(answer: HostAnswer | undefined, path: string): HostAnswer | undefined {
  return answer?.message === undefined
    ? answer
    : { ...answer, message: answer.message.replace(path.replace(/\.so$/, ""), "NAME") };
}

/** The answers without what only a running host can tell. */
function verdicts(answers: readonly HostAnswer[]): readonly Pick<HostAnswer, "outcome" | "message">[] {
  return answers.map(({ outcome, message }) => (message === undefined ? { outcome } : { outcome, message }));
}

/** All of them in one pipeline. */
const pipeline = JSON.stringify({
  receivers: { otlp: { protocols: { grpc: {} } } },
  processors: { memory_limiter: { check_interval: "1s", limit_mib: 100 }, batch: {} },
  exporters: { debug: {}, otlp_grpc: { endpoint: "127.0.0.1:4317" } },
  service: {
    pipelines: {
      traces: {
        receivers: ["otlp"],
        processors: ["memory_limiter", "batch"],
        exporters: ["debug", "otlp_grpc"],
      },
    },
  },
});

describeCollector("a real Collector says of a plugin what is predicted", () => {
  let host = "";
  beforeAll(async () => {
    host = await buildHost();
  }, patience);

  test.each(namedCases)(
    "%s",
    async (_, { build, answer }) => {
      const path = await buildPlugin(build);
      const answers = openInHost(host, [path]);
      expect(answers.map((each) => named(each, path))).toEqual([answer]);
      expect([predictAnswer(host, path)]).toEqual(verdicts(answers));
    },
    patience,
  );

  describe("together with another", () => {
    let folder = "";
    let plugins: readonly string[] = [];
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "collector-"));
      plugins = await Promise.all(matching.map(({ build }) => buildPlugin(build)));
    }, patience);
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    test("all that fit make one pipeline", () => {
      const command = ["validate", `--config=yaml:${pipeline}`];
      expect(runCollector(host, plugins, command)).toMatchObject({ code: 0 });
      const without = runCollector(host, plugins.slice(1), command);
      expect(without).toMatchObject({ code: 1 });
      expect(without.output).toContain(`unknown type: "debug"`);
    });

    test.each([
      ["in one order", [0, 1]],
      ["in the other order", [1, 0]],
    ] as const)(
      "the second of two that each fit the host but not one another, %s",
      async (_, order) => {
        const [first, second] = await Promise.all(order.map((index) => buildPlugin(disagreeing[index])));
        if (first === undefined || second === undefined) throw new Error("there are two");
        for (const alone of [first, second]) {
          expect(openInHost(host, [alone])).toMatchObject([{ outcome: "loads" }]);
        }
        const answers = openInHost(host, [first, second]);
        expect(named(answers[1], second)).toEqual(disagreement);
      },
      patience,
    );

    test("the second of two with one plugin path", () => {
      const [first = ""] = plugins;
      const copy = join(folder, "copy.so");
      copyFileSync(first, copy);
      const answers = openInHost(host, [first, copy]);
      expect(named(answers[1], copy)).toEqual({
        outcome: "refused",
        message: `plugin.Open("NAME"): plugin already loaded`,
      });
    });
  });
});

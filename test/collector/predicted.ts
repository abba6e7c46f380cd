import { readGoHost } from "../../src/loader/go/host.ts";
import { readGoPlugin } from "../../src/loader/go/plugin.ts";
import { predictPluginSet } from "../../src/loader/go/plugin-open.ts";
import { openFile } from "../support/evidence-open.ts";
import type { HostAnswer } from "./host-answer.ts";

/** What is predicted of plugins that one host opens in this order; dlopen takes all of them. */
export function predictAnswers(
  host: string,
  plugins: readonly string[],
): readonly Pick<HostAnswer, "outcome" | "message">[] {
  const predictions = predictPluginSet(
    plugins.map((path) => ({
      plugin: readGoPlugin(openFile(path)),
      request: { name: path, realPath: path, dlopen: { outcome: "loads", needs: [] } },
    })),
    readGoHost(openFile(host)),
  );
  return predictions.map((prediction) => {
    if (prediction.outcome === "unknown") throw new Error(prediction.reason);
    if (prediction.outcome === "loads") return { outcome: "loads" };
    const { outcome, first } = prediction;
    return first.message === null ? { outcome } : { outcome, message: first.message };
  });
}

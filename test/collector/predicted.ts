import { readGoHost } from "../../src/loader/go/host.ts";
import { readGoPlugin } from "../../src/loader/go/plugin.ts";
import { predictPluginOpen } from "../../src/loader/go/plugin-open.ts";
import { openFile } from "../support/evidence-open.ts";
import type { HostAnswer } from "./host-answer.ts";

/** What is predicted of a plugin that a host opens first; dlopen takes it. */
export function predictAnswer(host: string, path: string): Pick<HostAnswer, "outcome" | "message"> {
  const prediction = predictPluginOpen(readGoPlugin(openFile(path)), readGoHost(openFile(host)), {
    name: path,
    realPath: path,
    dlopen: { outcome: "loads", needs: [] },
  });
  if (prediction.outcome === "unknown") throw new Error(prediction.why);
  if (prediction.outcome === "loads") return { outcome: "loads" };
  const { outcome, first } = prediction;
  return first.message === null ? { outcome } : { outcome, message: first.message };
}

import type { ReportContext } from "../../src/report/model/report-context.ts";

/** A check of the example results that failed, in a repository's root. */
export function exampleContext(over: Partial<ReportContext> = {}): ReportContext {
  return {
    tool: { name: "otelcol-plugins", version: "1.2.3" },
    command: "check-all",
    exitCode: 1,
    failure: "Failing: 2 incompatible, 1 unreadable and 1 unknown (exit 1).",
    gate: { allowUnknown: false },
    place: { folder: "/repository", root: "/repository" },
    ...over,
  };
}

/** A listing of the same place. */
export const listContext = exampleContext({ command: "list", exitCode: 0, failure: undefined });

import { standIn } from "../support/need.ts";
import { describeFile, tool } from "../support/oracle/tool.ts";
import { missingGo } from "./go-module.ts";

/** A cold build of the host takes some minutes on two cores. */
export const patience = 900_000;

/** Tests that need the Collector's builds: they are skipped unless they are asked for. */
export function describeCollector(name: string, tests: () => void): void {
  if (process.env["COLLECTOR"] === "1") {
    const file = { label: name, path: "", missing: missingGo(), isPinned: true };
    describeFile(file, [tool("cc"), tool("strip")], tests);
  } else {
    standIn("COLLECTOR=1 is not set", `${name}, which takes some minutes to build`, { optional: true });
  }
}

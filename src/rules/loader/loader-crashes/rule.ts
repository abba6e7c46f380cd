import { loaderFinding } from "../loader-finding.ts";
import type { ComparisonRule, Pair } from "../../rule.ts";

export const loaderCrashes = {
  id: "loader-crashes",
  title: "loading the file ends the host's process",
  severity: "error",
  evaluate: ({ loader }: Pick<Pair, "loader">) =>
    loader?.prediction.outcome === "crash" && loader.prediction.first.ofHost !== true
      ? { findings: [loaderFinding(loader.prediction, loader.causes)] }
      : { findings: [] },
} satisfies ComparisonRule;

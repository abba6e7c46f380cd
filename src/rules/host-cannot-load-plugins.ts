import { loaderFinding } from "./loader-finding.ts";
import type { ComparisonRule, Pair } from "./rule.ts";

export const hostCannotLoadPlugins = {
  id: "host-cannot-load-plugins",
  title: "the host cannot load plugins at all",
  severity: "error",
  evaluate: ({ loader }: Pick<Pair, "loader">) => {
    const { prediction, causes } = loader ?? {};
    const isItsOwn =
      (prediction?.outcome === "refused" || prediction?.outcome === "crash") &&
      prediction.first.ofHost === true;
    return { findings: isItsOwn ? [loaderFinding(prediction, causes ?? [])] : [] };
  },
} satisfies ComparisonRule;

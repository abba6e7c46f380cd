import { loaderFinding, type LoaderSides } from "../loader-finding.ts";
import type { LoaderRule, Pair } from "../../rule.ts";

export const hostCannotLoadPlugins = {
  id: "host-cannot-load-plugins",
  group: "loader",
  title: "the host cannot load plugins at all",
  checkTitle: "host",
  severity: "error",
  loader: "answer",
  evaluate: ({ loader, ...sides }: Pick<Pair, "loader"> & LoaderSides) => {
    const { prediction, causes } = loader ?? {};
    if (prediction?.outcome !== "refused" && prediction?.outcome !== "crash") return { findings: [] };
    // Also where something about the plugin comes first: once that is fixed, no plugin loads all the same.
    const own = [prediction.first, ...prediction.further].find(({ ofHost }) => ofHost === true);
    return {
      findings: own === undefined ? [] : [loaderFinding({ ...prediction, first: own }, causes ?? [], sides)],
    };
  },
} satisfies LoaderRule;

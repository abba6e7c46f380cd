import { loaderFinding, type LoaderSides } from "../loader-finding.ts";
import type { LoaderRule, Pair } from "../../rule.ts";

export const loaderCrashes = {
  id: "loader-crashes",
  group: "loader",
  title: "loading the file crashes the host",
  checkTitle: "loader",
  severity: "error",
  loader: "answer",
  evaluate: ({ loader, ...sides }: Pick<Pair, "loader"> & LoaderSides) =>
    loader?.prediction.outcome === "crash" && loader.prediction.first.ofHost !== true
      ? { findings: [loaderFinding(loader.prediction, loader.causes, sides)] }
      : { findings: [] },
} satisfies LoaderRule;

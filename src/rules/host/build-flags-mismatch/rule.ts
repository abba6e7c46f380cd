import { flagDifference } from "../../../language/build-flags.ts";
import { languages } from "../../../language/languages.ts";
import type { PredictedLoad } from "../../../loader/predict-load.ts";
import { rebuildLikeHost } from "../rebuild.ts";
import { sideOf, type ComparisonRule } from "../../rule.ts";

export const buildFlagsMismatch = {
  id: "build-flags-mismatch",
  group: "host",
  title: "build flags that affect compatibility differ",
  checkTitle: "build flags",
  severity: "error",
  loader: "ignored",
  ifPackagesEqual: "so plugin.Open loads it; what a package does not export is in no hash",
  evaluate: (pair) => {
    const {
      plugin: { build: plugin },
      host: { build: host },
      loader,
    } = pair;
    if (plugin === undefined || host === undefined) return { findings: [] };
    const { flags: ours } = plugin;
    const { flags: theirs } = host;
    const { text } = languages[plugin.language].flags;
    const show = (flags: readonly string[]): string => text(flags) || "none";
    const sides = { plugin: sideOf(ours, show), host: sideOf(theirs, show) };
    if (!ours.known || !theirs.known) {
      const [reason] = [ours, theirs].flatMap((fact) => (fact.known ? [] : [fact.why]));
      return { findings: [], check: { ...sides, status: "unknown", decisive: false, reason: reason ?? "" } };
    }
    const { onlyPlugin, onlyHost } = flagDifference(ours.value, theirs.value);
    if (onlyPlugin.length + onlyHost.length === 0) {
      return { findings: [], check: { ...sides, status: "match", decisive: false } };
    }
    return {
      findings: [
        {
          ...sides,
          message: [
            ...(onlyHost.length === 0 ? [] : [`was built without the host's ${text(onlyHost)}`]),
            ...(onlyPlugin.length === 0 ? [] : [`was built with ${text(onlyPlugin)}, the host was not`]),
          ].join("; "),
          ...packagesBehind(loader),
          fix: rebuildLikeHost(pair),
        },
      ],
      check: { ...sides, status: "mismatch", decisive: false },
    };
  },
} satisfies ComparisonRule;

/** How many package hashes it may explain. */
function packagesBehind(loader: PredictedLoad | undefined): { readonly cause?: string } {
  const causes = loader?.causes.filter(({ kind }) => kind === "setting") ?? [];
  const packages = new Set(causes.flatMap((each) => each.packages)).size;
  return packages === 0
    ? {}
    : { cause: `${packages} package hashes differ, possibly for this reason alone.` };
}

import { anyPluginSetting } from "../../../language/languages.ts";
import { objectFormats } from "../../../object/object-file.ts";
import type { PredictedLoad } from "../../../loader/predict-load.ts";
import { loaderFinding, type LoaderSides } from "../loader-finding.ts";
import type { Comparison, LoaderRule, Pair, PluginSide } from "../../rule.ts";
import type { CheckDraft, FindingDraft } from "../../draft.ts";

export const loaderRefuses = {
  id: "loader-refuses",
  group: "loader",
  title: "the loader rejects the file",
  checkTitle: "loader",
  severity: "error",
  loader: "answer",
  evaluate: ({ loader, ...sides }: Pick<Pair, "loader"> & LoaderSides): Comparison => {
    const { plugin } = sides;
    if (loader === undefined) return { findings: plugin === undefined ? [] : byFileType(plugin) };
    const { prediction } = loader;
    const isRefused = prediction.outcome === "refused" && prediction.first.ofHost !== true;
    return {
      findings: isRefused ? [loaderFinding(prediction, loader.causes, sides)] : [],
      check: answer(loader),
    };
  },
} satisfies LoaderRule;

/** What the loader says is compared as well: plugin.Open holds every package that both sides have against the host's. */
function answer({ prediction, opener }: PredictedLoad): CheckDraft {
  switch (prediction.outcome) {
    case "loads": {
      const taken = prediction.needs.length === 0 ? "" : `, given ${prediction.needs.join(", ")}`;
      const reason = `${opener} would load it${taken}`;
      // What is taken for granted is not proven: then the other comparisons decide.
      const sufficient = opener === "plugin.Open" && prediction.needs.length === 0;
      return { status: "match", decisive: false, sufficient, reason };
    }
    // Whatever else matches, nothing is compatible that may not load.
    case "unknown":
      return { status: "unknown", decisive: true, reason: prediction.why };
    case "refused":
      return { status: "mismatch", decisive: false, reason: `${opener} would reject it` };
    case "crash":
      return { status: "mismatch", decisive: false, reason: `${opener} would crash the host` };
  }
}

/** Without a host's binary only what any loader refuses is known: an executable or object file given as a plugin. */
function byFileType({ slice }: PluginSide): readonly FindingDraft[] {
  if (slice.kind === "shared-library" || slice.kind === "bundle") return [];
  const what = slice.kind === "other" ? "file of another type" : `${slice.kind} file`;
  return [
    {
      message: `is not a shared library but ${/^[aeiou]/.test(what) ? "an" : "a"} ${what}, which no loader opens as a plugin`,
      plugin: { value: slice.kind, from: objectFormats[slice.format].kindField },
      fix: [{ kind: "advice", text: `Build it with ${anyPluginSetting}.` }],
    },
  ];
}

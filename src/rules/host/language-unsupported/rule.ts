import { advise, type Fix } from "../../../language/fix.ts";
import type { LanguageFacts } from "../../../language/language-facts.ts";
import { languages } from "../../../language/languages.ts";
import type { PredictedLoad } from "../../../loader/predict-load.ts";
import type { ComparisonRule } from "../../rule.ts";

export const languageUnsupported = {
  id: "language-unsupported",
  group: "host",
  title: "the host has no manifest for this language",
  checkTitle: "language",
  severity: "error",
  loader: "checked",
  evaluate: ({ plugin, host, loader }) => {
    // A host without a manifest does not say which languages it loads: only its own language is proven.
    const claimed = host.builds.filter(({ manifest }) => manifest !== undefined);
    if (plugin.build === undefined || claimed.length === 0) return { findings: [] };
    const ours = { value: plugin.build.language, from: plugin.build.languageFrom };
    const theirs = {
      value: claimed.map(({ language }) => language).join(", "),
      from: claimed.map(({ languageFrom }) => languageFrom).join(", "),
    };
    const supported = host.build !== undefined;
    return {
      findings: supported
        ? []
        : [
            {
              message: `is written in ${ours.value}, but the host only declares ${theirs.value}`,
              plugin: ours,
              host: theirs,
              ...remedy(languages[plugin.build.language], loader),
            },
          ],
      check: { status: supported ? "match" : "mismatch", decisive: false, plugin: ours, host: theirs },
    };
  },
} satisfies ComparisonRule;

/** Two things may be meant: that the host does not say what it loads, or that it has nothing to load it with. */
function remedy(
  { name, opener }: LanguageFacts,
  loader: PredictedLoad | undefined,
): { readonly cause?: string; readonly fix: readonly Fix[] } {
  const declare = `Add a manifest for ${name} to the host's array of manifests, made by the build of the part that loads ${name} plugins: docs/manifest.md.`;
  const other = `Use the plugin with a host that opens libraries with ${opener}.`;
  if (loader === undefined || loader.prediction.outcome === "unknown") {
    return {
      cause: `The files do not tell whether the host can open a ${name} plugin and only does not declare it, or cannot open it at all.`,
      fix: [advise(`If the host loads ${name} plugins: ${lower(declare)} If not: ${lower(other)}`)],
    };
  }
  if (loader.opener !== opener) {
    return {
      cause: `The host cannot load ${name} plugins at all: it opens libraries only with ${loader.opener}, which does not load them.`,
      fix: [advise(other)],
    };
  }
  return {
    cause: `The host can open a ${name} plugin, since its code calls ${opener}, but it has no manifest for ${name}.`,
    fix: [advise(declare)],
  };
}

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

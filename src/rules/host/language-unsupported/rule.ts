import type { ComparisonRule } from "../../rule.ts";

export const languageUnsupported = {
  id: "language-unsupported",
  group: "host",
  title: "the host has no manifest of this language",
  checkTitle: "language",
  severity: "error",
  loader: "checked",
  evaluate: ({ plugin, host }) => {
    // A host without a manifest does not say which languages it takes: its own language alone is proven.
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
              message: `is written in ${ours.value}, and the host has a manifest for ${theirs.value} only`,
              plugin: ours,
              host: theirs,
            },
          ],
      check: { status: supported ? "match" : "mismatch", decisive: false, plugin: ours, host: theirs },
    };
  },
} satisfies ComparisonRule;

import type { ComparisonRule } from "../../rule.ts";

export const languageUnsupported = {
  id: "language-unsupported",
  group: "host",
  title: "the host has no manifest for this language",
  checkTitle: "language",
  severity: "error",
  loader: "checked",
  evaluate: ({ plugin, host }) => {
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
            },
          ],
      check: { status: supported ? "match" : "mismatch", decisive: false, plugin: ours, host: theirs },
    };
  },
} satisfies ComparisonRule;

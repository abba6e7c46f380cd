import { side, type ComparisonRule } from "./rule.ts";

export const languageUnsupported = {
  id: "language-unsupported",
  title: "the host has no manifest of this language",
  severity: "error",
  evaluate: ({ plugin, host }) => {
    if (plugin.manifest === undefined || host.manifests.length === 0) return { findings: [] };
    const ours = side(plugin.manifest, "language");
    const theirs = {
      value: host.manifests.map(({ manifest }) => manifest.language).join(", "),
      from: host.manifests.map(({ at }) => `${at}/language`).join(", "),
    };
    const supported = host.manifest !== undefined;
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

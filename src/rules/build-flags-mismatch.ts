import { comparableFlags, flagDifference } from "../manifest/build-flags.ts";
import { side, type ComparisonRule } from "./rule.ts";

export const buildFlagsMismatch = {
  id: "build-flags-mismatch",
  title: "build flags that decide compatibility differ",
  severity: "error",
  evaluate: ({ plugin: { manifest: plugin }, host: { manifest: host } }) => {
    if (plugin === undefined || host === undefined) return { findings: [] };
    const ours = comparableFlags(plugin.manifest.language, plugin.manifest.build_flags);
    const theirs = comparableFlags(host.manifest.language, host.manifest.build_flags);
    const sides = {
      plugin: side(plugin, "build_flags", ours.join(" ") || "none"),
      host: side(host, "build_flags", theirs.join(" ") || "none"),
    };
    const { onlyPlugin, onlyHost } = flagDifference(ours, theirs);
    if (onlyPlugin.length + onlyHost.length === 0) {
      return { findings: [], check: { ...sides, status: "match", decisive: false } };
    }
    const add = onlyHost.length === 0 ? [] : [`build the plugin with ${onlyHost.join(" ")}`];
    const drop = onlyPlugin.length === 0 ? [] : [`without ${onlyPlugin.join(" ")}`];
    const advice = add.length === 0 ? `build the plugin ${drop.join("")}` : [...add, ...drop].join(" and ");
    return {
      findings: [
        {
          ...sides,
          message: [
            ...(onlyHost.length === 0 ? [] : [`lacks the host's ${onlyHost.join(" ")}`]),
            ...(onlyPlugin.length === 0 ? [] : [`was built with ${onlyPlugin.join(" ")}, the host was not`]),
          ].join("; "),
          fix: [{ kind: "advice", text: `${advice.charAt(0).toUpperCase()}${advice.slice(1)}.` }],
        },
      ],
      check: { ...sides, status: "mismatch", decisive: false },
    };
  },
} satisfies ComparisonRule;

import type { SetRule } from "../../rule.ts";

export const duplicatePluginPath = {
  id: "duplicate-plugin-path",
  group: "set",
  title: "two Go plugins have one plugin path",
  checkTitle: "plugin paths",
  severity: "error",
  loader: "regardless",
  evaluate: ({ plugins }) => {
    const byPath = new Map<string, string[]>();
    for (const { path, pluginPath } of plugins) {
      if (pluginPath === undefined) continue;
      byPath.set(pluginPath, [...(byPath.get(pluginPath) ?? []), path]);
    }
    return [...byPath]
      .filter(([, paths]) => paths.length > 1)
      .map(([pluginPath, paths]) => ({
        subject: pluginPath,
        message: `${paths.join(", ")} have the plugin path ${pluginPath}: the first that is opened loads, the others are refused with "plugin already loaded"`,
        fix: [
          {
            kind: "advice" as const,
            text: "Give each plugin's main package a path of its own, and leave out copies.",
          },
        ],
      }));
  },
} satisfies SetRule;

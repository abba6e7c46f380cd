import type { SetRule } from "../../rule.ts";

export const duplicatePluginPath = {
  id: "duplicate-plugin-path",
  group: "set",
  title: "two Go plugins share a plugin path",
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
        message: `${paths.join(", ")} share the plugin path ${pluginPath}: only the first one opened will load; the rest fail with "plugin already loaded"`,
        fix: [
          {
            kind: "advice" as const,
            text: "Give each plugin's main package a unique import path, and remove copies.",
          },
        ],
      }));
  },
} satisfies SetRule;

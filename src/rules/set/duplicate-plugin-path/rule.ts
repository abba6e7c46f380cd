import type { SetMember, SetRule } from "../../rule.ts";

export const duplicatePluginPath = {
  id: "duplicate-plugin-path",
  group: "set",
  title: "two Go plugins share a plugin path",
  checkTitle: "plugin paths",
  severity: "error",
  loader: "regardless",
  evaluate: ({ plugins }) => {
    const byPath = new Map<string, SetMember[]>();
    for (const plugin of plugins) {
      const { pluginPath } = plugin;
      if (pluginPath === undefined) continue;
      byPath.set(pluginPath, [...(byPath.get(pluginPath) ?? []), plugin]);
    }
    return [...byPath]
      .filter(([, members]) => members.length > 1)
      .map(([pluginPath, members]) => ({
        subject: pluginPath,
        plugins: members.map(({ path }) => path),
        message: `${members.length} plugins share the plugin path ${pluginPath}: ${answerTo(members)}`,
        fix: [
          {
            kind: "advice" as const,
            text: "Give each plugin's main package a unique import path, and remove copies.",
          },
        ],
      }));
  },
} satisfies SetRule;

function answerTo(members: readonly SetMember[]): string {
  const loading = members.filter(({ loads }) => loads !== false).length;
  if (loading === 0)
    return 'none of them loads in this host anyway; once they do, the second fails with "plugin already loaded"';
  if (loading === 1)
    return 'only one of them may load in this host; once the others do, they fail with "plugin already loaded"';
  const among = loading === members.length ? "" : `of the ${loading} that may load, `;
  return `${among}only the first one opened loads; the rest fail with "plugin already loaded"`;
}

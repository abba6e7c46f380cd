import type { SetRule } from "../../rule.ts";

export const duplicateComponent = {
  id: "duplicate-component",
  group: "set",
  title: "two plugins provide the same component",
  checkTitle: "components",
  severity: "warning",
  loader: "regardless",
  evaluate: ({ plugins }) => {
    const offers = new Map<string, string[]>();
    for (const { path, manifest } of plugins) {
      const components = new Set((manifest?.components ?? []).map(({ kind, type }) => `${kind}/${type}`));
      for (const component of components) offers.set(component, [...(offers.get(component) ?? []), path]);
    }
    return [...offers]
      .filter(([, paths]) => paths.length > 1)
      .map(([component, paths]) => ({
        subject: component,
        plugins: paths,
        message: `${component} is provided by ${paths.length} plugins`,
        fix: [{ kind: "advice", text: "Keep one of them, or give one component a different type." }],
      }));
  },
} satisfies SetRule;

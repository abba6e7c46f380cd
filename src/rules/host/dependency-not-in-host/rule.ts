import { pairDependencies } from "../../../language/dependency.ts";
import type { ComparisonRule } from "../../rule.ts";

export const dependencyNotInHost = {
  id: "dependency-not-in-host",
  group: "host",
  title: "the host does not link a dependency",
  many: (count) => `the host does not link ${count} dependencies: the plugin ships its own copies`,
  checkTitle: "dependencies in host",
  severity: "note",
  loader: "regardless",
  evaluate: ({ plugin: { build: plugin }, host: { build: host } }) => {
    if (plugin?.dependencies.known !== true || host?.dependencies.known !== true) return { findings: [] };
    return {
      findings: pairDependencies(plugin.dependencies.value, host.dependencies.value)
        .filter(({ status, plugin: { isMain } }) => status === "absent" && isMain !== true)
        .map(({ plugin: { name, version, hash, from } }) => ({
          subject: name,
          bundle: "absent",
          message: `the host does not link ${name}: the plugin ships its own copy`,
          plugin: {
            value: [version, hash].filter((part) => part !== undefined && part !== "").join(" "),
            from,
          },
        })),
    };
  },
} satisfies ComparisonRule;

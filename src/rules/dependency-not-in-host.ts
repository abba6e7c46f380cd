import { dependenciesOf, pairDependencies } from "../manifest/dependency.ts";
import { escapePointer } from "../manifest/schema.ts";
import type { ComparisonRule } from "./rule.ts";

export const dependencyNotInHost = {
  id: "dependency-not-in-host",
  title: "the host does not link a dependency",
  severity: "note",
  evaluate: ({ plugin: { manifest: plugin }, host: { manifest: host } }) => {
    if (plugin === undefined || host === undefined) return { findings: [] };
    const pairs = pairDependencies(
      dependenciesOf(plugin.manifest.dependency_hashes),
      dependenciesOf(host.manifest.dependency_hashes),
    );
    return {
      findings: pairs
        .filter(({ status }) => status === "absent")
        .map(({ plugin: { name, key, hash } }) => ({
          subject: name,
          message: `the host does not link ${name}: the plugin brings its own`,
          plugin: { value: hash, from: `${plugin.at}/dependency_hashes/${escapePointer(key)}` },
        })),
    };
  },
} satisfies ComparisonRule;

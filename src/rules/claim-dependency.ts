import { dependenciesOf } from "../manifest/dependency.ts";
import { escapePointer } from "../manifest/schema.ts";
import { provable, speaksOf } from "./provable.ts";
import type { ManifestRule } from "./rule.ts";

export const claimDependency = {
  id: "claim-dependency",
  title: "the manifest claims another hash than Go recorded",
  severity: "error",
  evaluate: (file) =>
    provable(file)
      .filter(speaksOf)
      .flatMap(({ manifest: { manifest, at }, proof: { modules }, inSlice }) => {
        if (!modules.known) return [];
        return dependenciesOf(manifest.dependency_hashes).flatMap(({ name, key, hash }) => {
          const module = modules.value.get(name);
          if (module === undefined || !hash.startsWith("h1:") || hash === module.sum) return [];
          return [
            {
              ...inSlice,
              subject: name,
              message: `claims another ${name} than was linked, which is ${module.version}`,
              plugin: { value: hash, from: `${at}/dependency_hashes/${escapePointer(key)}` },
              other: { value: module.sum, from: modules.from },
            },
          ];
        });
      }),
} satisfies ManifestRule;

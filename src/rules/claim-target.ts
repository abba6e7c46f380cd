import { compareTargets, parseTarget, targetParts } from "../manifest/target.ts";
import { provable } from "./provable.ts";
import type { ManifestRule } from "./rule.ts";

export const claimTarget = {
  id: "claim-target",
  title: "the manifest claims another target than the linker's stamp",
  severity: "error",
  evaluate: (file) =>
    provable(file).flatMap(({ manifest: { manifest, at }, target, inSlice }) => {
      const claimed = parseTarget(manifest.target);
      if (claimed === undefined) return [];
      const real = {
        ...(target.arch.known ? { arch: target.arch.value } : {}),
        ...(target.os.known ? { os: target.os.value } : {}),
        ...(target.libc.known ? { libc: target.libc.value } : {}),
      };
      const result = compareTargets(claimed, real);
      return targetParts.flatMap((part) => {
        const fact = target[part];
        if (result[part] !== "mismatch" || !fact.known) return [];
        return [
          {
            ...inSlice,
            subject: "target",
            message: `claims ${manifest.target}, and is made for ${fact.value}`,
            plugin: { value: manifest.target, from: `${at}/target` },
            other: { value: fact.value, from: fact.from },
          },
        ];
      });
    }),
} satisfies ManifestRule;

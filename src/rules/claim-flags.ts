import { recorded } from "../artifact/proven-manifest.ts";
import { flagDifference } from "../manifest/build-flags.ts";
import { provable, speaksOf } from "./provable.ts";
import type { ManifestRule } from "./rule.ts";

export const claimFlags = {
  id: "claim-flags",
  title: "the manifest claims other build flags than Go recorded",
  severity: "error",
  evaluate: (file) =>
    provable(file)
      .filter(speaksOf)
      .flatMap(({ manifest: { manifest, at }, proof: { flags }, inSlice }) => {
        if (!flags.known) return [];
        const claimed = recorded(manifest.build_flags);
        const real = recorded(flags.value);
        const { onlyPlugin, onlyHost } = flagDifference(claimed, real);
        if (onlyPlugin.length + onlyHost.length === 0) return [];
        return [
          {
            ...inSlice,
            subject: "build_flags",
            message: [
              ...(onlyPlugin.length === 0 ? [] : [`claims ${onlyPlugin.join(" ")}, which was not given`]),
              ...(onlyHost.length === 0 ? [] : [`does not say ${onlyHost.join(" ")}, which was given`]),
            ].join("; "),
            plugin: { value: claimed.join(" ") || "none", from: `${at}/build_flags` },
            other: { value: real.join(" ") || "none", from: flags.from },
          },
        ];
      }),
} satisfies ManifestRule;
